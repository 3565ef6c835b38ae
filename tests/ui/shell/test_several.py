"""Whether several digits are on the pad: the session alone, without a window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from digitpad.core.paths import shipped_weights
from digitpad.engine.client import RecognizerClient
from digitpad.engine.requests import MOST_SOON, READ_PARTS
from digitpad.ink.apart import PadPart
from digitpad.ink.drawing import Mark, PlacedPicture, Stroke
from digitpad.ink.rasterize import rasterize
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.session import Session
from tests.support import PATIENCE_MS
from tests.ui.choices import info_of
from tests.ui.stubs import LAYERS, UNLIKE_ANY, StubClient, recognition
from tests.ui.windows import read

FOUR: list[Mark] = [
    Stroke.through(((40, 60), (30, 140), (80, 140)), 14),
    Stroke.through(((75, 60), (70, 220)), 14),
]
TWO: list[Mark] = [Stroke.through(((150, 80), (190, 60), (210, 100), (150, 220), (220, 220)), 14)]
BOTH = FOUR + TWO


@pytest.fixture
def client() -> StubClient:
    return StubClient()


@pytest.fixture
def session(qapp, client) -> Session:
    """A session whose recogniser has loaded LeNet-5."""
    session = Session(client, LAYERS)
    client.become_ready()
    return session


@pytest.fixture
def show(qtbot, session, client):
    """Put marks on the pad and let the whole be read."""

    def shown(marks: list[Mark], answer: int = 8, is_accepted: bool = False) -> None:
        session.pad.show_marks(marks)
        qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
        rejection = None if is_accepted else UNLIKE_ANY
        client.recognized.emit(recognition(answer, rejection=rejection))

    return shown


def test_two_digits_are_found_and_read_from_left_to_right(session, client, show):
    show(BOTH)
    ((row, asked, _, _),) = client.questions
    assert row is READ_PARTS and asked.dtype == np.uint8 and asked.shape == (2, 28, 28)
    client.answer_batch(4, 2)
    assert session.reading.several_names == ("4", "2")
    assert session.lower_reading is None


@pytest.mark.parametrize("marks", [FOUR, TWO])
def test_one_digit_is_not_asked_about(session, client, show, marks):
    show(marks)
    assert client.questions == [] and session.reading.several == ()
    assert session.reading.is_rejected


def test_strokes_of_which_one_is_no_digit_are_one_that_is_accepted(session, client, show):
    show(BOTH, is_accepted=True)
    client.answer_batch(4, 2, accepted=(True, False))
    assert session.reading.several == ()
    show(BOTH, is_accepted=True)
    client.answer_batch(4, 2)
    assert session.reading.several_names == ("4", "2")


def test_a_scribble_beside_a_digit_is_no_digit_and_two_are_not_several(session, client, show):
    show(BOTH)
    client.answer_batch(4, 2, accepted=(True, False))
    assert session.reading.several_names == ("4", "?")
    show(BOTH)
    client.answer_batch(4, 2, accepted=(False, False))
    assert session.reading.several == () and session.reading.is_rejected


def test_a_rejection_is_not_voiced_before_it_is_known_to_be_one_digit(session, client, show):
    show(BOTH)
    assert not session.is_resting and not session.reading.is_rejected
    client.questions[-1][3]("too much")
    assert session.is_resting and session.reading.is_rejected and session.reading.several == ()


def test_nothing_is_looked_at_while_the_pen_moves(qtbot, session, client, show):
    show(FOUR)
    pad = session.pad
    pad.begin("mouse", 200, 60, 0.5, False)
    for y in range(61, 200):
        pad.move("mouse", 200, y, 0.5)
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    client.recognized.emit(recognition(8, rejection=UNLIKE_ANY))
    pad.end("mouse", 200, 200, 0.5)
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    client.recognized.emit(recognition(8, rejection=UNLIKE_ANY))
    assert client.questions == [] and not session.is_resting
    qtbot.waitUntil(lambda: len(client.questions) == 1, timeout=PATIENCE_MS)


def test_what_was_found_goes_with_the_next_stroke_and_a_late_answer_counts_for_nothing(
    qtbot, session, client, show
):
    show(BOTH)
    client.answer_batch(4, 2)
    session.pad.begin("mouse", 140, 20, 0.5, False)
    assert session.reading.several == ()
    client.answer_batch(4, 2)
    assert session.reading.several == ()
    session.pad.end("mouse", 140, 20, 0.5)


def test_one_is_taken_as_one_step_of_undo(session, client, show):
    show(BOTH)
    session.several.take(1)
    assert list(session.pad.drawing.marks) == BOTH  # nothing is found yet
    client.answer_batch(4, 2)
    session.several.take(2)
    session.several.take(1)
    assert list(session.pad.drawing.marks) == TWO
    session.pad.undo()
    assert list(session.pad.drawing.marks) == BOTH


def test_a_labelled_example_is_one_digit_by_its_label(qtbot, session, client):
    ink = rasterize(BOTH)
    for label, questions in (("4", 0), (None, 1)):
        session.put_on_pad(ink, label)
        qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
        client.recognized.emit(recognition(8))
        assert len(client.questions) == questions


def test_clothes_may_have_parts(session, client, show):
    client.ready.emit(info_of("lenet5-sigmoid"))
    assert session.data_set.fills_field
    show(BOTH)
    assert client.questions == []


def test_many_are_asked_for_a_few_at_a_time(session, client, show):
    part = PadPart((0, 0, 1, 1), np.zeros((28, 28), np.float32), list)
    session.several.parts_of_picture = lambda mark: (part,) * (MOST_SOON + 3)
    show([PlacedPicture.fitted(np.full((9, 9), 255, np.uint8))])
    client.answer_batch(*range(MOST_SOON))
    assert [len(asked) for _, asked, _, _ in client.questions] == [MOST_SOON, 3]
    assert session.reading.several == ()
    client.answer_batch(7, 7, 7)
    assert "".join(session.reading.several_names) == "01234567777"


def test_another_network_reads_them_anew(session, client, show):
    show(BOTH)
    client.answer_batch(4, 2)
    client.become_ready()
    assert session.reading.several == ()
    client.recognized.emit(recognition(8, rejection=UNLIKE_ANY))
    client.answer_batch(9, 2)
    assert session.reading.several_names == ("9", "2")


def test_in_the_window_a_button_points_at_a_digit_and_takes_it(qtbot, window):
    window.session.pad.show_marks(BOTH)
    read(qtbot, window, 8, rejection=UNLIKE_ANY)
    client = window.session.client
    client.answer_batch(4, 2)
    assert window.answer_panel.headline == "42" and window.windowTitle().startswith("42")
    four, two = window.answer_panel.digit_choice.buttons
    QApplication.sendEvent(four, QEvent(QEvent.Type.Enter))
    outlined = window.canvas._outlined
    assert outlined is not None and 20 < outlined.left() < outlined.right() < 100
    qtbot.mouseClick(two, Qt.MouseButton.LeftButton)
    assert list(window.session.pad.drawing.marks) == TWO
    read(qtbot, window, 2)
    assert window.answer_panel.headline == "2" and window.answer_panel.digit_choice.isHidden()
    assert window.canvas._outlined is None


def test_what_is_kept_beside_the_next_offers_nothing_to_take(qtbot, window):
    window.session.pad.show_marks(BOTH)
    read(qtbot, window, 8, rejection=UNLIKE_ANY)
    window.session.client.answer_batch(4, 2)
    window.session.pin()
    assert window.comparison.answer.headline == "42"
    assert window.comparison.answer.digit_choice.isHidden()
    assert window.answer_panel.digit_choice.isVisible()


def test_the_shipped_recogniser_tells_two_digits_from_one_in_two_strokes(qtbot):
    client = RecognizerClient(shipped_weights(), "cpu")
    window = MainWindow(client, LAYERS, theme="light")
    qtbot.addWidget(window)
    window.show()
    client.start()
    for marks, headline in ((BOTH, "42"), (FOUR, "4"), (TWO, "2")):
        window.session.pad.show_marks(marks)
        qtbot.waitUntil(
            lambda headline=headline: (
                window.session.is_resting and window.answer_panel.headline == headline
            ),
            timeout=PATIENCE_MS,
        )
    window.close()


def test_what_is_replayed_for_a_while_is_not_looked_at(qtbot, session, client, show):
    show(FOUR, 4, is_accepted=True)
    asked = len(client.questions)
    # Other ink than the drawing's marks, in which two digits stand apart.
    session.pad.replay(lambda scale: rasterize(BOTH, scale=scale))
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    client.recognized.emit(recognition(8, rejection=UNLIKE_ANY))
    assert len(client.questions) == asked and not session.several.is_looking
