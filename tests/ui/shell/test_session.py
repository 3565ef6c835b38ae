"""The session alone, without a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.ink.drawing import Mark, Stroke
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ui.answer.reading import Label
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.shares import shares_beside
from digitpad.ui.shell.states import Mode, RecognizerState, Row
from tests.support import PATIENCE_MS
from tests.ui.browsers import GARMENTS
from tests.ui.choices import answer_of, info_of
from tests.ui.stubs import LAYERS, UNLIKE_ANY, StubClient, recognition

LINE: list[Mark] = [Stroke.through(((100, 60), (110, 220)))]
SIGNALS = (
    "digit_changed",
    "answer_changed",
    "second_answer_changed",
    "label_changed",
    "network_changed",
    "state_changed",
    "comparison_changed",
    "succeeded",
)


@pytest.fixture
def session(qapp) -> Session:
    """A session whose recogniser has loaded LeNet-5; its samples are sevens."""
    session = Session(StubClient(), LAYERS, lambda dataset: (np.eye(28, dtype=np.uint8) * 255, "7"))
    session.client.become_ready()
    return session


@pytest.fixture
def read(qtbot, session) -> Callable[..., None]:
    """Let what is on the pad be read as this."""

    def answer(number: int, **changes: object) -> None:
        qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
        session.client.recognized.emit(recognition(number, **changes))

    return answer


def heard(session: Session) -> list[str]:
    """The names of the signals that come from now on."""
    names: list[str] = []
    for name in SIGNALS:
        getattr(session, name).connect(lambda name=name: names.append(name))
    return names


def test_from_the_ink_to_the_answer(qtbot, session):
    names = heard(session)
    session.pad.show_marks(LINE)
    assert session.is_reading_due and session.client.asked == []
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    (asked,) = session.client.asked
    assert np.array_equal(asked, drawing_to_digit(LINE)) and np.array_equal(asked, session.digit)
    assert names == ["digit_changed"] and session.reading.answer == ""
    session.client.recognized.emit(recognition(1))
    assert names == ["digit_changed", "answer_changed"] and session.reading.answer == "1"


def test_ink_that_changes_before_it_is_read_is_read_once(qtbot, session):
    for _ in range(20):
        session.pad.show_marks(LINE)
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    assert len(session.client.asked) == 1


def test_an_empty_pad_has_no_frame_and_no_answer(qtbot, session, read):
    session.pad.show_marks(LINE)
    read(1)
    session.pad.clear()
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    assert session.frame is None and session.recognition is None
    assert not session.digit.any() and session.client.forgotten == 1


def test_a_rejection_is_voiced_once_the_pen_has_rested(qtbot, session, read):
    session.pad.begin("mouse", 60, 60, 0.5, False)
    read(4, rejection=UNLIKE_ANY)
    assert not session.is_resting and not session.reading.is_rejected
    session.pad.finish()
    read(4, rejection=UNLIKE_ANY)
    assert not session.reading.is_rejected
    names = heard(session)
    qtbot.waitUntil(lambda: session.is_resting, timeout=PATIENCE_MS)
    assert names == ["answer_changed"] and session.reading.is_rejected


def test_flushing_takes_the_pen_to_rest(session, read):
    session.pad.begin("mouse", 60, 60, 0.5, False)
    session.pad.finish()
    read(4, rejection=UNLIKE_ANY)
    assert not session.reading.is_rejected
    session.flush()
    assert session.reading.is_rejected


def test_what_was_read_before_the_recogniser_went_away_is_no_answer_any_more(session, read):
    session.pad.show_marks(LINE)
    read(1)
    session.client.interrupted.emit("it ended")
    assert session.state is RecognizerState.LOADING and session.recognition is None
    session.client.failed.emit("no memory")
    assert session.state is RecognizerState.FAILED and session.failure == "no memory"
    session.restart()
    assert session.client.starts == 1 and session.state is RecognizerState.LOADING
    assert session.failure == ""


def test_an_answer_in_other_classes_goes_with_its_network(session, read):
    session.pad.show_marks(LINE)
    read(1)
    session.client.become_ready()
    assert session.recognition is not None
    session.client.become_ready(classes=tuple("abcdefghij"))
    assert session.recognition is None


def test_a_network_that_frames_otherwise_is_asked_anew(qtbot, session, read):
    session.pad.show_marks(LINE)
    read(1)
    before = session.digit
    session.client.ready.emit(info_of("lenet5-sigmoid"))
    assert session.is_reading_due and session.data_set.name == "fashion-mnist"
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    assert not np.array_equal(session.digit, before)


def test_success_is_told_of_what_was_asked_for_alone(session):
    names = heard(session)
    session.client.become_ready()
    assert "succeeded" not in names
    session.open_network(Path("other.safetensors"))
    session.client.refused.emit("other.safetensors is no good")
    session.client.become_ready()
    assert "succeeded" not in names
    session.open_network(Path("other.safetensors"))
    session.client.become_ready()
    assert names.count("succeeded") == 1


# Examples.


def test_an_example_has_its_label_until_the_drawing_changes(session):
    session.show_example()
    assert session.label == Label("7", "MNIST") == session.reading.label
    names = heard(session)
    session.pad.undo()
    assert session.label is None and names.count("label_changed") == 1


def test_why_there_is_no_example_is_said(session, qapp):
    said: list[str] = []

    def missing(dataset: str) -> tuple[np.ndarray, str]:
        raise DigitpadError(f"{dataset} is not here")

    for given in (None, missing):
        other = Session(StubClient(), next_example=given)
        other.said.connect(said.append)
        other.show_example()
        assert other.pad.is_empty and other.label is None
    assert said == ["There are no test images in this installation.", "mnist is not here"]


# Comparing.


def test_a_second_network_reads_beside_the_first(session, read):
    session.pad.show_marks(LINE)
    read(1)
    session.open_second(Path("relu.safetensors"))
    assert session.mode is Mode.SINGLE and session.lower_reading is None
    session.client.second_ready.emit(info_of("lenet5-relu"))
    assert session.mode is Mode.SECOND
    assert shares_beside(session, Row.UPPER).size == 0  # it has said nothing yet
    session.client.second_recognized.emit(answer_of("lenet5-relu", 7))
    assert session.lower_reading.answer == "7" and session.reading.answer == "1"
    assert shares_beside(session, Row.UPPER)[7] == pytest.approx(0.9)
    assert shares_beside(session, Row.LOWER)[1] == pytest.approx(0.9)
    session.leave_comparing()
    assert session.mode is Mode.SINGLE and session.client.second_networks[-1] is None
    assert shares_beside(session, Row.UPPER) is None


def test_networks_of_other_classes_have_no_shares_to_hold_against_each_other(session):
    session.client.second_ready.emit(info_of("lenet5-sigmoid"))
    assert session.mode is Mode.SECOND and shares_beside(session, Row.UPPER) is None


def test_a_label_stands_in_both_rows_whichever_came_first(session):
    session.show_example()
    session.client.second_ready.emit(info_of("lenet5-relu"))
    assert session.lower_reading.label == session.reading.label == Label("7", "MNIST")


def test_a_label_judges_nothing_of_other_classes_and_is_back_with_its_own(session, read):
    session.show_example()
    session.client.ready.emit(info_of("lenet5-sigmoid"))
    read(8)
    assert session.reading.label is None and session.reading.is_right is None
    session.client.second_ready.emit(info_of("lenet5-relu"))
    assert session.lower_reading.label == Label("7", "MNIST")
    session.client.ready.emit(info_of("lenet5-relu"))
    assert session.reading.label == Label("7", "MNIST")


def test_what_is_pinned_stays_as_it_was_read(qtbot, session, read):
    session.show_example()
    read(4, rejection=UNLIKE_ANY)
    digit = session.digit
    session.pin()
    session.pad.show_marks(LINE)
    read(1)
    session.client.ready.emit(info_of("lenet5-sigmoid"))
    pinned = session.lower_reading
    assert session.mode is Mode.PINNED and pinned.answer == "4" and pinned.is_rejected
    assert pinned.label == Label("7", "MNIST") and np.array_equal(pinned.digit, digit)
    assert pinned.classes != GARMENTS == session.reading.classes


def test_nothing_is_pinned_where_nothing_is_read(session):
    said: list[str] = []
    session.said.connect(said.append)
    session.pin()
    assert session.mode is Mode.SINGLE and "Draw first" in said[0]


# The end.


def test_a_stopped_session_waits_for_nothing(session):
    session.pad.show_marks(LINE)
    session.stop()
    assert not session.is_reading_due and session.is_resting
