from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = Path(__file__).parents[2] / "benchmarks" / "drawing_kills.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
def test_a_killed_window_loses_at_most_the_stroke_under_the_pen(tmp_path):
    run = subprocess.run(
        [sys.executable, str(KILLS), "--kills", "4"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith("4 kills at random moments") and "told: 0 lost" in run.stdout
