"""Teach a network your own drawings in seconds, and say what that won and what it cost. Without a
word about drawings these are My drawings, those that were kept in the window. What is taught
becomes a version, in a file of its own; the network that it was taught from stays as it is."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _, ngettext

if TYPE_CHECKING:
    from digitpad.ink.kept_drawing import KeptDrawing
    from digitpad.teaching.figures import Table
    from digitpad.teaching.versions import Version


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--drawings",
        nargs="+",
        type=Path,
        default=(),
        metavar="STROKES.json[.gz]",
        help=_("labelled drawings of files (digitpad-strokes), in place of My drawings"),
    )
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument(
        "--keep",
        choices=("ask-figures", "always", "never"),
        default="ask-figures",
        help=_(
            "ask-figures: keep it where no figure falls and something is won; always: overrule "
            "them; never: only tell (default: ask-figures)"
        ),
    )
    kept.add_argument(
        "--without-replay",
        action="store_true",
        help=_("a lesson: teach your drawings alone, see all else forgotten, and throw it away"),
    )
    kept.add_argument("--versions", action="store_true", help=_("list what was kept, and end"))
    parser.add_argument("--seed", type=int, default=0, help=_("of the teaching (default: 0)"))
    parser.add_argument("--data", type=Path, metavar="FOLDER", help=_("where MNIST's files are"))
    parser.add_argument("--json", action="store_true", help=_("JSON in place of words"))
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Teach, print the table, and keep what is worth it; returns the exit status. Raises
    DigitpadError where there is no drawing or no network to teach, or nothing can be written."""
    if arguments.versions:
        return _list(arguments.json)
    if not 0 <= arguments.seed < 2**31:
        raise DigitpadError(_("--seed takes a whole number from 0 on"))
    chosen = chosen_network(arguments)
    drawings = _drawings(arguments.drawings)
    from digitpad.nets.devices import use_one_thread
    from digitpad.teaching.keeping import keep
    from digitpad.teaching.own_drawings import OwnDrawings
    from digitpad.teaching.recipe import TeachingRecipe
    from digitpad.teaching.replay import load_replay
    from digitpad.teaching.teacher import Teacher

    use_one_thread()
    recipe = TeachingRecipe(seed=arguments.seed)
    if arguments.without_replay:
        recipe = recipe.without_replay()
    own = OwnDrawings.of(drawings, recipe)
    replay = load_replay(progress=_tell_drawing, data=arguments.data)
    teacher = Teacher(chosen.weights, replay, chosen.net, chosen.choices)
    outcome = teacher.teach(own, recipe)
    keeps = not arguments.without_replay and (
        arguments.keep == "always"
        or (arguments.keep == "ask-figures" and outcome.table.verdict.value == "keep")
    )
    version: Version | None = None
    if keeps:
        overruled = outcome.table.verdict.value != "keep"
        version = keep(teacher, outcome, overruled)
    if arguments.json:
        print(json.dumps(_as_object(outcome.table, version)))
    else:
        print(_as_lines(outcome.table, version, arguments.without_replay))
    return 0


def _drawings(files: list[Path]) -> list[KeptDrawing]:
    if files:
        from digitpad.ink.strokes_file import read_drawings

        return [drawing for path in files for drawing in read_drawings(path)]
    from digitpad.teaching.collection import Collection

    with Collection.open() as collection:
        if collection.notice:
            print(f"digitpad: {collection.notice}", file=sys.stderr)
        return [drawing for _entry, drawing in collection.drawings()]


def _tell_drawing(share: float) -> None:
    line = _("drawing the digits to replay, once: {share:.0%}").format(share=share)
    print(f"\r{line}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _as_object(table: Table, version: Version | None) -> dict[str, object]:
    """What --json prints of a teaching."""
    from digitpad.teaching.figures import as_record

    return {
        "figures": as_record(table.figures),
        "fallen": [measure.value for measure in table.fallen],
        "verdict": table.verdict.value,
        "kept": None if version is None else str(version.path),
    }


def _as_lines(table: Table, version: Version | None, is_lesson: bool) -> str:
    from digitpad.core.texts import exact_percent
    from digitpad.teaching.figures import Measure
    from digitpad.teaching.words import measure_name, verdict_line

    lines = []
    for one in table.figures:
        lines.append(
            _(
                "{name}: {before} before, {after} after, of {n:,}; {won} turned right, {lost} "
                "turned wrong (difference {difference:+.2f} points, standard error {error:.2f})"
            ).format(
                name=measure_name(one.measure),
                before=exact_percent(one.before, one.n),
                after=exact_percent(one.after, one.n),
                n=one.n,
                won=one.won,
                lost=one.lost,
                difference=100 * one.difference,
                error=100 * one.standard_error,
            )
        )
    if Measure.MNIST not in {one.measure for one in table.figures}:
        lines.append(_("MNIST is not on this machine: synthetic digits were replayed in its place"))
    lines.append(verdict_line(table))
    if version is not None:
        lines.append(
            _("Kept as {path}; open it with: digitpad --weights {path}").format(path=version.path)
        )
    elif is_lesson:
        lines.append(_("This was a lesson: nothing was kept"))
    else:
        lines.append(_("Not kept; the network is as it was"))
    return "\n".join(lines)


def _list(as_json: bool) -> int:
    from digitpad.teaching.versions import list_versions, shares_of
    from digitpad.teaching.words import figures_line

    found = list_versions()
    for notice in found.notices:
        print(f"digitpad: {notice}", file=sys.stderr)
    for one in found.versions:
        teaching = one.teaching
        if as_json:
            entry = {
                "path": str(one.path),
                "network": one.network,
                "at": teaching.taught_at.isoformat(),
                "parent": teaching.parent_name,
                "labels": {str(label): n for label, n in teaching.labels.items()},
                "figures": shares_of(teaching.figures),
            }
            print(json.dumps(entry))
            continue
        line = ngettext(
            "{path}: {network}, {time}, taught {n} drawing, from {parent}",
            "{path}: {network}, {time}, taught {n} drawings, from {parent}",
            teaching.n,
        )
        time = teaching.taught_at.astimezone().strftime("%Y-%m-%d %H:%M")
        print(
            line.format(
                path=one.path,
                network=one.title,
                time=time,
                n=teaching.n,
                parent=teaching.parent_name,
            )
        )
        print("  " + figures_line(teaching.figures))
    if not found.versions and not as_json:
        print(_("No network was taught yet"))
    return 0
