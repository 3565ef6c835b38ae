from __future__ import annotations

from PySide6.QtCore import QRectF

from digitpad.ui.answer.answer_layout import AnswerLayout, lie_in


def lain(width: float, height: float, verbs: int = 67, keeps_verbs: bool = False) -> AnswerLayout:
    return lie_in(QRectF(0, 0, width, height), 1.0, lambda _width: verbs, keeps_verbs)


def test_on_a_high_card_the_verbs_lie_between_answer_and_bars():
    layout = lain(250, 700)
    assert not layout.is_compact
    assert layout.head.bottom() < layout.verbs.top() < layout.verbs.bottom() < layout.bars.top()


def test_a_low_card_has_no_verbs_unless_it_keeps_them():
    assert lain(165, 330).verbs.height() == 0
    kept = lain(165, 330, keeps_verbs=True)
    assert kept.is_compact and kept.verbs.height() == 67
    assert kept.head.height() < lain(165, 330).head.height()
    assert kept.bars.height() >= 135 and kept.verbs.bottom() < kept.bars.top()


def test_where_too_little_is_left_for_the_answer_the_verbs_go():
    assert lain(165, 250, keeps_verbs=True) == lain(165, 250)


def test_a_card_without_verbs_leaves_them_no_room():
    assert lain(250, 700, verbs=0).bars.top() < lain(250, 700).bars.top()
