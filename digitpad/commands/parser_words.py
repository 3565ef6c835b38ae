"""What Python's argparse says by itself, in the language that was chosen."""

from __future__ import annotations

import argparse

from digitpad.core.languages import N_, _, ngettext

WORDS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)
"""The texts of argparse that our commands can show, in all versions of Python: for catalogues."""


def arguments_expected(count: int) -> str:
    """How many arguments an option wants, as argparse says it."""
    return ngettext("expected %s argument", "expected %s arguments", count) % count


def translate_argparse() -> None:
    """Let argparse take its own texts from our catalogue; where there is none, it says them in
    English."""
    # It asks the translation of its own module, under these names; the standard library's own
    # way, textdomain(), would go by the environment alone.
    vars(argparse).update(_=_, ngettext=ngettext)
