from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from digitpad.core.results import FeedingSource, NetworkInfo
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.status_line import StatusLine
from tests.support import PATIENCE_MS
from tests.ui.controllers import actions_of
from tests.ui.stubs import INFO, StubClient, recognition


@pytest.fixture
def session() -> Session:
    return Session(StubClient())


@pytest.fixture
def line(qtbot, session) -> StatusLine:
    owner = QWidget()
    qtbot.addWidget(owner)
    line = StatusLine(session, actions_of(session, owner), owner)
    line.resize(900, 30)
    owner.resize(900, 30)
    owner.show()
    return line


def load(session: Session, info: NetworkInfo = INFO) -> None:
    session.client.ready.emit(info)


def answer(session: Session, milliseconds: float) -> None:
    session.client.recognized.emit(recognition(7, milliseconds=milliseconds))


def test_while_the_network_loads_it_says_that_drawing_works_already(line):
    assert "loading" in line.text and "Draw already" in line.text


def test_it_names_network_accuracy_device_and_time(line, session):
    load(session)
    assert line.text == "LeNet-5 · 61,706 parameters · 99.32 % on MNIST's 10,000 test images   CPU"
    answer(session, 0.64)
    assert line.text.endswith("CPU · 0.6 ms")
    answer(session, 0.01)
    assert line.text.endswith("CPU · < 0.1 ms")
    assert line.accessibleName() == line.text


def test_a_tutorial_has_its_title(line, session):
    load(session, replace(INFO, tutorial="000, second answer"))
    # Last, since it is cut first.
    assert "images · LeNet-5 in PyTorch, step by step (CSDN), second answer   CPU" in line.text


def test_a_file_that_opens_slowly_is_named_until_it_is_open(line, session, qtbot):
    load(session)
    session.opening_started.emit("large.safetensors")
    assert "large" not in line.text, "what opens at once needs no word"
    qtbot.waitUntil(lambda: "Opening large.safetensors" in line.text, timeout=PATIENCE_MS)
    load(session)
    assert "Opening" not in line.text


def test_a_file_that_is_refused_leaves_the_line_as_it_was(line, session, qtbot):
    load(session)
    before = line.text
    session.opening_started.emit("broken.pth")
    qtbot.waitUntil(lambda: "Opening" in line.text, timeout=PATIENCE_MS)
    session.client.refused.emit("broken.pth is no good")
    assert line.text == before


@pytest.mark.parametrize(
    ("device", "words"), [("cuda", "NVIDIA GPU"), ("mps", "Apple GPU"), ("xpu", "xpu")]
)
def test_devices_have_names_that_people_know(line, session, device, words):
    load(session, replace(INFO, device=device))
    answer(session, 1.0)
    assert line.text.endswith(f"{words} · 1.0 ms")


@pytest.mark.parametrize("metadata", [{}, {"test_accuracy": "high"}])
def test_an_accuracy_that_is_not_known_is_left_out(line, session, metadata):
    load(session, replace(INFO, metadata=metadata))
    assert line.text == "LeNet-5 · 61,706 parameters   CPU"


def test_hovering_tells_the_file_and_why_devices_were_refused(line, session):
    load(session)
    assert "/some/where/lenet5.safetensors" in line.toolTip()
    assert "cuda: refused, there is none" in line.toolTip()


def test_trouble_takes_the_place_of_all_else(line, session):
    load(session)
    session.client.failed.emit("no memory")
    assert line.text == "There is no recogniser: drawing works, reading does not."
    assert line.network_button.isHidden()


def test_it_is_painted_at_any_width(line, session):
    load(session)
    for width in (1, 80, 3000):
        line.resize(width, 30)
        assert not line.grab().isNull()


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (FeedingSource.GUESSED, "LeNet-5 · how it is fed is a guess · 61,706 parameters"),
        (FeedingSource.UNKNOWN, "LeNet-5 · how it was fed is not known · 61,706 parameters"),
        (FeedingSource.ACCEPTED, "LeNet-5 · 61,706 parameters"),
    ],
)
def test_how_a_network_is_fed_is_told_where_nobody_knows(line, session, by, told):
    load(session, replace(INFO, fed_by=by))
    assert line.text.startswith(told)


def test_what_waits_for_torch_is_said_until_torch_computes_the_same_network(line, session):
    load(session)
    before = line.text
    session.client.awaiting.emit("To say why an answer leads takes PyTorch")
    assert "To say why an answer leads takes PyTorch. It is being loaded …" in line.text
    taken = replace(INFO, device="cuda", device_report=("cuda: taken, a card",))
    session.client.taken_over.emit("network", taken)
    session.client.awaiting.emit("")
    assert line.text == before.replace("CPU", "NVIDIA GPU") and "a card" in line.toolTip()


def test_what_is_at_work_keeps_clear_of_the_buttons_in_a_narrow_window(line, session):
    load(session, replace(INFO, title="LeNet-5 · my-first-network"))
    line.show_work("training", "training: epoch 12 of 100")
    line.show_work("teaching", "teaching …")
    line.resize(770, 30)
    first = min(line.button(name).x() for name in ("about", "compare"))
    assert all(one.geometry().right() <= first for one in line.work_buttons.values())
    assert "epoch 12 of 100" in line.work_buttons["training"].toolTip()


@pytest.mark.parametrize("width", [800, 1280])
def test_a_name_that_has_no_room_is_cut_and_told_by_hovering(line, session, width):
    title = "A network of somebody who likes long names " * 4
    line.resize(width, 32)
    session.client.become_ready(title=title)
    button, first = line.network_button, min(b.x() for b in line._buttons.values())
    assert button.width() > 0 and button.geometry().right() < first
    assert (
        "…" in button.text()
        and title.strip() in button.toolTip()
        and title in button.accessibleName()
    )
    session.client.become_ready(title="Short")
    assert button.text().startswith("Short") and "Short" not in button.toolTip()


def test_letters_are_smaller_before_the_network_is_without_a_name(line, session):
    load(session)
    usual = line.network_button.font().pixelSize()
    words = sum(button.width() for button in line._buttons.values())
    line.resize(words - 20, 30)
    assert "Le" in line.network_button.text()
    assert line.network_button.font().pixelSize() < usual
    assert line.network_button.width() > 40


def test_figures_are_told_whole_or_not_at_all(line, session, monkeypatch):
    load(session)
    told = []
    monkeypatch.setattr(QPainter, "drawText", lambda *given: told.append(given[-1]))
    for width in range(420, 900, 20):
        line.resize(width, 30)
        line.grab()
    assert "61,706 parameters" in told and not any("…" in text for text in told)


def test_a_screen_reader_hears_that_the_recogniser_starts_again(line, session, heard):
    load(session)
    session.client.start()
    load(session)
    assert [one.partition(".")[0] for one in heard[1:]] == [
        "The network is loading",
        "LeNet-5 reads now",
    ]


def test_a_screen_reader_hears_which_network_reads_once(line, session, heard):
    load(session)
    load(session)
    load(session, replace(INFO, title="LeNet-5 of 1998"))
    session.client.awaiting.emit("To say why takes PyTorch")
    assert heard == [
        "LeNet-5 reads now.",
        "LeNet-5 of 1998 reads now.",
        "To say why takes PyTorch. It is being loaded …",
    ]
