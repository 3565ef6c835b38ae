"""How soon the program that needs no Python shows its window, against the installed one.

    make bundle
    python benchmarks/bundle_start.py dist/digitpad-0.1.0-linux-x86_64 [--runs 7]

Both are started in turn on an X server of their own (Xvfb); the time is that from the process's
start until xdotool finds its window. Prints the median of the ratios; file caches are warm after
the first pair, which is not counted. The installed program has its bytecode, as pip leaves it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", type=Path, help="the unpacked folder")
    parser.add_argument("--runs", type=int, default=7, help="counted pairs (default: 7)")
    arguments = parser.parse_args()
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    installed, bundled = [], []
    try:
        with tempfile.TemporaryDirectory() as home:
            environment = {
                name: value
                for name, value in os.environ.items()
                if not name.startswith("QT_") and name != "PYTHONDONTWRITEBYTECODE"
            }
            environment |= {"DISPLAY": display, "HOME": home, "XDG_DATA_HOME": home}
            bare = {"DISPLAY": display, "HOME": home, "LANG": "C.UTF-8"}
            for run in range(arguments.runs + 1):
                ours = _seconds([sys.executable, "-m", "digitpad"], environment, display)
                theirs = _seconds([str(arguments.bundle.resolve() / "digitpad")], bare, display)
                if run:
                    installed.append(ours)
                    bundled.append(theirs)
    finally:
        server.terminate()
        server.wait()
    ratio = statistics.median(b / a for a, b in zip(installed, bundled, strict=True))
    print(
        f"window of the program that needs no Python / of the installed one: {ratio:.2f} (medians "
        f"{statistics.median(bundled):.2f} s / {statistics.median(installed):.2f} s, "
        f"{len(installed)} pairs)"
    )


def _seconds(command: list[str], environment: dict[str, str], display: str) -> float:
    """From the process's start until its window is there."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    subprocess.run(
        ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(process.pid), "Digitpad"],
        env={**os.environ, "DISPLAY": display},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
    )
    taken = time.perf_counter() - started
    process.terminate()
    process.wait()
    return taken


if __name__ == "__main__":
    main()
