from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digitpad.core import log as log_module
from digitpad.core.log import LOGGER, Log, tail, versions


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "log" / "digitpad.log"


def test_it_names_the_versions_and_shortens_the_home_folder(file, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    log = Log(file, "1")
    LOGGER.info("opened %s", tmp_path / "a.digitpad")
    log.end()
    said = file.read_text()
    assert versions("1") in said and "opened ~/a.digitpad" in said
    assert str(tmp_path) not in said
    assert tail(file, 1).endswith("ended")


def test_it_stays_small(file, monkeypatch):
    monkeypatch.setattr(log_module, "_MOST_BYTES", 2_000)
    log = Log(file, "1")
    for number in range(200):
        LOGGER.info("line %d of many that are written", number)
    log.end()
    files = sorted(file.parent.iterdir())
    assert len(files) == 3 and sum(each.stat().st_size for each in files) < 10_000


def test_a_full_disk_is_no_trouble(file, capsys):
    log = Log(file, "1")
    log._handlers[0].baseFilename = "/dev/full"
    LOGGER.info("nothing can be written")
    log.end()
    assert capsys.readouterr().err == ""


def test_what_a_crash_of_the_interpreter_leaves_is_in_the_next_log(file):
    code = (
        "import os, sys; from pathlib import Path; from digitpad.core.log import Log\n"
        "Log(Path(sys.argv[1]), '1'); os.abort()"
    )
    crashed = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True)
    assert crashed.returncode != 0
    log = Log(file, "1")
    assert len(log.crashes) == 1 and "Fatal Python error: Aborted" in log.crashes[0]
    log.end()
    assert "an earlier run broke down" in file.read_text()
    again = Log(file, "1")
    assert again.crashes == []
    again.end()
    assert not list(file.parent.glob("crash-*"))


def test_the_file_of_a_run_that_goes_on_is_left_alone(file):
    log = Log(file, "1")
    log._crash_stream.write(b"half a crash")
    log._crash_stream.flush()
    other = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from digitpad.core.log import Log\n"
            "print(len(Log(Path(sys.argv[1]), '1').crashes))",
            str(file),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == "0" and log._crash_file.exists()
    log.end()
