"""What an option of train.py may be: the numbers that argparse reads from its text."""

from __future__ import annotations

import argparse

from digitpad.core.languages import _


def positive(text: str) -> int:
    """An option's whole number from 1.

    Raises argparse.ArgumentTypeError for a smaller one, ValueError for what is no whole number.
    """
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("{text} is not 1 or more").format(text=text))
    return number


def seed(text: str) -> int:
    """An option's seed, which PyTorch takes from 0; raises as positive() does."""
    number = int(text)
    if not 0 <= number < 2**31:
        raise argparse.ArgumentTypeError(
            _("{text} is not from 0 to {most}").format(text=text, most=2**31 - 1)
        )
    return number
