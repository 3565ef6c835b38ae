from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton

from digitpad.core.paths import shipped_weights
from digitpad.core.results import FeedingSource
from digitpad.engine.client import RecognizerClient
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.opened_networks import OpenedFile, OpenedList
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.choices import HERE, click_row, info_of, installed, titles, window_with
from tests.ui.stubs import LAYERS, StubClient
from tests.ui.windows import draw, read


@pytest.fixture
def window(qtbot) -> MainWindow:
    return window_with(qtbot, HERE)


def test_by_keys_another_network_is_chosen_and_the_drawing_stays(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    marks = window.session.pad.drawing.marks
    QTest.keyClick(window, Qt.Key.Key_N)
    choice = window.dialogs.choice
    assert choice.title.text() == "Networks" and titles(choice) == [
        network.title for network in HERE
    ]
    assert choice.list.currentRow() == 0
    QTest.keyClick(choice.list, Qt.Key.Key_Down)
    QTest.keyClick(choice.list, Qt.Key.Key_Return)
    assert window.session.client.opened == [Path("/some/where/lenet5-relu.safetensors")]
    window.session.client.ready.emit(info_of("lenet5-relu"))
    assert window.status_line.network_button.text().startswith("LeNet-5, ReLU")
    assert window.network_view.panel("C1").layer.shape == (6, 24, 24)
    assert window.session.pad.drawing.marks == marks


def test_by_mouse_another_network_is_chosen(window):
    QTest.mouseClick(window.status_line.network_button, Qt.MouseButton.LeftButton)
    assert window.dialogs.choice.isVisible()
    click_row(window.dialogs.choice, 2)
    assert window.session.client.opened == [Path("/some/where/lenet5-1998.safetensors")]


def test_the_list_lies_beside_its_button_and_within_the_window(window):
    for button in (window.status_line.network_button, window.status_line.button("compare")):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        box, choice = window.geometry(), window.dialogs.choice
        # Qt without a display shifts it by a frame of two pixels.
        assert box.contains(choice.geometry().adjusted(2, 2, -2, -2))
        top = button.mapToGlobal(button.rect().topLeft()).y()
        assert abs(choice.geometry().bottom() - top) < 12
        choice.close()


def test_classes_have_their_names_once_a_network_of_clothes_has_loaded(qtbot, window):
    window.session.client.ready.emit(info_of("lenet5-sigmoid"))
    draw(window)
    read(qtbot, window, 4)
    assert window.answer_panel.headline == "coat"


def test_without_any_weights_it_says_what_to_do(qtbot):
    window = window_with(qtbot, [])
    QTest.keyClick(window, Qt.Key.Key_N)
    assert not window.dialogs.choice.isVisible() and "Open a network's weights" in window.notice
    assert "train.py" not in window.notice


def test_without_a_second_network_there_is_nothing_to_compare_with(qtbot):
    window = window_with(qtbot, HERE[:1])
    QTest.keyClick(window, Qt.Key.Key_V)
    assert not window.dialogs.choice.isVisible() and "no other network" in window.notice


def test_networks_that_came_meanwhile_are_offered(qtbot):
    networks = HERE[:1]
    window = window_with(qtbot, networks)
    networks.append(installed("cnn-32-64"))
    QTest.keyClick(window, Qt.Key.Key_N)
    assert titles(window.dialogs.choice) == ["LeNet-5", "CNN 32-64"]
    networks.pop()


def test_a_file_that_does_not_fit_is_said_in_a_line_and_the_network_stays(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    window.session.open_network(Path("bad.safetensors"))
    window.session.client.refused.emit("bad.safetensors is no good")
    assert window.notice == "bad.safetensors is no good"
    assert (
        window.answer_panel.headline == "7"
        and window.status_line.network_button.text().startswith("LeNet-5")
    )


def test_without_test_images_it_says_so(window):
    QTest.keyClick(window, Qt.Key.Key_T)
    assert window.notice == "There are no test images in this installation."


def test_closing_the_window_closes_the_list(window):
    QTest.keyClick(window, Qt.Key.Key_N)
    window.close()
    assert not window.dialogs.choice.isVisible()


# What was opened, and what has no weights.


@pytest.fixture
def listed(qtbot, tmp_path, monkeypatch) -> MainWindow:
    """A window that keeps a list of what was opened, and knows of a network without weights."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    window = MainWindow(
        StubClient(),
        LAYERS,
        theme="light",
        installed=lambda: HERE[:1],
        opened=OpenedList(),
        untrained=lambda: [NETWORKS["lenet5-max"]],
    )
    qtbot.addWidget(window)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    return window


def test_what_was_opened_is_listed_and_kept_and_what_is_installed_is_not(listed, tmp_path):
    client = listed.session.client
    client.become_ready(weights_file=str(HERE[0].weights))
    assert OpenedList().read() == []
    (tmp_path / "mine.pth").touch()
    client.become_ready(weights_file=str(tmp_path / "mine.pth"), title="Mine")
    listed.actions_by_name["networks"].trigger()
    choice = listed.dialogs.choice
    assert titles(choice) == ["LeNet-5", "Mine", "LeNet, max pooling"]
    assert choice.list.currentRow() == 1
    click_row(choice, 1)
    assert client.examined[0].weights == tmp_path / "mine.pth"


def test_what_is_installed_is_not_listed_twice_by_way_of_a_link(listed, tmp_path):
    real, link = tmp_path / "real.safetensors", tmp_path / "link.safetensors"
    real.touch()
    link.symlink_to(real)
    listed.dialogs._installed = lambda: [installed("lenet5", weights=real)]
    listed.session.client.become_ready(weights_file=str(link))
    assert OpenedList().read() == []


def test_snapshots_of_a_training_are_not_listed(listed, tmp_path):
    snapshot = tmp_path / "step-000000064.safetensors"
    snapshot.touch()
    listed.session.client.become_ready(
        weights_file=str(snapshot), metadata={"step": "64", "run": "0f"}
    )
    assert OpenedList().read() == []


def test_a_guess_that_nobody_was_asked_about_is_told_once(listed):
    guess = "How it was fed is not in the file. Guessed: 0..1, which reads 96 %."
    client = listed.session.client
    client.become_ready(fed_by=FeedingSource.GUESSED, notes=("A note.", guess))
    assert listed.notice.startswith(guess) and "list of networks" in listed.notice
    for source in (FeedingSource.GUESSED, FeedingSource.ACCEPTED):
        listed.notice_card.dismiss()
        client.become_ready(fed_by=source, notes=(guess,))
        assert listed.notice == ""


def test_a_file_that_is_gone_is_said_and_can_be_taken_off(listed):
    OpenedList().add(OpenedFile(Path("/gone/mine.pth"), "", "Mine", 3))
    listed.actions_by_name["networks"].trigger()
    click_row(listed.dialogs.choice, 1)
    assert "/gone/mine.pth is not there any more" in listed.notice
    assert listed.session.client.examined == []
    listed.actions_by_name["networks"].trigger()
    listed.dialogs.choice.list.setCurrentRow(1)
    QTest.keyClick(listed.dialogs.choice.list, Qt.Key.Key_Delete)
    assert OpenedList().read() == []


def test_a_second_network_may_be_one_that_was_opened_but_none_without_weights(listed, tmp_path):
    for name in ("mine.pth", "net.py"):
        (tmp_path / name).touch()
    net = f"{tmp_path / 'net.py'}:Mine"
    OpenedList().add(OpenedFile(tmp_path / "mine.pth", net, "Mine", 3))
    listed.session.client.become_ready(weights_file=str(HERE[0].weights))
    listed.actions_by_name["compare"].trigger()
    assert titles(listed.dialogs.choice) == ["Mine"]
    click_row(listed.dialogs.choice, 0)
    assert listed.session.client.second_networks == [(tmp_path / "mine.pth", net)]


def test_the_button_of_the_list_asks_for_a_file(listed, monkeypatch):
    listed.session.client.become_ready(weights_file=str(HERE[0].weights))
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *arguments, **options: ("/a/b.pth", "")
    )
    listed.actions_by_name["networks"].trigger()
    QTest.mouseClick(listed.dialogs.choice.open_button, Qt.MouseButton.LeftButton)
    assert [choice.weights for choice in listed.session.client.examined] == [Path("/a/b.pth")]


def test_a_list_that_cannot_be_written_is_said(listed, tmp_path):
    (tmp_path / "digitpad").write_text("")
    listed.session.client.become_ready(weights_file=str(tmp_path / "mine.pth"))
    assert "cannot be written" in listed.notice


# With the real recogniser in another process.


@pytest.fixture(scope="module")
def second(tmp_path_factory) -> Path:
    """Weights of another network, as they come before any training."""
    import torch

    from digitpad.nets.files.weights_file import save_weights
    from digitpad.nets.modules import build

    torch.manual_seed(1)
    module = build("lenet5-relu")
    path = tmp_path_factory.mktemp("weights") / "lenet5-relu.safetensors"
    classes = ",".join("0123456789")
    save_weights(
        path,
        module.state_dict(),
        {"network": "lenet5-relu", "classes": classes, "dataset": "mnist"},
    )
    return path


def test_a_second_network_reads_the_drawing_that_stays_and_beside_the_first(
    qtbot, second, tmp_path, drawings
):
    (tmp_path / "bad.safetensors").write_bytes(b"no weights at all")
    here = [
        installed("lenet5", weights=shipped_weights().resolve()),
        installed("lenet5-relu", weights=second),
    ]
    client = RecognizerClient(shipped_weights(), "cpu")
    window = MainWindow(client, LAYERS, theme="light", installed=lambda: here)
    qtbot.addWidget(window)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    client.start()
    draw(window, *drawings[7][0].tolist())
    qtbot.waitUntil(lambda: window.session.recognition is not None, timeout=5 * PATIENCE_MS)
    marks, digit = window.session.pad.drawing.marks, window.session.digit.copy()
    assert window.session.recognition.answer == 7
    expected = Recognizer(second, "cpu").recognize(digit).probabilities

    def choose(button: QToolButton, row: int) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        click_row(window.dialogs.choice, row)

    with qtbot.waitSignals([client.ready, client.recognized], timeout=PATIENCE_MS):
        choose(window.status_line.network_button, 1)
    assert window.session.pad.drawing.marks == marks and np.array_equal(window.session.digit, digit)
    assert np.allclose(window.session.recognition.probabilities, expected, atol=1e-5)
    assert window.status_line.network_button.text().startswith("LeNet-5, ReLU")
    with qtbot.waitSignals([client.second_ready, client.second_recognized], timeout=PATIENCE_MS):
        choose(window.status_line.button("compare"), 0)
    assert window.comparison.answer.headline == "7"
    assert np.allclose(window.session.recognition.probabilities, expected, atol=1e-5)
    with qtbot.waitSignal(client.refused, timeout=PATIENCE_MS):
        window.session.open_network(tmp_path / "bad.safetensors")
    assert "bad.safetensors" in window.notice and "\n" not in window.notice
    assert (
        window.status_line.network_button.text().startswith("LeNet-5, ReLU")
        and window.comparison.is_active
    )
    window.close()
