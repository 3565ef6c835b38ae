from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from digitpad.ui.answer.answer_panel import AnswerPanel


def panel_with(qtbot, action: QAction, height: int = 700) -> AnswerPanel:
    panel = AnswerPanel(None, {"Why?": action})
    qtbot.addWidget(panel)
    panel.resize(250, height)
    panel.show()
    return panel


def test_a_verb_does_its_action_and_stays_in_step_with_it(qtbot):
    done: list[bool] = []
    action = QAction("Why this answer?")
    action.setCheckable(True)
    action.triggered.connect(lambda is_on: done.append(is_on))
    panel = panel_with(qtbot, action)
    (button,) = panel.verbs.buttons
    assert panel.verbs.isVisible() and panel.rect().contains(panel.verbs.geometry())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [True] and button.isChecked()
    action.setChecked(False)
    action.setEnabled(False)
    assert not button.isChecked() and not button.isEnabled()


def test_a_low_panel_has_no_room_for_verbs(qtbot):
    panel = panel_with(qtbot, QAction("Why"), height=240)
    assert not panel.verbs.isVisible()
    panel.resize(250, 700)
    assert panel.verbs.isVisible()
