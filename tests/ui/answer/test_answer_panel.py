from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.results import Rejection, RejectionReason
from digitpad.ui.answer.answer_panel import AnswerPanel, PanelState
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.colours import share_of
from tests.ui.stubs import UNLIKE_ANY, recognition


@pytest.fixture
def panel(qtbot) -> AnswerPanel:
    panel = AnswerPanel()
    qtbot.addWidget(panel)
    panel.resize(256, 700)
    panel.show()
    return panel


def bars(picture: np.ndarray) -> np.ndarray:
    """The lower part of the panel, where the bars are."""
    return picture[len(picture) * 45 // 100 :]


def test_an_empty_pad_has_no_answer_and_bars_at_rest(panel, seen):
    panel.show_nothing()
    assert (panel.state, panel.answer_text(), panel.headline) == (
        PanelState.IDLE,
        "Nothing is drawn.",
        "",
    )
    assert (
        share_of(bars(seen(panel)), LIGHT.track) > 0.05 and share_of(seen(panel), LIGHT.accent) == 0
    )


def test_an_answer_and_its_runner_up_are_said(panel):
    panel.show_recognition(recognition(7, 0.923, second=2))
    assert (panel.state, panel.headline) == (PanelState.ANSWERING, "7")
    assert panel.answer_text() == "7, 92.3 %; then 2, 7.7 %"
    assert panel.accessibleDescription() == panel.answer_text()


def test_the_likeliest_bar_is_as_long_as_its_share_and_stands_out(panel, seen):
    panel.show_recognition(recognition(3, 1.0))
    full = share_of(bars(seen(panel)), LIGHT.accent)
    panel.show_recognition(recognition(3, 0.6))
    assert share_of(bars(seen(panel)), LIGHT.accent) == pytest.approx(0.6 * full, rel=0.1)
    assert share_of(bars(seen(panel)), LIGHT.quiet) > 0.2 * full
    panel.set_theme(DARK)
    assert share_of(bars(seen(panel)), DARK.accent) == pytest.approx(0.6 * full, rel=0.1)


def test_doubt_takes_the_answers_place_and_leaves_the_bars(panel, seen):
    panel.show_recognition(recognition(4, 0.6, rejection=UNLIKE_ANY), doubting=True)
    assert (panel.state, panel.headline) == (PanelState.REJECTED, "Not a digit?")
    assert panel.answer_text() == "Not a digit? unlike any digit (4, 60.0 %; then 5, 40.0 %)"
    # No bar stands out as the answer, all are shown.
    assert (
        share_of(seen(panel), LIGHT.accent) == 0 and share_of(bars(seen(panel)), LIGHT.quiet) > 0.02
    )


def test_waiting_says_whether_there_is_hope(panel):
    panel.show_waiting()
    assert panel.answer_text() == "The network is still loading."
    panel.show_waiting(hopeless=True)
    assert panel.answer_text() == "There is no recogniser." and panel.headline == ""
    panel.show_waiting()
    assert panel.answer_text() == "The network is still loading."


def test_the_label_of_an_example_is_held_against_the_answer(panel, seen):
    panel.show_recognition(recognition(7))
    plain = seen(panel)
    panel.show_label("7")
    right = seen(panel)
    assert (right != plain).any() and share_of(right, LIGHT.warning) == 0
    panel.show_label("9")
    assert share_of(seen(panel), LIGHT.warning) > 0
    panel.show_label(None)
    assert np.array_equal(seen(panel), plain)


def test_other_classes_take_the_answer_away(panel):
    panel.show_recognition(recognition(7))
    assert not panel.set_classes(tuple("0123456789")) and panel.headline == "7"
    assert panel.set_classes(tuple("abcdefghijklmnopqrstuvwxyz")) and panel.headline == ""
    assert not panel.grab().isNull()


def test_long_names_of_classes_are_painted(panel):
    panel.set_classes(
        (
            "T-shirt",
            "Trousers",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        )
    )
    panel.show_recognition(recognition(9))
    assert panel.headline == "Ankle boot" and not panel.grab().isNull()


@pytest.mark.parametrize(
    ("width", "height", "unit"), [(178, 540, 0.84), (256, 750, 1.0), (768, 2000, 2.6), (1, 1, 1.0)]
)
def test_every_mood_is_painted_at_every_size(panel, width, height, unit):
    panel.set_unit(unit)
    panel.resize(width, height)
    for show in (
        panel.show_nothing,
        panel.show_waiting,
        lambda: panel.show_recognition(recognition(8)),
        lambda: panel.show_recognition(
            recognition(8, rejection=Rejection(RejectionReason.BETWEEN, (3, 8))), doubting=True
        ),
    ):
        show()
        assert not panel.grab().isNull()
