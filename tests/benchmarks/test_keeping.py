from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

KEEPING = Path(__file__).parents[2] / "benchmarks" / "keeping.py"


@pytest.mark.skipif(sys.platform == "win32", reason="it kills")
def test_killed_windows_lose_nothing_that_was_acknowledged(tmp_path):
    run = subprocess.run(
        [sys.executable, str(KEEPING), "--kills", "2"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.stderr == ""
    assert run.returncode == 0, run.stdout
    assert run.stdout.startswith("2 windows killed, 2 at once, seed 0: ")
