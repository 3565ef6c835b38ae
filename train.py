"""Train the network that reads the digits: python train.py --help."""

from __future__ import annotations

import sys

from digitpad.training.command import main

if __name__ == "__main__":
    sys.exit(main())
