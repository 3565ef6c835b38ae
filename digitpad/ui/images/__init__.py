"""Pictures: a data set's test images with what they are read as, and pictures that are brought."""
