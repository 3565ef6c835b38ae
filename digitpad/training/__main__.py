"""python -m digitpad.training: train.py wherever Digitpad is installed."""

from __future__ import annotations

import sys

from digitpad.training.command import main

if __name__ == "__main__":
    sys.exit(main())
