from __future__ import annotations

import argparse

from digitpad.core.columns import columns_of
from digitpad.core.command_line import HelpFormatter


def test_help_of_wide_letters_is_no_wider_than_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    by_hand = "As it is broken\nby hand."
    parser = argparse.ArgumentParser(
        prog="digitpad", description=by_hand, epilog="一" * 90, formatter_class=HelpFormatter
    )
    parser.add_argument("--wide", metavar="NAME", help="宽" * 60)
    lines = parser.format_help().splitlines()
    assert max(map(columns_of, lines)) <= 80
    assert set(by_hand.splitlines()) <= set(lines)
    said = "".join(lines)
    assert (said.count("宽"), said.count("一")) == (60, 90)
