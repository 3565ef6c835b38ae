"""The lines by which a run is steered; needs no torch."""

PAUSE, CONTINUE, STOP = "pause", "continue", "stop"
"""What is taken, a line each; others are passed over."""
