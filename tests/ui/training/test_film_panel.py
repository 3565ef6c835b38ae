from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from digitpad.engine.films import READ_FILM, FilmReading
from digitpad.engine.opening import NetworkChoice
from digitpad.ui.training import film_words as words
from digitpad.ui.training import leaving, training_desk
from digitpad.ui.training.train_plan import TrainPlan
from digitpad.ui.training.train_run import RunState
from digitpad.ui.training.training_desk import TrainingDesk
from tests.nets.spec.film_files import save_film
from tests.support import PATIENCE_MS
from tests.ui.explain.explaining import drawn, opened, tap
from tests.ui.training.runs import HEARS, START, epoch, finish, run_of

STEPS = (0, 1, 2, 4, 8, 10, 20, 30)
ANSWERS = (9, 9, 9, 1, 1, 7, 7, 7)


@pytest.fixture
def film(tmp_path, monkeypatch):
    folder = save_film(tmp_path / "shipped")
    monkeypatch.setattr(training_desk, "shipped_film", lambda: folder)
    monkeypatch.setattr(training_desk, "user_folder", lambda: tmp_path / "home")
    return folder


@pytest.fixture
def panel(qtbot, window, film):
    """The shipped film, whose snapshots have read a drawing: a 9, then a 1, then a 7."""
    drawn(qtbot, window)
    panel = opened(qtbot, window, "film")
    answer(window)
    return panel


def answer(window, waiting: int = 0) -> None:
    """Answer what the snapshots were asked last, but for so many that are not loaded."""
    row, asked, answered, _ = window.session.client.questions[-1]
    assert row is READ_FILM
    count = len(asked.steps)
    shares = np.full((count, 10), 0.02, np.float32)
    for place, class_ in enumerate(ANSWERS[:count]):
        shares[place, class_] = 0.82
    is_read = np.arange(count) < count - waiting
    answered(FilmReading(shares * is_read[:, None], is_read, waiting, 5.0))


def become(window, path) -> None:
    """The network that was asked for is there."""
    client = window.session.client
    client._choice = NetworkChoice(path)
    is_snapshot = path.name.startswith("step-")
    metadata = {"step": str(int(path.stem[5:])), "run": "a"} if is_snapshot else {}
    client.become_ready(weights_file=str(path), metadata=metadata)


def test_all_snapshots_read_what_is_drawn(window, panel):
    row, asked, *_ = window.session.client.questions[-1]
    assert row is READ_FILM and asked.steps == STEPS
    assert (asked.digit == window.session.digit).all()
    assert panel.answers.answers == list("99911777") and not panel.is_waiting
    assert panel.text == (
        "Slide, or press Space: each snapshot reads your drawing. Step 0: 9; Step 4: 1; Epoch 1: 7."
    )
    # Nothing else reads by it.
    assert window.session.client.opened == []


def test_those_that_load_are_shown_as_they_come(qtbot, window, film):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "film")
    client = window.session.client
    answer(window, waiting=5)
    assert panel.answers.answers == ["9", "9", "9", "", "", "", "", ""] and panel.is_waiting
    count = len(client.questions)
    answer(window)
    assert len(client.questions) == count and panel.answers.answers[-1] == "7"


def test_keys_have_one_snapshot_after_the_other_read_in_all_of_the_window(window, panel):
    client = window.session.client
    assert panel.slider.hasFocus() and panel.slider.value() == 7
    QTest.keyClick(panel.slider, Qt.Key.Key_Left)
    assert client.opened[-1].name == "step-000000020.safetensors" and panel.is_waiting
    # While it opens, only the newest that is asked for waits.
    for _ in range(3):
        QTest.keyClick(panel.slider, Qt.Key.Key_Left)
    assert len(client.opened) == 1
    become(window, client.opened[-1])
    assert client.opened[-1].name == "step-000000004.safetensors"
    become(window, client.opened[-1])
    assert len(client.opened) == 2
    answer(window)
    assert panel.lines[0] == (
        "Step 4, weights as the step left them: it reads 1, 82.0 %; of digits held back it reads "
        "50.0 %, loss 1.0000"
    )
    assert "a snapshot of its training, after step 4" in window.status_line.text


def test_leaving_has_the_network_before_read_again(qtbot, window, panel):
    client = window.session.client
    before = client.choice
    QTest.keyClick(panel.slider, Qt.Key.Key_Home)
    become(window, client.opened[-1])
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert client.opened[-1] == before.weights and window.session.selection.tool == "film"
    become(window, before.weights)
    QTest.keyClick(panel.slider, Qt.Key.Key_Home)
    become(window, client.opened[-1])
    QTest.keyClick(window, Qt.Key.Key_L)
    assert client.opened[-1] == before.weights and not window.drawer.isVisible()


def test_another_network_that_is_chosen_stays(qtbot, window, panel, tmp_path):
    client = window.session.client
    QTest.keyClick(panel.slider, Qt.Key.Key_Home)
    become(window, client.opened[-1])
    become(window, tmp_path / "other.safetensors")
    count = len(client.opened)
    QTest.keyClick(window, Qt.Key.Key_L)
    assert len(client.opened) == count and not panel.player.is_open


def test_a_snapshot_that_cannot_be_opened_leaves_the_network(window, panel):
    client = window.session.client
    before = client.choice.weights
    QTest.keyClick(panel.slider, Qt.Key.Key_Home)
    client.refused.emit("it is gone")
    assert client.opened[-1] == before and not panel.player.is_open


def test_it_plays_to_the_end_and_stops(qtbot, window, panel, monkeypatch):
    panel._timer.setInterval(1)
    client = window.session.client
    QTest.keyClick(panel.slider, Qt.Key.Key_Space)
    assert panel.is_playing and panel.buttons["play"].text() == words.PAUSE
    for step in STEPS:
        qtbot.waitUntil(
            lambda step=step: (
                bool(client.opened) and client.opened[-1].stem.endswith(f"{step:09d}")
            ),
            timeout=PATIENCE_MS,
        )
        become(window, client.opened[-1])
    qtbot.waitUntil(lambda: not panel.is_playing, timeout=PATIENCE_MS)
    assert panel.slider.value() == 7


def test_mouse_and_finger_point_at_moments(window, panel):
    chart, client = panel.chart, window.session.client
    box = chart.plot
    place = QPoint(round(chart.along(5)), round(box.center().y()))
    QTest.mouseMove(chart, place)
    assert panel.lines[0].startswith("Epoch 1: loss 0.8000 in training, 0.4000 on digits held")
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert client.opened[-1].name == "step-000000010.safetensors"
    become(window, client.opened[-1])
    tap(window, chart, (chart.along(1), box.center().y()))
    assert client.opened[-1].name == "step-000000001.safetensors"


@pytest.mark.parametrize("size", [(800, 560), (900, 600), (1600, 1000)])
def test_all_of_it_is_within_its_box(qtbot, window, panel, size):
    window.resize(*size)
    for name in ("play", "use", "compare", "again", "shipped", "train"):
        panel.buttons[name].show()
    panel._arrange()
    qtbot.wait(1)
    boxes = [one.geometry() for one in panel.buttons.values() if one.isVisible()]
    assert all(panel.rect().contains(box) for box in boxes), (panel.rect(), boxes)
    assert all(left.right() < right.left() for left, right in pairwise(boxes))
    for button in panel.buttons.values():
        advance = button.fontMetrics().horizontalAdvance(button.text())
        assert not button.isVisible() or advance + 8 <= button.width()
    assert panel.chart.height() > 60 and panel.slider.geometry().bottom() <= panel.height()
    left = panel.slider.x() + 7.5
    assert left == pytest.approx(panel.chart.along(0), abs=2)


def test_an_empty_pad_says_what_to_do(qtbot, window, film):
    panel = opened(qtbot, window, "film")
    assert panel.lines == [words.DRAW] and not panel.is_waiting


def test_a_run_is_steered_and_its_network_reads(qtbot, window, panel, monkeypatch):
    told = (START, HEARS, epoch(1, 0.5), HEARS, HEARS, finish(window_file()), "!stopped")
    desk = TrainingDesk.of(window.session)
    assert desk is panel.desk
    monkeypatch.setattr(desk, "_make_run", lambda *of: run_of(*told, **_named(*of)))
    desk.start(TrainPlan(quick=False, epochs=3), "mine")
    run = desk.run
    assert _shown(panel) == ["stop"] and "Preparing" in panel.lines[1]
    qtbot.waitUntil(lambda: run.state is RunState.RUNNING, timeout=PATIENCE_MS)
    save_film(run.folder)
    run._write("go on")
    qtbot.waitUntil(lambda: len(run.history) == 1, timeout=PATIENCE_MS)
    assert _shown(panel) == ["hold", "stop"] and "Epoch 2 of 3" in panel.lines[0]
    panel.buttons["hold"].click()
    assert run.state is RunState.PAUSED and panel.buttons["hold"].text() == words.GO_ON
    with qtbot.waitSignal(desk.ended, timeout=PATIENCE_MS):
        panel.buttons["stop"].click()
    assert _shown(panel) == ["play", "use", "compare", "again", "shipped", "train"]
    client = window.session.client
    panel.buttons["compare"].click()
    assert client.second_networks[-1] == (window_file(), "")
    panel.buttons["use"].click()
    assert client.opened[-1] == window_file()


def test_closing_the_window_asks_while_a_network_is_trained(qtbot, window, panel, monkeypatch):
    told = (START, epoch(1, 0.5), HEARS, finish(window_file(), "stop"), "!stopped")
    desk = panel.desk
    monkeypatch.setattr(desk, "_make_run", lambda *of: run_of(*told, **_named(*of)))
    desk.start(TrainPlan(quick=False, epochs=3))
    qtbot.waitUntil(lambda: len(desk.run.history) == 1, timeout=PATIENCE_MS)
    asked = []
    monkeypatch.setattr(leaving, "wants_to_stop", lambda run: asked.append(run) or False)
    window.close()
    assert window.isVisible() and desk.is_training and len(asked) == 1
    window.lifetime.close_at_once()
    assert not window.isVisible() and desk.run.weights == window_file() and len(asked) == 1


def window_file():
    from pathlib import Path

    return Path("/somewhere/mine.safetensors")


def _named(plan, out, folder, parent) -> dict:
    return {"plan": plan, "out": out, "folder": folder, "parent": parent}


def _shown(panel) -> list[str]:
    return [name for name, one in panel.buttons.items() if one.isVisibleTo(panel)]
