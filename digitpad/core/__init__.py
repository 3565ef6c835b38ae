"""What all rooms share: errors, files, paths, results, records, processes."""
