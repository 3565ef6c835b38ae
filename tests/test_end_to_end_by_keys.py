"""A person without a pointer: a real X server with a window manager, and keys alone. What comes of
them is seen in titles and files, and heard over the accessibility bus."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digitpad.core import languages
from digitpad.ink.strokes_file import read_drawings
from tests.person import NOT_HERE, Typist, been_here_before, window_manager, x_server
from tests.screen_reader import MISSING, ScreenReader
from tests.ui.typed_digits import SLANTED

_NEEDED = [*NOT_HERE, *MISSING, *(["openbox"] if shutil.which("openbox") is None else [])]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is Linux's"),
    pytest.mark.skipif(
        bool(_NEEDED) and not os.environ.get("CI"),
        reason=f"not installed here: {' and '.join(_NEEDED)}",
    ),
]
LONGEST_ROUND = 60
CHINESE = "zh_CN"


@pytest.fixture
def reader(tmp_path) -> Iterator[ScreenReader]:
    """Someone who hears what is on a desktop of its own, where windows are managed."""
    assert not _NEEDED, f"this needs {' and '.join(_NEEDED)}"
    with x_server() as display, window_manager(display, tmp_path / "openbox"):
        reader = ScreenReader(display)
        homes = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("DATA", "CONFIG", "STATE")}
        reader.environment |= {**homes, "HOME": str(tmp_path), "LANG": "C.UTF-8"}
        try:
            yield reader
        finally:
            reader.close()


@contextmanager
def digitpad(reader: ScreenReader, folder: Path) -> Iterator[Typist]:
    """Someone at Digitpad until they quit it, which it does well and without a word."""
    errors = folder / "errors"
    with errors.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "digitpad"], env=reader.environment, stderr=stream, cwd=folder
        )
    try:
        yield Typist(reader.environment["DISPLAY"], process, errors)
        assert process.wait(timeout=60) == 0
        assert errors.read_text() == ""
    finally:
        process.kill()
        process.wait()


def goes_to(person: Typist, reader: ScreenReader, name: str, key: str) -> None:
    """Press a key until the part of this name has the keys."""
    for _ in range(LONGEST_ROUND):
        before = reader.focus()
        if re.fullmatch(name, before):
            return
        person.press(key)
        person.sees(lambda before=before: reader.focus() not in ("", before))
    pytest.fail(f"{key} does not lead to {name}")


def in_chinese(text: str) -> str:
    """What the Chinese window says in place of a text."""
    languages.set_language(CHINESE)
    try:
        return languages._(text)
    finally:
        languages.set_language(languages.ENGLISH)


def said_of(reader: ScreenReader, name: str) -> str:
    """What is told of the part of this name, "" where there is none."""
    return next((one.description for one in reader.named(name)), "")


def test_drawing_explaining_comparing_saving_and_another_language(reader, tmp_path):
    been_here_before(tmp_path)
    file = tmp_path / "my four.digitpad"
    with digitpad(reader, tmp_path) as person:
        person.is_at("Digitpad")
        person.sees(lambda: reader.named("Network: LeNet-5.*"))
        person.draw_by_keys(SLANTED[4])
        person.is_at("4 — Digitpad")

        person.press("w")
        person.sees(lambda: said_of(reader, r"Why this answer\?").startswith("4 leads "))
        goes_to(person, reader, "Layer C3, .*", "Tab")
        person.press("Right", "space")
        person.sees(lambda: said_of(reader, "A unit taken apart").startswith("C3, map 1, "))

        person.press("v")
        person.sees(lambda: reader.focus() == "Compare LeNet-5 with")
        goes_to(person, reader, "LeNet-5 of 1998.*", "Down")
        person.press("Return")
        person.sees(lambda: len(reader.named("Layer C3, .*")) == 2)

        person.press("ctrl+s")
        person.is_at("Save the drawing — Digitpad")
        person.press("ctrl+a")
        person.writes(str(file.with_suffix("")))
        person.press("Return")
        person.is_at("my four.digitpad — 4 — Digitpad")

        person.press("ctrl+comma")
        person.is_at("Settings — Digitpad")
        goes_to(person, reader, "Language", "Tab")
        person.press("space")
        goes_to(person, reader, "简体中文", "Up")
        person.press("Return")
        person.is_at(f"{in_chinese('Settings')} — Digitpad")
        person.press("Escape")
        person.is_at("my four.digitpad — 4 — Digitpad")
        # What was open is open in the new window.
        person.sees(lambda: len(reader.named(".*C3.*10 × 10")) == 2)
        assert len(reader.named("Layer C3, .*")) == 0
        person.press("ctrl+q")

    (kept,) = read_drawings(file)
    assert len(kept.marks) == len(SLANTED[4])
    assert kept.reading is not None and kept.reading.answer == 4
    assert dict(kept.view) == {"tool": "unit", "layer": "C3", "map": 0, "row": 5, "column": 5}
    settings = configparser.ConfigParser()
    settings.read(tmp_path / "digitpad" / "settings.ini", encoding="utf-8")
    assert settings["General"]["language"] == CHINESE

    with digitpad(reader, tmp_path) as person:
        person.is_at("Digitpad")
        person.press("ctrl+r")
        goes_to(person, reader, file.name, "Down")
        person.press("Return")
        person.is_at("my four.digitpad — 4 — Digitpad")
        person.sees(lambda: said_of(reader, in_chinese("A unit taken apart")).startswith("C3"))
        person.press("ctrl+q")
