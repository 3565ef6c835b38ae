"""Training: digits become weights. run.train() does it; settings and events need no torch."""
