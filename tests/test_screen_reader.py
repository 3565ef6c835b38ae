"""What someone hears who cannot see the window: the tree and the events of a real accessibility
bus, while a real pointer and real keys are at work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.person import NOT_HERE, Person, been_here_before, dense, x_server
from tests.screen_reader import MISSING, ScreenReader

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is Linux's"),
    pytest.mark.skipif(
        bool(MISSING + NOT_HERE) and not os.environ.get("CI"),
        reason=f"not installed here: {' and '.join(MISSING + NOT_HERE)}",
    ),
]

EMPTY = "Nothing is drawn."
REST_S = 1.0
"""Longer than the pen has to rest; what comes twice comes by then."""
ASSERTIVE = 2
WORDS = ("accessible-name", "accessible-description")


@dataclass
class Desk:
    reader: ScreenReader
    person: Person


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Desk]:
    """The window, someone at it, and someone who hears it."""
    assert not MISSING, f"hearing needs {' and '.join(MISSING)}"
    folder = tmp_path_factory.mktemp("desk")
    with x_server() as display:
        reader = ScreenReader(display)
        been_here_before(folder)
        environment = dict(reader.environment)
        environment |= {f"XDG_{kind}_HOME": str(folder) for kind in ("DATA", "CONFIG", "STATE")}
        errors = folder / "errors"
        with errors.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "digitpad"], env=environment, stderr=stream, cwd=folder
            )
        try:
            person = Person(display, process, errors)
            # It is known once the network reads.
            person.sees(lambda: reader.named("Network: .*"))
            yield Desk(reader, person)
            assert errors.read_text() == ""
        finally:
            process.kill()
            process.wait()
            reader.close()


def test_every_part_that_takes_keys_has_a_name_and_a_role(desk):
    parts = [part for part in desk.reader.parts() if part.is_showing]
    roles = {part.name: part.role for part in parts}
    assert roles["Drawing pad"] == "canvas"
    assert roles["Undo"] == roles["Clear"] == "push button"
    assert roles["Layer C3, 16 maps, 10 × 10"] == "graphic"
    assert roles["File"] == roles["Help"] == "menu item"
    assert "Answer" in roles and any(part.role == "frame" for part in parts)
    for part in parts:
        if part.is_focusable:
            assert part.name and part.role not in ("filler", "unknown", "invalid"), part


def begins_anew(desk: Desk) -> None:
    """The pad is empty, and nothing is left to be said."""
    if desk.reader.named("Answer")[0].description != EMPTY:
        desk.person.press("Delete")
        assert desk.reader.announced() == [EMPTY]
    desk.reader.hear()


def test_the_answer_is_said_once_when_the_pen_rests_and_nothing_before(desk, drawings):
    begins_anew(desk)
    stroke = dense(drawings[7][0])
    half = len(stroke) // 2
    desk.person.draw(stroke[:half], lifts=False)
    # Many answers were shown meanwhile, none of them in words.
    moving = desk.reader.hear(REST_S)
    assert [event for event in moving if event.kind == "Announcement"] == []
    assert [event for event in moving if event.detail in WORDS] == []
    desk.person.draw(stroke[half:], begins=False)
    said = desk.reader.announced(more_s=REST_S)
    assert len(said) == 1 and re.fullmatch(r"7, .*%.*", said[0]), said
    assert desk.reader.named("Answer")[0].description == said[0]
    # It is not there any more, which is said too.
    desk.person.press("Delete")
    assert desk.reader.announced(more_s=REST_S) == [EMPTY]


def test_several_strokes_in_a_row_are_one_answer(desk, drawings):
    begins_anew(desk)
    stroke = dense(drawings[3][0])
    half = len(stroke) // 2
    for part in (stroke[:half], stroke[half - 1 :]):
        desk.person.draw(part)
    said = desk.reader.announced(more_s=REST_S)
    assert len(said) == 1 and said[0].startswith("3, "), said


def test_the_unit_under_the_cursor_says_layer_map_row_column_and_value(desk, drawings):
    begins_anew(desk)
    desk.person.draw(dense(drawings[7][0]))
    desk.reader.announced()
    for _ in range(60):
        if any(part.has_focus for part in desk.reader.named("Layer C3.*")):
            break
        desk.person.press("Tab")
    desk.reader.hear(0.3)
    heard = []
    for key in ("Right", "Right", "Down", "ctrl+Right"):
        desk.person.press(key)
        heard += desk.reader.announced()
    pattern = re.compile(r"C3, map (\d+), row (\d+), column (\d+): [+−]\d\.\d\d")
    units = list(map(pattern.fullmatch, heard))
    assert all(units), heard
    at = [tuple(map(int, unit.groups())) for unit in units if unit is not None]
    assert at == [(1, 6, 6), (1, 6, 7), (1, 7, 7), (2, 7, 7)]
    (layer,) = desk.reader.named("Layer C3.*")
    assert layer.description.startswith(heard[-1])


def test_what_went_wrong_interrupts(desk):
    begins_anew(desk)
    desk.person.press("ctrl+v")
    said = [event for event in desk.reader.hear(REST_S) if event.kind == "Announcement"]
    assert len(said) == 1 and said[0].number == ASSERTIVE, said
