from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).parents[2] / "benchmarks" / "faults.py"


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_a_few_kills_and_odd_messages_cost_nothing(tmp_path):
    few = ["--kills", "1", "--stops", "0", "--lies", "4", "--minutes", "0"]
    run = subprocess.run(
        [sys.executable, str(FAULTS), *few],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.stderr == ""
    assert run.returncode == 0 and run.stdout.splitlines()[-1] == "fallen: none", run.stdout
    assert "killed 1 times" in run.stdout and "4 odd messages" in run.stdout
