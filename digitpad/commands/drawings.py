"""List, export or import My drawings: what was drawn in the window and kept with its label. They
lie in one file of your own, and never leave this machine unless you export them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.constants import NON_DIGIT
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _, ngettext

if TYPE_CHECKING:
    from digitpad.teaching.collection import Collection
    from digitpad.teaching.entries import Entry

_LABELS = {str(digit): digit for digit in range(10)} | {"no-digit": NON_DIGIT, "none": None}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--file",
        type=Path,
        metavar="DRAWINGS.db",
        help=_("another collection than your own"),
    )
    actions = parser.add_subparsers(dest="action", metavar="list | export | import")
    listing = actions.add_parser("list", help=_("tell what is kept (what happens without a word)"))
    listing.add_argument("--json", action="store_true", help=_("a JSON object a drawing"))
    exporting = actions.add_parser("export", help=_("write them to a file (digitpad-strokes)"))
    exporting.add_argument("out", type=Path, metavar="OUT.json[.gz]")
    for one in (listing, exporting):
        one.add_argument(
            "--label",
            choices=list(_LABELS),
            action="append",
            help=_("only these: 0 to 9, no-digit, or none for those without a label; repeatable"),
        )
        one.add_argument("--mistakes", action="store_true", help=_("only what was read otherwise"))
    importing = actions.add_parser("import", help=_("bring in the drawings of files"))
    importing.add_argument("files", nargs="+", type=Path, metavar="STROKES.json[.gz]")


def run(arguments: argparse.Namespace) -> int:
    """List, export or import; returns the exit status. Raises DigitpadError where the collection or
    a file cannot be read or written."""
    from digitpad.teaching.collection import Collection

    if arguments.file is not None and not arguments.file.is_file():
        # A name that is mistyped makes no new collection.
        raise DigitpadError(_("{path} does not exist; check the name").format(path=arguments.file))
    with Collection.open(arguments.file) as collection:
        if collection.notice:
            print(f"digitpad: {collection.notice}", file=sys.stderr)
        if arguments.action == "import":
            _import(collection, arguments.files)
        elif arguments.action == "export":
            _export(collection, arguments.out, _chosen(collection, arguments))
        else:
            as_json = arguments.action == "list" and arguments.json
            _list(collection, _chosen(collection, arguments), as_json)
        if collection.damaged_rows:
            n = collection.damaged_rows
            line = ngettext(
                "{n} drawing is damaged and was left out",
                "{n} drawings are damaged and were left out",
                n,
            )
            print(f"digitpad: {line.format(n=n)}", file=sys.stderr)
    return 0


def _chosen(collection: Collection, arguments: argparse.Namespace) -> list[Entry]:
    """The entries that --label and --mistakes leave, newest first."""
    entries = collection.all()[::-1]
    if getattr(arguments, "label", None):
        wanted = {_LABELS[label] for label in arguments.label}
        entries = [entry for entry in entries if entry.label in wanted]
    if getattr(arguments, "mistakes", False):
        entries = [entry for entry in entries if entry.is_mistake]
    return entries


def _import(collection: Collection, files: list[Path]) -> None:
    from digitpad.teaching.moving import import_drawings

    brought = import_drawings(collection, files)
    n, known = len(brought.entries), brought.known
    print(ngettext("{n} drawing brought in", "{n} drawings brought in", n).format(n=n))
    if known:
        there = ngettext("{n} was there already", "{n} were there already", known)
        print(there.format(n=known))


def _export(collection: Collection, out: Path, entries: list[Entry]) -> None:
    from digitpad.teaching.moving import export_drawings

    n = export_drawings(collection, out, [entry.id for entry in entries])
    text = ngettext("{n} drawing in {path}", "{n} drawings in {path}", n)
    print(text.format(n=n, path=out))


def _list(collection: Collection, entries: list[Entry], as_json: bool) -> None:
    if as_json:
        for entry in entries:
            print(json.dumps(_as_object(entry)))
        return
    n = len(entries)
    text = ngettext("{n} drawing in {path}", "{n} drawings in {path}", n)
    print(text.format(n=n, path=collection.path))
    labels: dict[int | None, int] = {}
    for entry in entries:
        labels[entry.label] = labels.get(entry.label, 0) + 1
    shares = [f"{name}: {labels[label]}" for name, label in _LABELS.items() if label in labels]
    if shares:
        print("  " + "   ".join(shares))
        print(_("  number  label     drawn             read as"))
    for entry in entries:
        drawn = entry.created.astimezone().strftime("%Y-%m-%d %H:%M")
        mistake = " *" if entry.is_mistake else ""
        line = f"  {entry.id:>6}  {_label_name(entry.label):<8}  {drawn}  {_read_as(entry)}"
        print(line + mistake)
    if any(entry.is_mistake for entry in entries):
        print(_("  * read as something else than its label"))


def _label_name(label: int | None) -> str:
    return next(name for name, value in _LABELS.items() if value == label)


def _read_as(entry: Entry) -> str:
    if entry.reading is None:
        return "–"
    answer = str(entry.reading.answer)
    return answer if entry.reading.accepted else _("{answer}, rejected").format(answer=answer)


def _as_object(entry: Entry) -> dict[str, object]:
    """What --json prints of a drawing."""
    labelled = {} if entry.label is None else {"label": None if entry.label < 0 else entry.label}
    reading = entry.reading
    return {
        "number": entry.id,
        "uid": entry.uid,
        **labelled,
        "time": entry.created.isoformat(timespec="seconds"),
        "read_as": None if reading is None else reading.answer,
        "accepted": None if reading is None else reading.accepted,
        "network": "" if reading is None else reading.network,
    }
