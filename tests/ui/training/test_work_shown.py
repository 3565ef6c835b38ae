"""What is at work beside the window, at its foot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.ui.training import training_desk
from digitpad.ui.training.teach_window import Step
from digitpad.ui.training.train_plan import TrainPlan
from digitpad.ui.training.train_run import RunState
from digitpad.ui.training.training_desk import TrainingDesk
from digitpad.ui.training.work_shown import TEACHING, TRAINING
from tests.support import PATIENCE_MS
from tests.ui.training.fake_teacher import command_of
from tests.ui.training.runs import HEARS, START, epoch, finish, run_of


@pytest.fixture
def trained(qtbot, window, monkeypatch, tmp_path):
    """A run in its second epoch, which goes on once it hears a line; its panel is closed."""
    monkeypatch.setattr(training_desk, "shipped_film", lambda: None)
    monkeypatch.setattr(training_desk, "user_folder", lambda: tmp_path)
    told = [START, epoch(1, 0.5), HEARS, epoch(2, 0.4), finish(tmp_path / "mine.safetensors")]
    window.actions_by_name["film"].trigger()
    desk = TrainingDesk.of(window.session)
    monkeypatch.setattr(
        desk,
        "_make_run",
        lambda plan, out, folder, parent: run_of(
            *told, plan=plan, out=out, folder=folder, parent=parent
        ),
    )
    desk.start(TrainPlan())
    window.actions_by_name["film"].trigger()
    qtbot.waitUntil(lambda: "epoch 2 of 3" in text(window, TRAINING), timeout=PATIENCE_MS)
    return desk


def text(window, work: str) -> str:
    """What the foot says of a work; "" where it says nothing."""
    button = window.status_line.work_buttons.get(work)
    return "" if button is None or not button.isVisible() else button.text()


def test_a_training_whose_panel_is_closed_is_at_the_foot_and_a_click_opens_it(window, trained):
    assert text(window, TRAINING) == "training: epoch 2 of 3"
    foot = window.status_line
    button = foot.work_buttons[TRAINING]
    others = [foot.network_button, *(foot.button(name) for name in ("about", "compare"))]
    assert not any(button.geometry().intersects(one.geometry()) for one in others)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.drawer.open_tool == "film"
    trained.close()  # The window, when it closes, would ask about it.


def test_that_it_is_done_is_said_and_stays_at_the_foot_until_it_is_looked_at(
    qtbot, window, trained
):
    trained.run.stop()
    qtbot.waitUntil(lambda: trained.run.state is RunState.FINISHED, timeout=PATIENCE_MS)
    assert "LeNet-5 is done" in window.notice and text(window, TRAINING) == "trained: look"
    window.status_line.work_buttons[TRAINING].click()
    assert window.drawer.open_tool == "film" and text(window, TRAINING) == ""


def test_a_teaching_is_at_the_foot_until_it_is_said_whether_it_is_kept(
    qtbot, window, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    window.teaching.command = lambda: command_of("worth it")
    window.actions_by_name["teach"].trigger()
    teaching = window.teaching.window
    assert text(window, TEACHING) == "teaching …"
    monkeypatch.setattr(teaching, "isActiveWindow", lambda: False)
    qtbot.waitUntil(lambda: teaching.step is Step.TAUGHT, timeout=PATIENCE_MS)
    assert text(window, TEACHING) == "taught: look" and "taught" in window.notice
    teaching.forget()
    assert text(window, TEACHING) == ""
    window.teaching.stop()
