"""Teaching in the window, with mouse, keys and finger."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from digitpad.ui.training.teach_window import Step, TeachWindow
from tests.support import PATIENCE_MS
from tests.ui.pointers import touch_screen
from tests.ui.training.fake_teacher import command_of
from tests.ui.windows import asked, draw


@pytest.fixture
def teach(qtbot, window, monkeypatch, tmp_path):
    """Opens the window that teaches, whose process behaves as told, and waits for a step."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    def opened(behaviour: str, step: Step | None = Step.TAUGHT) -> TeachWindow:
        window.teaching.command = lambda: command_of(behaviour)
        window.actions_by_name["teach"].trigger()
        found = window.teaching.window
        assert found is not None
        if step is not None:
            wait_for(qtbot, found, step)
        return found

    yield opened
    window.teaching.stop()


def wait_for(qtbot, teaching: TeachWindow, step: Step) -> None:
    qtbot.waitUntil(lambda: teaching.step is step, timeout=PATIENCE_MS)


def process_id(teaching: TeachWindow) -> int:
    """Of the process that teaches; 0 where there is none."""
    process = teaching.process._process
    return 0 if process is None else int(process.processId())


def test_what_is_worth_it_is_kept_by_one_click_and_reads_from_then_on(qtbot, window, teach):
    teaching = teach("worth it")
    assert "Worth keeping" in teaching.verdict_label.text()
    assert teaching.keep_button.text() == "Keep" and teaching.keep_button.hasFocus()
    assert window.session.client.opened == [], "nothing reads before it is kept"
    QTest.mouseClick(teaching.keep_button, Qt.MouseButton.LeftButton)
    wait_for(qtbot, teaching, Step.KEPT)
    assert window.session.client.opened == [Path("/versions/kept")]


def test_what_forgets_is_forgotten_by_itself_and_the_person_may_overrule(qtbot, window, teach):
    teaching = teach("forgets")
    assert "MNIST" in teaching.verdict_label.text() and teaching.forget_button.hasFocus()
    QTest.keyClick(teaching, Qt.Key.Key_Return)
    assert not teaching.isVisible() and window.session.client.opened == []
    teaching = teach("forgets")
    button = teaching.keep_button
    assert button.text() == "Keep it all the same"
    middle = QPoint(button.width() // 2, button.height() // 2)
    QTest.touchEvent(button, touch_screen()).press(0, middle, button).commit()
    QTest.touchEvent(button, touch_screen()).release(0, middle, button).commit()
    wait_for(qtbot, teaching, Step.KEPT)
    assert window.session.client.opened == [Path("/versions/overruled")]


def test_the_table_tells_each_figure_to_the_eye_and_the_ear(teach, seen):
    teaching = teach("forgets")
    spoken = teaching.table.accessibleDescription()
    assert "My drawings: 0.00 % before and 100.00 % after" in spoken and "MNIST" in spoken
    assert teaching.table.height() >= teaching.table.height_wanted
    assert len(set(map(tuple, seen(teaching.table).reshape(-1, 3).tolist()))) > 20


def test_the_lesson_cannot_be_kept(qtbot, teach):
    teaching = teach("worth it")
    QTest.mouseClick(teaching.lesson_button, Qt.MouseButton.LeftButton)
    wait_for(qtbot, teaching, Step.LESSON)
    assert "thrown away" in teaching.verdict_label.text()
    assert teaching.keep_button.isHidden()
    teaching.keep()
    assert teaching.step is Step.LESSON and not teaching.process.is_busy
    QTest.mouseClick(teaching.again_button, Qt.MouseButton.LeftButton)
    wait_for(qtbot, teaching, Step.TAUGHT)


def test_the_pad_stays_live_while_it_teaches_and_escape_ends_the_process(qtbot, window, teach):
    teaching = teach("silent", step=None)
    qtbot.waitUntil(lambda: teaching.bar.value() > 0, timeout=PATIENCE_MS)
    number = process_id(teaching)
    assert number and teaching.step is Step.TEACHING
    draw(window)
    assert asked(qtbot, window, 1).any()
    QTest.keyClick(teaching, Qt.Key.Key_Escape)
    assert not teaching.isVisible() and process_id(teaching) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [("refuses", "no labelled drawing"), ("dies", "it fell over"), ("lies", "no message")],
)
def test_what_goes_wrong_is_one_line_and_nothing_is_changed(window, teach, behaviour, said):
    teaching = teach(behaviour, Step.OVER)
    assert said in teaching.verdict_label.text() and "\n" not in teaching.verdict_label.text()
    assert teaching.title_label.text() == "Nothing was taught"
    assert teaching.again_button.isVisible() and window.session.client.opened == []


def test_before_the_network_has_loaded_there_is_nothing_to_teach(window, teach):
    window.session.info = None
    teaching = teach("worth it", Step.OVER)
    assert "still loading" in teaching.verdict_label.text()


def test_closing_the_window_ends_the_process(teach, window):
    teaching = teach("worth it")
    number = process_id(teaching)
    window.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_screen_reader_hears_the_verdict(teach, heard):
    teaching = teach("worth it")
    assert heard[-2:] == [teaching.about_label.text(), teaching.verdict_label.text()]
