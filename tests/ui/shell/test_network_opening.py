from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from digitpad.core.paths import shipped_weights
from digitpad.core.results import FeedingSource
from digitpad.datasets import load
from digitpad.engine.client import RecognizerClient
from digitpad.nets.spec.installed import installed_networks
from digitpad.nets.spec.open_choices import OpenChoices
from digitpad.nets.spec.opened_networks import OpenedFile, OpenedList
from digitpad.nets.spec.opening_questions import (
    Examination,
    FeedingTrial,
    Option,
    Question,
)
from digitpad.ui.shell.main_window import MainWindow
from tests.nets.files.test_feeding import PROGRAM, trained
from tests.support import PATIENCE_MS
from tests.ui.stubs import LAYERS, StubClient

WEIGHTS = Path("/some/best_model.pth")
TRIALS = (
    FeedingTrial(0.1307, 0.3081, "same", "mnist", 291, 300),
    FeedingTrial(0.5, 0.5, "same", "mnist", 264, 300),
    FeedingTrial(0.0, 1.0, "same", "mnist", 93, 300),
)
FED = Examination(
    Question.FEEDING,
    why="Guessed: it reads most.",
    title="Net",
    classes=tuple("0123456789"),
    trials=TRIALS,
    is_sure=True,
)
NOTHING = Examination(Question.NOTHING, title="Net")


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def drop(window: MainWindow, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, held, still = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), action, mime, held, still))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), action, mime, held, still))


@pytest.fixture
def client(window) -> StubClient:
    assert isinstance(window.session.client, StubClient)
    return window.session.client


def titles(window: MainWindow) -> list[str]:
    return [option.title.text() for option in window.dialogs.opening.card.options]


def choose(window: MainWindow, title: str) -> None:
    card = window.dialogs.opening.card
    (option,) = (one for one in card.options if one.title.text() == title)
    click(option)


def test_a_file_of_which_all_is_known_is_opened_without_a_question(window, client):
    drop(window, WEIGHTS)
    assert client.opened == [] and client.examined[0].weights == WEIGHTS
    client.found[0](NOTHING)
    assert client.opened == [WEIGHTS] and window.dialogs.opening.card.isHidden()


def test_the_guess_is_shown_with_its_figures_and_one_click_takes_it(window, client):
    drop(window, WEIGHTS)
    client.found[0](FED)
    card = window.dialogs.opening.card
    assert card.isVisible() and card.title.text() == "How was Net fed when it was trained?"
    assert "guess" in card.why.text()
    assert titles(window) == ["(x - 0.1307) / 0.3081 · the guess", "(x - 0.5) / 0.5", "0..1"]
    assert [one.figure.text() for one in card.options] == [
        "97.0 % of 300",
        "88.0 % of 300",
        "31.0 % of 300",
    ]
    click(card.accept)
    assert client.opened == [WEIGHTS] and card.isHidden()
    assert client.choices == [
        OpenChoices(mean=0.1307, std=0.3081, dataset="mnist", accepted=FED.why)
    ]


def test_another_way_is_taken_by_a_click_or_typed_and_is_no_guess(window, client):
    for picked, typed, expected in (
        ("(x - 0.5) / 0.5", "", (0.5, 0.5)),
        ("0..1", "0.25", (0.25, 1.0)),
    ):
        drop(window, WEIGHTS)
        client.found[-1](FED)
        card, fields = window.dialogs.opening.card, window.dialogs.opening._fields
        choose(window, picked)
        assert (fields.mean.text(), fields.std.text()) == (f"{expected[0]:g}", "0.5") or typed
        if typed:
            fields.mean.selectAll()
            QTest.keyClicks(fields.mean, typed)
            assert card.picked is None
        QTest.keyClick(fields.mean, Qt.Key.Key_Return)
        said = client.choices[-1]
        assert (said.mean, said.std, said.accepted) == (*expected, "")


def test_another_side_is_tried_anew_and_classes_are_named(window, client):
    drop(window, WEIGHTS)
    client.found[0](FED)
    fields = window.dialogs.opening._fields
    fields.side.setText("32")
    fields.classes.setText("a,b,c,d,e,f,g,h,i,j")
    click(window.dialogs.opening.card.accept)
    assert client.opened == [] and client.examined[1].choices == OpenChoices(
        side=32, classes=tuple("abcdefghij")
    )
    client.found[1](FED)
    click(window.dialogs.opening.card.accept)
    assert client.choices[0].side == 32 and client.choices[0].classes == tuple("abcdefghij")


def test_what_cannot_be_used_is_said_in_the_card_and_nothing_is_opened(window, client):
    drop(window, WEIGHTS)
    client.found[0](FED)
    opening = window.dialogs.opening
    opening._fields.std.selectAll()
    QTest.keyClicks(opening._fields.std, "0")
    click(opening.card.accept)
    assert "std must not be 0" in opening.card.error.text() and client.opened == []


def test_without_a_guess_nothing_is_picked_and_it_is_said(window, client):
    drop(window, WEIGHTS)
    unsure = Examination(Question.FEEDING, title="Net", classes=("a", "b"), trials=TRIALS)
    client.found[0](unsure)
    card = window.dialogs.opening.card
    assert card.picked is None and "no guess can be made" in card.why.text()
    click(card.accept)
    assert client.choices == [OpenChoices(mean=0.0, std=1.0)]


@pytest.mark.parametrize(
    ("question", "value", "net", "said"),
    [
        (Question.NETWORK, "lenet5-max", "lenet5-max", OpenChoices()),
        (Question.PROGRAM, "row:relu,max,every,28,2-0", "row:relu,max,every,28,2-0", OpenChoices()),
        (Question.SET, "model_ema", "", OpenChoices(set="model_ema")),
        (Question.OUTPUT, "1", "", OpenChoices(output=1)),
    ],
)
def test_each_question_is_asked_as_buttons_and_its_answer_is_gone_on_with(
    window, client, question, value, net, said
):
    drop(window, WEIGHTS)
    options = (Option("0", "First", "what it is"), Option(value, "Second", "what that is"))
    client.found[0](Examination(question, options, "It is not known."))
    card = window.dialogs.opening.card
    assert titles(window)[:2] == ["First", "Second"]
    assert card.options[0].about.text() == "what it is"
    assert "It is not known." in card.why.text() and "--" not in card.title.text()
    choose(window, "Second")
    assert (client.examined[1].net, client.examined[1].choices) == (net, said)
    client.found[1](NOTHING)
    assert client.opened == [WEIGHTS] and client.nets == [net] and client.choices == [said]


def test_a_program_that_is_asked_for_lies_beside_or_is_dropped_or_chosen(
    window, client, tmp_path, monkeypatch
):
    weights, program, other = tmp_path / "best.pth", tmp_path / "net.py", tmp_path / "x" / "o.py"
    for path in (weights, program):
        path.write_text("")
    asked = Examination(Question.PROGRAM, (), "It is no network of the catalogue.")
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *arguments, **options: (str(other), "")
    )
    for take, expected in (
        (lambda: choose(window, "net.py"), program),
        (lambda: drop(window, program), program),
        (lambda: choose(window, "Choose a Python file …"), other),
    ):
        drop(window, weights)
        client.found[-1](asked)
        take()
        choice = client.examined[-1]
        assert (choice.weights, choice.net) == (weights, str(expected))


def test_of_a_program_the_only_class_is_taken_and_of_several_it_is_asked(window, client):
    drop(window, WEIGHTS)
    client.found[0](Examination(Question.PROGRAM, (Option("/p/net.py", "net.py"),), "why"))
    choose(window, "net.py")
    client.found[1](Examination(Question.CLASS, (Option("Net", "Net"),)))
    assert client.examined[2].net == "/p/net.py:Net"
    two = (Option("Net", "Net"), Option("Old", "Old", "does not fit", fits=False))
    client.found[2](Examination(Question.SET, (Option("a", "a"), Option("b", "b"))))
    window.dialogs.opening.cancel()
    drop(window, Path("/p/net.py"), WEIGHTS)
    client.found[-1](Examination(Question.CLASS, two, "why"))
    assert window.dialogs.opening.card.title.text() == "Which network of net.py is it?"
    choose(window, "Old")
    assert client.examined[-1].net == "/p/net.py:Old"


def test_a_program_alone_asks_for_its_weights(window, client, tmp_path):
    for name in ("net.py", "best.pth", "notes.txt"):
        (tmp_path / name).write_text("")
    drop(window, tmp_path / "net.py")
    assert window.dialogs.opening.card.title.text() == "Which weights belong to net.py?"
    assert titles(window) == ["best.pth", "Choose other weights …"]
    choose(window, "best.pth")
    (choice,) = client.examined
    assert (choice.weights, choice.net) == (tmp_path / "best.pth", str(tmp_path / "net.py"))


def test_a_side_is_asked_as_a_number(window, client):
    drop(window, WEIGHTS)
    client.found[0](Examination(Question.SIDE, why="It fails."))
    opening = window.dialogs.opening
    opening._side.setValue(43)
    click(opening.card.accept)
    assert client.examined[1].choices == OpenChoices(side=43)


def test_escape_goes_back_a_question_and_then_gives_up(qtbot, window, client):
    drop(window, WEIGHTS)
    first = Examination(Question.SET, (Option("a", "a"), Option("b", "b")), "why")
    client.found[0](first)
    choose(window, "b")
    client.found[1](FED)
    card = window.dialogs.opening.card
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert card.isVisible() and titles(window) == ["a", "b"]
    choose(window, "a")
    assert client.examined[2].choices == OpenChoices(set="a")
    client.found[2](FED)
    click(card.back)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert card.isHidden() and client.opened == [] and window.canvas.hasFocus()
    client.found[2](FED)
    assert card.isHidden()


def test_what_no_answer_would_help_is_said_in_a_line_and_a_wrong_answer_in_the_card(window, client):
    drop(window, WEIGHTS)
    client.refusals[0]("best_model.pth is an ONNX model")
    card = window.dialogs.opening.card
    assert window.notice == "best_model.pth is an ONNX model" and card.isHidden()
    drop(window, WEIGHTS)
    client.found[1](Examination(Question.PROGRAM, (Option("/p/net.py", "net.py"),), "why"))
    choose(window, "net.py")
    client.refusals[2]("net.py has no network in it")
    assert card.error.text() == "net.py has no network in it" and "net.py" in titles(window)
    assert card.title.text() == "Which network is best_model.pth of?"


def test_a_file_that_takes_long_is_said_to_be_looked_into_and_can_be_given_up(
    qtbot, window, client
):
    drop(window, WEIGHTS)
    card = window.dialogs.opening.card
    qtbot.waitUntil(card.isVisible, timeout=PATIENCE_MS)
    assert card.title.text() == "Looking into best_model.pth …"
    click(card.cancel)
    assert card.isHidden() and not window.dialogs.opening.is_open


def test_before_the_recogniser_has_loaded_it_waits_for_it(qtbot):
    window = MainWindow(StubClient(), LAYERS, theme="light")
    qtbot.addWidget(window)
    client = window.session.client
    drop(window, WEIGHTS)
    assert client.examined == []
    client.become_ready()
    assert [choice.weights for choice in client.examined] == [WEIGHTS]


def test_where_there_is_no_recogniser_opening_starts_it(window, client):
    client.failed.emit("it is broken")
    drop(window, WEIGHTS)
    assert client.opened == [WEIGHTS] and client.examined == []


# With the real recogniser in another process, and files as people have them.


@pytest.fixture(scope="module")
def network() -> torch.nn.Module:
    """It was fed (x - 0.5) / 0.5."""
    return trained(0.5, 0.5)


@pytest.fixture(scope="module")
def half(tmp_path_factory, network) -> Path:
    """A folder with the network's program and its weights."""
    folder = tmp_path_factory.mktemp("half")
    (folder / "net.py").write_text(PROGRAM)
    names = ("hidden.weight", "hidden.bias", "last.weight", "last.bias")
    state = dict(zip(names, network.state_dict().values(), strict=True))
    torch.save({"model": state, "model_ema": state, "epoch": 3}, folder / "checkpoint.pth.tar")
    return folder


@pytest.fixture
def real(qtbot, tmp_path, monkeypatch) -> MainWindow:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    client = RecognizerClient(shipped_weights(), "cpu")
    window = MainWindow(
        client, LAYERS, theme="dark", installed=installed_networks, opened=OpenedList()
    )
    qtbot.addWidget(window)
    window.resize(800, 560)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    client.start()
    qtbot.waitUntil(lambda: window.session.info is not None, timeout=5 * PATIENCE_MS)
    yield window
    window.close()


def test_a_network_of_one_s_own_is_opened_by_mouse_alone_and_reads_as_its_script_did(
    qtbot, real, half, network
):
    window, card = real, real.dialogs.opening.card

    def asked(words: str) -> None:
        qtbot.waitUntil(lambda: card.title.text().startswith(words), timeout=PATIENCE_MS)

    weights = half / "checkpoint.pth.tar"
    drop(window, weights)
    asked("Which weights of checkpoint.pth.tar?")
    choose(window, "model_ema")
    asked("Which network is checkpoint.pth.tar of?")
    choose(window, "net.py")
    asked("How was Net fed")
    assert card.options[0].title.text() == "(x - 0.5) / 0.5 · the guess"
    assert window.rect().contains(card.geometry()) and card.accept.isVisible()
    with qtbot.waitSignal(window.session.network_changed, timeout=PATIENCE_MS):
        click(card.accept)
    info = window.session.info
    assert (info.title, info.fed_by) == ("Net", FeedingSource.ACCEPTED)
    assert "guessed, and accepted" in about(window) and "(x - 0.5) / 0.5" in about(window)
    read: list[np.ndarray] = []
    window.session.client.batch_read.connect(lambda at, shares, accepted: read.append(shares))
    test = load("mnist", part="test").take(np.arange(0, 10_000, 10))
    with qtbot.waitSignal(window.session.client.batch_finished, timeout=PATIENCE_MS):
        window.session.client.read_batch(test.digits)
    accuracy = float((np.concatenate(read).argmax(1) == test.labels).mean())
    with torch.no_grad():
        x = torch.from_numpy(test.digits.astype(np.float32) / 255).unsqueeze(1)
        expected = (network((x - 0.5) / 0.5).argmax(1).numpy() == test.labels).mean()
    assert abs(accuracy - float(expected)) < 0.003
    # It is in the list, and known: from there it opens without a question.
    (file,) = OpenedList().read()
    assert file == OpenedFile(weights, f"{half / 'net.py'}:Net", "Net", 31_810)
    with qtbot.waitSignal(window.session.network_changed, timeout=PATIENCE_MS):
        window.session.open_network(shipped_weights())
    with qtbot.waitSignal(window.session.network_changed, timeout=PATIENCE_MS):
        window.dialogs.opening.open(file.weights, file.net)
    assert card.isHidden() and window.session.info.fed_by is FeedingSource.ACCEPTED


def about(window: MainWindow) -> str:
    return window.dialogs.about.text.toPlainText()
