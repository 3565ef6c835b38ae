from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXPLAINING = Path(__file__).parents[2] / "benchmarks" / "explaining.py"


def test_it_prints_how_long_each_explanation_takes(tmp_path):
    run = subprocess.run(
        [sys.executable, str(EXPLAINING), "--drawings", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    names = [line[:28].strip() for line in run.stdout.splitlines()[2:]]
    assert {"recognition", "why", "pieces", "history", "sweeps", "trace", "frames"} <= set(names)
