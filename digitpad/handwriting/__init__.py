"""Synthetic handwriting for training: templates of digits and of what is none, jittered, and drawn
with the faults of pens and tablets. Needs neither Qt nor torch."""
