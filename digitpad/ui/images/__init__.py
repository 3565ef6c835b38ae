"""The window of a data set's test images: grid, choice, confusion matrix, selected image."""
