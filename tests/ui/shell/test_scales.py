"""The window on screens of scale 1, 1.5 and 2, each in a process of its own since Qt takes the
scale at its start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parents[2]


def run_script(name: str, scale: float, **settings: str) -> Any:
    """What a script of this folder prints on a screen of that scale."""
    environment = {
        **os.environ,
        **settings,
        "QT_SCALE_FACTOR": str(scale),
        "PYTHONPATH": str(TESTS.parent),
    }
    run = subprocess.run(
        [sys.executable, "-W", "error", str(TESTS / "ui" / name)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def windows() -> dict[float, dict]:
    """What the window of 900 x 600 looks like at each scale."""
    return {scale: run_script("scaled_window.py", scale) for scale in (1.0, 1.5, 2.0)}


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


def test_on_a_screen_of_another_scale_it_looks_as_if_it_had_been_opened_there(windows, tmp_path):
    platform = screens(tmp_path, ("one", 0, 1600, 1000), ("two", 1600, 3200, 2000))
    assert (
        run_script(
            "scaled_window.py",
            1.0,
            QT_QPA_PLATFORM=platform,
            QT_SCREEN_SCALE_FACTORS="one=1;two=2",
        )
        == windows[2.0]
    )


def screens(folder: Path, *each: tuple[str, int, int, int]) -> str:
    """The platform whose screens have these names, lefts, widths and heights, in pixels."""
    told = [
        {"name": name, "x": left, "y": 0, "width": width, "height": height}
        | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, left, width, height in each
    ]
    (folder / "screens.json").write_text(json.dumps({"screens": told}))
    return f"offscreen:configfile={folder / 'screens.json'}"


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1366, 768, 1.0), (1600, 1000, 1.5), (1600, 1000, 2.0)]
)
def test_windows_open_within_the_screen_with_all_their_words(tmp_path, width, height, scale):
    platform = screens(tmp_path, ("screen", 0, width, height))
    for window in run_script("screen_window.py", scale, QT_QPA_PLATFORM=platform):
        assert window["room"] == [round(width / scale), round(height / scale)]
        assert window["fits"] and window["cut"] == []
