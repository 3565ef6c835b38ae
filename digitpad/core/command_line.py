"""What all our command lines share: the option that names the language, and what Python's argparse
says by itself in that language."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from digitpad.core import languages
from digitpad.core.languages import N_, _, ngettext

_OPTION = "--lang"

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


_LONGEST = 100
"""Columns of the longest line that is broken by hand."""


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """The help of our commands: lines as wide as the terminal also where letters are twice as wide,
    and descriptions as they are broken by hand."""

    # What measures columns is imported where help is asked for: the window starts through here.

    def _split_lines(self, text: str, width: int) -> list[str]:
        from digitpad.core.columns import wrapped

        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        from digitpad.core.columns import columns_of, wrapped

        return "\n".join(
            broken
            for line in text.splitlines()
            for broken in (
                [indent + line]
                if columns_of(line) <= max(width, _LONGEST if line.isascii() else 0)
                else wrapped(line, width, indent, indent)
            )
        )


def arguments_expected(count: int) -> str:
    """How many arguments an option wants, as argparse says it."""
    return ngettext("expected %s argument", "expected %s arguments", count) % count


def choose_language(program: str, arguments: Sequence[str]) -> None:
    """Take the language that the arguments name, else the environment's, before they are read:
    what is said of them is in it. One that there is not is said in a line on standard error.

    program: as the line names it.
    """
    unknown = languages.choose(_named(arguments))
    if unknown:
        print(f"{program}: {unknown}", file=sys.stderr)
    _translate_argparse()


def add_language_option(parser: argparse.ArgumentParser) -> None:
    """Let a command line name the language; choose_language() has taken it already."""
    parser.add_argument(
        _OPTION,
        metavar="CODE",
        help=_("the language of all texts: {codes} (default: the system's)").format(
            codes=", ".join(languages.codes())
        ),
    )


def without_language(arguments: Sequence[str]) -> list[str]:
    """The arguments without a language that is named before all else."""
    left = list(arguments)
    while len(left) > 1 and left[0].partition("=")[0] == _OPTION:
        left = left[2 if left[0] == _OPTION else 1 :]
    return left


def _named(arguments: Sequence[str]) -> str | None:
    """The language that is asked for last; None where none is."""
    chosen = None
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == _OPTION:
            chosen = next(iter(arguments[at + 1 : at + 2]), None)
        elif argument.startswith(f"{_OPTION}="):
            chosen = argument.partition("=")[2]
    return chosen


def _translate_argparse() -> None:
    """Let argparse take its own texts from our catalogue; where there is none, it says them in
    English."""
    # It asks the translation of its own module, under these names; the standard library's own
    # way, textdomain(), would go by the environment alone.
    vars(argparse).update(_=_, ngettext=ngettext)
