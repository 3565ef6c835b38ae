from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.results import Unit
from digitpad.ink.drawing import Mark, Stroke
from digitpad.ui.shell.selection import UNIT_TOOL
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import Row
from tests.support import PATIENCE_MS
from tests.ui.choices import info_of
from tests.ui.stubs import LAYERS, StubClient, recognition

LINE: list[Mark] = [Stroke.through(((100, 60), (110, 220)))]
C1, S2, C3 = LAYERS[:3]


@pytest.fixture
def session(qapp) -> Session:
    """A session whose recogniser has loaded LeNet-5."""
    session = Session(StubClient(), LAYERS)
    session.client.become_ready()
    return session


def test_a_unit_sees_a_field_of_the_digit_and_of_the_pad(qtbot, session):
    session.pad.show_marks(LINE)
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    selection, frame = session.selection, session.frame
    with qtbot.waitSignal(selection.changed):
        selection.point_at(Unit(C1, 0, row=8, column=6))
    assert selection.field == (4, 6, 9, 11)
    assert selection.field_on_pad == pytest.approx(
        (frame.left + 4 * frame.pixel, frame.top + 6 * frame.pixel, *[5 * frame.pixel] * 2)
    )
    selection.point_at(None)
    assert selection.field is None and selection.field_on_pad is None


def test_a_unit_sees_a_field_of_every_layer_before_it(session):
    session.selection.point_at(Unit(C3, 3, row=2, column=6))
    fields = session.selection.fields
    assert set(fields) == {"S2", "C1", ""}
    box = fields["S2"]
    assert (box.top, box.left, box.bottom, box.right) == (2, 6, 7, 11)


def test_on_an_empty_pad_and_before_a_network_has_loaded_there_is_a_field_of_the_digit(qapp):
    session = Session(StubClient(), LAYERS)
    session.selection.point_at(Unit(C1, 0))
    # What lies beyond the digit's edge is padding, and no ink.
    assert session.selection.field == (0, 0, 3, 3) and session.selection.field_on_pad is None


def test_a_pinned_unit_is_shown_again_when_the_pointer_has_left_another(session):
    selection = session.selection
    pinned, other = Unit(C3, 3, 2, 6), Unit(C1, 0)
    selection.pin(pinned)
    assert selection.shown == pinned and selection.tool == UNIT_TOOL
    selection.point_at(other)
    assert selection.shown == other and selection.field == (0, 0, 3, 3)
    selection.point_at(None)
    assert selection.shown == pinned and set(selection.fields) == {"S2", "C1", ""}
    selection.unpin()
    assert selection.shown is None and not selection.fields


def test_a_pinned_unit_is_not_framed_while_something_else_is_explained(session):
    selection = session.selection
    selection.pin(Unit(C1, 0, row=8, column=6))
    assert selection.tool == UNIT_TOOL and selection.field is not None
    selection.open_tool("history")
    assert selection.field is None and not selection.fields
    selection.open_tool(UNIT_TOOL)
    assert selection.field == (4, 6, 9, 11)


def test_what_was_pinned_sees_nothing_of_the_new_drawing(qtbot, session):
    session.pad.show_marks(LINE)
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    session.client.recognized.emit(recognition(1))
    session.pin()
    for take in (session.selection.point_at, session.selection.pin):
        take(Unit(C1, 0), Row.LOWER)
        assert session.selection.field is None and session.selection.shown is None


def test_a_unit_of_a_network_that_is_gone_is_pointed_at_no_more(session):
    session.selection.pin(Unit(C1, 0))
    session.selection.point_at(Unit(C1, 1))
    session.client.ready.emit(info_of("lenet5-1998"))
    assert session.selection.shown is None and session.selection.field is None


def test_units_of_the_second_network_go_with_it(session):
    session.client.second_ready.emit(info_of("lenet5-1998"))
    c1 = session.second.layers[0]
    session.selection.pin(Unit(c1, 0, 2, 2), Row.LOWER)
    assert session.selection.shown_row is Row.LOWER
    session.leave_comparing()
    assert session.selection.shown is None and session.selection.pinned is None


def test_one_tool_is_open_at_a_time_and_asking_again_closes_it(qtbot, session):
    heard: list[str] = []
    session.selection.tool_changed.connect(lambda: heard.append(session.selection.tool))
    session.selection.toggle_tool("one")
    session.selection.open_tool("one")
    session.selection.toggle_tool("other")
    session.selection.toggle_tool("other")
    assert heard == ["one", "other", ""]


def test_nothing_is_asked_of_the_recogniser_for_a_field(session):
    session.selection.point_at(Unit(C3, 3, row=2, column=6))
    assert np.size(session.client.asked) == 0 and not session.client.questions
