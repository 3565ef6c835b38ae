from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.ui.style.name_editor import NameEditor
from tests.support import PATIENCE_MS


@pytest.fixture
def editor(qtbot):
    stage = QWidget()
    other = QWidget(stage)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    editor = NameEditor("before", "LeNet-5", 10, stage)
    layout = QVBoxLayout(stage)
    layout.addWidget(editor)
    layout.addWidget(other)
    qtbot.addWidget(stage)
    with qtbot.waitActive(stage, timeout=PATIENCE_MS):
        stage.show()
    editor.setFocus()
    editor.heard = []
    editor.named.connect(editor.heard.append)
    editor.left.connect(lambda: editor.heard.append(None))
    yield editor
    stage.close()


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Tab])
def test_what_is_typed_is_the_name_once_it_is_entered_or_left(editor, end):
    QTest.keyClicks(editor, "  my sevens of today")
    QTest.keyClick(editor, end)
    assert editor.heard == ["my seven", None]


def test_escape_and_the_same_again_name_nothing(editor):
    QTest.keyClicks(editor, "other")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.heard == [None]


def test_what_was_not_changed_is_not_named_anew(editor):
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.heard == [None]


def test_an_empty_name_takes_it_away(editor):
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.heard == ["", None] and editor.placeholderText() == "LeNet-5"
