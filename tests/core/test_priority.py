from __future__ import annotations

import os
import subprocess
import sys

import pytest

_CODE = """
import os
from digitpad.core.priority import give_way
give_way()
print(os.nice(0), len(os.sched_getaffinity(0)), os.environ["OMP_NUM_THREADS"])
"""


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no way to leave a core")
def test_it_gives_way_and_leaves_a_core():
    plain = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, env=plain
    )
    niceness, cores, threads = map(int, done.stdout.split())
    mine = len(os.sched_getaffinity(0))
    assert niceness == min(19, os.nice(0) + 10)
    assert cores == threads == max(1, mine - 1)
