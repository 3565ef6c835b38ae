from __future__ import annotations

from dataclasses import replace

import pytest

from digitpad.ui.shell.status_line import StatusLine
from tests.support import PATIENCE_MS
from tests.ui.stubs import INFO


@pytest.fixture
def line(qtbot) -> StatusLine:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(900, 30)
    line.show()
    return line


def test_while_the_network_loads_it_says_that_drawing_works_already(line):
    line.show_loading()
    assert "loading" in line.text and "Draw already" in line.text


def test_it_names_network_accuracy_device_and_time(line):
    line.show_info(INFO)
    assert line.text == "LeNet-5 · 61,706 parameters · 99.32 % on MNIST's 10,000 test images   CPU"
    line.show_time(0.64)
    assert line.text.endswith("CPU · 0.6 ms")
    line.show_time(0.01)
    assert line.text.endswith("CPU · < 0.1 ms")
    assert line.accessibleName() == line.text


def test_a_file_that_opens_slowly_is_named_until_it_is_open(line, qtbot):
    line.show_info(INFO)
    line.show_opening("large.safetensors")
    assert "large" not in line.text, "what opens at once needs no word"
    qtbot.waitUntil(lambda: "Opening large.safetensors" in line.text, timeout=PATIENCE_MS)
    line.show_info(INFO)
    assert "Opening" not in line.text


def test_a_file_that_is_refused_leaves_the_line_as_it_was(line, qtbot):
    line.show_info(INFO)
    before = line.text
    line.show_opening("broken.pth")
    qtbot.waitUntil(lambda: "Opening" in line.text, timeout=PATIENCE_MS)
    line.leave_opening()
    assert line.text == before


@pytest.mark.parametrize(
    ("device", "words"), [("cuda", "NVIDIA GPU"), ("mps", "Apple GPU"), ("xpu", "xpu")]
)
def test_devices_have_names_that_people_know(line, device, words):
    line.show_info(replace(INFO, device=device))
    line.show_time(1.0)
    assert line.text.endswith(f"{words} · 1.0 ms")


@pytest.mark.parametrize("metadata", [{}, {"test_accuracy": "high"}])
def test_an_accuracy_that_is_not_known_is_left_out(line, metadata):
    line.show_info(replace(INFO, metadata=metadata))
    assert line.text == "LeNet-5 · 61,706 parameters   CPU"


def test_hovering_tells_the_file_and_why_devices_were_refused(line):
    line.show_info(INFO)
    assert "/some/where/lenet5.safetensors" in line.toolTip()
    assert "cuda: refused, there is none" in line.toolTip()


def test_a_time_before_any_info_and_trouble_after_them_are_shown(line):
    line.show_time(2.0)
    assert "2.0 ms" in line.text
    line.show_info(INFO)
    line.show_trouble("There is no recogniser")
    assert line.text == "There is no recogniser"


def test_it_is_painted_at_any_width(line):
    line.show_info(INFO)
    for width in (1, 80, 3000):
        line.resize(width, 30)
        assert not line.grab().isNull()
