"""Opening weights files: ours, those of the tutorials' scripts, and a reader's own network."""
