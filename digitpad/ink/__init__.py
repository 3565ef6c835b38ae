"""Strokes become a digit: drawing, rasterising and MNIST's geometry, with numpy and Pillow alone."""
