"""Make a film of a training run: thin its snapshots to what can be shown side by side.

The first steps, the best epoch and the last always stay. The window shows it: "Watch it learn", L.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from digitpad.core.languages import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    from digitpad.nets.spec.snapshots import FILM_LENGTH

    parser.add_argument(
        "snapshots", type=Path, metavar="DIR", help=_("the folder that train.py --snapshots filled")
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=_("the folder to make the film in")
    )
    parser.add_argument(
        "--most",
        type=int,
        default=FILM_LENGTH,
        metavar="N",
        help=_("at most so many snapshots (default: {film_length})").format(
            film_length=FILM_LENGTH
        ),
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the film and say what is in it; returns the exit status."""
    from digitpad.core.errors import DigitpadError
    from digitpad.core.languages import _
    from digitpad.nets.spec.film import write_film

    if arguments.most < 3:
        raise DigitpadError(
            _("a film has at least the first, the best and the last; --most 3 or more")
        )
    film = write_film(arguments.snapshots, arguments.out, arguments.most)
    size = sum(path.stat().st_size for path in film.folder.iterdir())
    print(
        _("{n} snapshots, best epoch {best}, {size:,} bytes: {folder}").format(
            n=len(film.snapshots), best=film.best, size=size, folder=film.folder
        )
    )
    print(_("steps: {steps}").format(steps=", ".join(map(str, film.steps))))
    return 0
