from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.results import NetworkInfo, Rejection, RejectionReason
from digitpad.ui.answer.answer_panel import AnswerPanel, PanelState
from digitpad.ui.answer.reading import Label, Reading
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.browsers import GARMENTS
from tests.ui.colours import share_of
from tests.ui.stubs import INFO, UNLIKE_ANY, recognition

NOTHING = Reading(INFO, np.zeros((28, 28), np.float32))
CLOTHES = replace(INFO, classes=GARMENTS)


@pytest.fixture
def panel(qtbot) -> AnswerPanel:
    panel = AnswerPanel()
    qtbot.addWidget(panel)
    panel.resize(256, 700)
    panel.show()
    return panel


def read_as(
    answer: int,
    share: float = 0.9,
    second: int | None = None,
    label: str | None = None,
    info: NetworkInfo = INFO,
    rejection: Rejection | None = None,
) -> Reading:
    """A reading with this answer; rejected where there is a reason for it."""
    return replace(
        NOTHING,
        info=info,
        recognition=recognition(answer, share, second, rejection=rejection),
        is_rejected=rejection is not None,
        label=None if label is None else Label(label, "MNIST"),
    )


def bars(picture: np.ndarray) -> np.ndarray:
    """The lower part of the panel, where the bars are."""
    return picture[len(picture) * 45 // 100 :]


def test_an_empty_pad_has_no_answer_and_bars_at_rest(panel, seen):
    panel.show_reading(NOTHING)
    assert (panel.state, panel.answer_text(), panel.headline) == (
        PanelState.IDLE,
        "Nothing is drawn.",
        "",
    )
    assert (
        share_of(bars(seen(panel)), LIGHT.track) > 0.05 and share_of(seen(panel), LIGHT.accent) == 0
    )


def test_an_answer_and_its_runner_up_are_said(panel):
    panel.show_reading(read_as(7, 0.923, second=2))
    assert (panel.state, panel.headline) == (PanelState.ANSWERING, "7")
    assert panel.answer_text() == "7, 92.3 %; then 2, 7.7 %"
    assert panel.accessibleDescription() == panel.answer_text()


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.99949, "7, > 99.9 %; then 2, 0.1 %"),
        (0.9996, "7, > 99.9 %"),
        (1.0, "7, 100.0 %"),
    ],
)
def test_a_runner_up_whose_share_rounds_to_nothing_is_left_out(panel, seen, share, text):
    panel.show_reading(read_as(7, share, second=2))
    assert panel.answer_text() == text
    # Nor is it painted: the line beneath the share is empty.
    line = seen(panel)[236:256]
    assert (share_of(line, LIGHT.quiet, 60) > 0) == ("then" in text)


def test_the_likeliest_bar_is_as_long_as_its_share_and_stands_out(panel, seen):
    panel.show_reading(read_as(3, 1.0))
    full = share_of(bars(seen(panel)), LIGHT.accent)
    panel.show_reading(read_as(3, 0.6))
    assert share_of(bars(seen(panel)), LIGHT.accent) == pytest.approx(0.6 * full, rel=0.1)
    assert share_of(bars(seen(panel)), LIGHT.quiet) > 0.2 * full
    panel.set_theme(DARK)
    assert share_of(bars(seen(panel)), DARK.accent) == pytest.approx(0.6 * full, rel=0.1)


def test_a_rejection_takes_the_answers_place_and_leaves_the_bars(panel, seen):
    panel.show_reading(read_as(4, 0.6, rejection=UNLIKE_ANY))
    assert (panel.state, panel.headline) == (PanelState.REJECTED, "Not a digit?")
    assert panel.answer_text() == "Not a digit? unlike any digit (4, 60.0 %; then 5, 40.0 %)"
    panel.show_reading(replace(read_as(4, 0.6, rejection=UNLIKE_ANY), info=CLOTHES))
    assert panel.answer_text().startswith("Not a garment? unlike any garment (")
    panel.show_reading(read_as(4, 0.6, rejection=UNLIKE_ANY))
    # No bar stands out as the answer, all are shown.
    assert (
        share_of(seen(panel), LIGHT.accent) == 0 and share_of(bars(seen(panel)), LIGHT.quiet) > 0.02
    )


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (PanelState.WAITING, "The network is still loading."),
        (PanelState.FAILED, "There is no recogniser."),
    ],
)
def test_without_an_answer_it_says_whether_one_is_to_come(panel, state, text):
    panel.show_reading(NOTHING, absent=state)
    assert (panel.state, panel.answer_text(), panel.headline) == (state, text, "")


def test_the_label_of_an_example_is_held_against_the_answer(panel, seen):
    panel.show_reading(read_as(7))
    plain = seen(panel)
    panel.show_reading(read_as(7, label="7"))
    right = seen(panel)
    assert (right != plain).any() and share_of(right, LIGHT.warning) == 0
    assert panel.answer_text().endswith(". Right: the label is 7")
    panel.show_reading(read_as(7, label="9"))
    assert share_of(seen(panel), LIGHT.warning) > 0
    assert panel.answer_text().endswith(". Wrong: the label is 9")
    panel.show_reading(read_as(7))
    assert np.array_equal(seen(panel), plain)


def test_a_narrow_panel_says_the_label_shorter_and_within_its_edges(panel, seen):
    panel.resize(160, 300)
    panel.set_unit(0.84)
    panel.show_reading(read_as(9, label="T-shirt", info=CLOTHES))
    columns = np.flatnonzero(
        [share_of(seen(panel)[:, x : x + 1], LIGHT.warning, 60) > 0 for x in range(160)]
    )
    assert len(columns) and columns[0] > 5 and columns[-1] < 154


def test_the_bars_have_the_networks_own_classes(panel):
    panel.show_reading(read_as(9, info=CLOTHES))
    assert panel.headline == "ankle boot" and not panel.grab().isNull()
    assert [bar.name for bar in panel.bars()] == list(GARMENTS)


def test_another_networks_shares_are_marked_where_they_differ(panel):
    other = np.zeros(10, np.float32)
    other[7], other[1] = 0.9, 0.1
    panel.show_reading(read_as(7, 0.9, second=2), other=other)
    assert {bar.name: bar.other for bar in panel.bars() if bar.other is not None} == pytest.approx(
        {"1": 0.1, "2": 0.0}
    )
    panel.show_reading(read_as(7, 0.9, second=2))
    assert all(bar.other is None for bar in panel.bars())


@pytest.mark.parametrize(
    ("width", "height", "unit"), [(178, 540, 0.84), (256, 750, 1.0), (768, 2000, 2.6), (1, 1, 1.0)]
)
def test_every_state_is_painted_at_every_size(panel, width, height, unit):
    panel.set_unit(unit)
    panel.resize(width, height)
    for reading, absent in (
        (NOTHING, PanelState.IDLE),
        (NOTHING, PanelState.WAITING),
        (NOTHING, PanelState.FAILED),
        (read_as(8), PanelState.IDLE),
        (read_as(8, rejection=Rejection(RejectionReason.BETWEEN, (3, 8))), PanelState.IDLE),
    ):
        panel.show_reading(reading, absent)
        assert not panel.grab().isNull()


# Several digits.


def test_several_digits_are_said_and_the_number_is_the_headline(panel):
    panel.show_reading(replace(read_as(8, rejection=UNLIKE_ANY), several=(4, 2)))
    assert panel.state is PanelState.SEVERAL and panel.headline == "42"
    assert panel.answer_text().startswith("Several digits: 4 and 2 (read as one: 8")
    assert panel.caption == "Probability, read as one"
    panel.show_reading(replace(read_as(8), several=(4, None, 2)))
    assert panel.headline == "4?2" and "4, ? and 2" in panel.answer_text()
    panel.show_reading(read_as(8))
    assert panel.state is PanelState.ANSWERING and panel.digit_choice.isHidden()


@pytest.mark.parametrize("size", [(178, 460), (256, 700), (420, 1000), (178, 200)])
def test_the_buttons_of_several_digits_lie_between_answer_and_bars(panel, size):
    panel.resize(*size)
    panel.show_reading(replace(read_as(8), several=(4, 2, 7)))
    choice = panel.digit_choice
    assert len(choice.buttons) == 3
    for button in choice.buttons:
        assert choice.rect().contains(button.geometry())
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
    assert panel.rect().contains(choice.geometry())
    assert choice.geometry().bottom() < panel._layout().head.bottom() + 2
