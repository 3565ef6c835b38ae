"""Strokes and pictures become a digit, with numpy and Pillow alone."""
