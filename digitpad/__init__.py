"""Digitpad: a drawing pad that reads the digit you draw with LeNet-5 and shows you how."""

__version__ = "0.1.0"
