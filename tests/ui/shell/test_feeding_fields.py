from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.open_choices import OpenChoices
from digitpad.nets.spec.opening_questions import Examination, Question
from digitpad.ui.shell.feeding_fields import FeedingFields


@pytest.fixture
def fields(qtbot) -> FeedingFields:
    fields = FeedingFields(Examination(Question.FEEDING, side=28, classes=("a", "b", "c")))
    qtbot.addWidget(fields)
    fields.set_feeding(0.5, 0.25)
    return fields


def test_what_stands_there_is_taken_and_what_was_found_is_not_said_again(fields):
    assert fields.feeding() == (0.5, 0.25) and fields.choices() == OpenChoices()
    fields.mean.setText("0,1307")
    assert fields.feeding() == (0.1307, 0.25)


def test_typing_is_told_and_setting_is_not(fields):
    heard = []
    fields.feeding_edited.connect(lambda: heard.append(True))
    fields.set_feeding(0.1, 0.2)
    assert heard == []
    QTest.keyClicks(fields.std, "5")
    assert heard == [True] and fields.feeding()[1] == 0.25


def test_another_side_and_other_names_are_said(fields):
    fields.side.setText("32")
    fields.classes.setText("zero, one , two")
    assert fields.choices() == OpenChoices(side=32, classes=("zero", "one", "two"))


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("mean", "", "the mean is no number: nothing is there"),
        ("std", "a half", "the std is no number: a half"),
        ("side", "28.5", "no whole number"),
        ("side", "4", "not between 8 and 512"),
        ("side", "inf", "side"),
        ("side", "nan", "side"),
        ("classes", "a, b", "it has 3 outputs; name as many"),
        ("classes", "a,,c", "it has 3 outputs; name as many"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(fields, field, text, words):
    getattr(fields, field).setText(text)
    with pytest.raises(DigitpadError, match=words) as caught:
        fields.feeding()
        fields.choices()
    assert "\n" not in str(caught.value)
