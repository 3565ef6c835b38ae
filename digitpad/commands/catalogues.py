"""Bring the catalogues of translated texts up to date with the source: `make texts`.

    python -m digitpad.commands.catalogues          extract, update and compile all
    python -m digitpad.commands.catalogues de       begin a catalogue for German

For who works on Digitpad: it needs Babel, which the extra "dev" brings. A catalogue is
digitpad/locale/LANGUAGE/LC_MESSAGES/digitpad.po; the .mo beside it is what the program reads, and
lies in the repository too, so that no installation has to make it. What Qt lacks in a language is
in digitpad/locale/LANGUAGE/qt.ts, and compiled beside it.
"""

from __future__ import annotations

import argparse
import ast
import datetime
import io
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad import __version__
from digitpad.core.files import write_beside

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_PACKAGE = Path(__file__).resolve().parents[1]
_LOCALE = _PACKAGE / "locale"
# The functions that mark texts, and how many of their arguments are texts.
_FORMS = {"_": 1, "N_": 1, "ngettext": 2}
# A date that changes with each run would make every change of a catalogue look like two.
_DATE = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def template() -> Catalog:
    """All texts of the source, without translations."""
    from babel.messages.catalog import Catalog

    catalogue = _header(Catalog(fuzzy=False))
    for file in sorted(_PACKAGE.rglob("*.py")):
        name = file.relative_to(_PACKAGE.parent).as_posix()
        for text, comments in _texts_of(file):
            catalogue.add(text, None, [(name, 1)], auto_comments=comments)
    return catalogue


def po_file(language: str) -> Path:
    """The catalogue of a language, whether or not it is there."""
    return _LOCALE / language / "LC_MESSAGES" / "digitpad.po"


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(file.parts[-3] for file in _LOCALE.glob("*/LC_MESSAGES/digitpad.po")))


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    file = po_file(language)
    if not file.exists():
        return _header(Catalog(locale=language, fuzzy=False))
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def update(language: str, texts: Catalog) -> int:
    """Bring a language's catalogue up to date with the source's texts and compile it; returns how
    many have no translation yet. What the source has no more is taken out."""
    catalogue = read(language)
    catalogue.update(texts, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    write(language, catalogue)
    compile_texts_of_qt(language)
    return sum(1 for one in catalogue if one.id and not all(translations(one.string)))


def compile_texts_of_qt(language: str) -> None:
    """Compile a language's own texts for Qt, where it has such: qt.qm of qt.ts."""
    texts = _LOCALE / language / "qt.ts"
    tool = shutil.which("pyside6-lrelease", path=sysconfig.get_path("scripts"))
    if texts.exists() and tool is not None:
        compiled = str(texts.with_suffix(".qm"))
        subprocess.run([tool, "-silent", str(texts), "-qm", compiled], check=True)


def write(language: str, catalogue: Catalog) -> None:
    """Write a language's catalogue, to read and compiled."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import write_po

    _header(catalogue)
    file = po_file(language)
    readable, compiled = io.BytesIO(), io.BytesIO()
    write_po(readable, catalogue, width=100, sort_by_file=True, include_lineno=False)
    write_mo(compiled, catalogue)
    for path, content in ((file, readable), (file.with_suffix(".mo"), compiled)):
        write_beside(path, content.getvalue())


def _header(catalogue: Catalog) -> Catalog:
    catalogue.project, catalogue.version = "digitpad", __version__
    catalogue.copyright_holder = "Digitpad"
    catalogue.header_comment = "# Texts of Digitpad. How it is kept: docs/howto/language.md"
    catalogue.creation_date = catalogue.revision_date = _DATE
    return catalogue


def _texts_of(file: Path) -> Iterator[tuple[str | tuple[str, ...], list[str]]]:
    """The texts of a module that are marked, with what translators should know of them; of a
    command, its description too."""
    tree = ast.parse(file.read_bytes())
    if file.parent == _PACKAGE / "commands":
        is_command = any(
            isinstance(one, ast.FunctionDef) and one.name == "add_arguments" for one in tree.body
        )
        if is_command and (description := ast.get_docstring(tree, clean=False)):
            yield description.strip(), ["help of a command"]
    # Babel's own extraction passes over what stands within an f-string.
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            given = call.args[: _FORMS.get(call.func.id, 0)]
            texts = tuple(
                one.value
                for one in given
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )
            if texts and all(texts) and len(texts) == _FORMS[call.func.id]:
                yield texts if len(texts) > 1 else texts[0], []


def translations(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a text's translation; an empty one where there is none."""
    return (string or "",) if isinstance(string, str | None) else tuple(string)


def main() -> int:
    """Update every catalogue, and those named; exit status 1 where a text has no translation."""
    parser = argparse.ArgumentParser(
        prog="python -m digitpad.commands.catalogues",
        description="Bring the catalogues of translated texts up to date with the source.",
    )
    parser.add_argument("language", nargs="*", help="a language to begin, such as de or pt_BR")
    arguments = parser.parse_args()
    try:
        texts = template()
    except ImportError:
        print("Babel is missing; install it with: pip install 'digitpad[dev]'", file=sys.stderr)
        return 1
    missing = 0
    for language in sorted({*languages(), *arguments.language}):
        count = update(language, texts)
        missing += count
        total = sum(1 for one in texts if one.id)
        print(f"{language}: {total} texts, {count} without a translation")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
