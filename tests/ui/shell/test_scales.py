"""The window on screens of scale 1, 1.5 and 2, each in a process of its own since Qt takes the
scale at its start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def windows() -> dict[float, dict]:
    """What the window of 900 x 600 looks like at each scale."""
    found = {}
    for scale in (1.0, 1.5, 2.0):
        environment = {
            **os.environ,
            "QT_SCALE_FACTOR": str(scale),
            "PYTHONPATH": str(TESTS.parent),
        }
        run = subprocess.run(
            [sys.executable, "-W", "error", str(TESTS / "ui" / "scaled_window.py")],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert run.returncode == 0, run.stderr
        found[scale] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_overlaps_and_the_picture_has_every_device_pixel(windows, scale):
    window = windows[scale]
    assert window["ratio"] == scale
    assert window["overlaps"] == [] and window["inside"]
    assert window["picture"] == [900 * scale, 600 * scale]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_what_is_seen_is_as_fine_as_the_screen_and_lies_where_the_ink_is(windows, scale):
    window = windows[scale]
    assert window["screen_side"] == round(window["sheet_side"] * scale)
    assert window["drawn_at"] == pytest.approx(window["ink_at"], abs=1.5)
    for cell in (*window["cells"], window["digit_cell"]):
        assert cell >= 1 and cell == pytest.approx(round(cell), abs=1e-6)


def test_the_network_gets_the_same_ink_whatever_the_scale(windows):
    assert len({window["ink"] for window in windows.values()}) == 1
