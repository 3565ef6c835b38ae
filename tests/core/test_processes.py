from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digitpad.core import processes
from digitpad.core.parallel import in_processes
from digitpad.core.processes import (
    THREAD_SETTINGS,
    SafeChildren,
    leave_working_folder,
    package_home,
    python_code,
    python_command,
    run_bundled,
    set_threads,
)
from digitpad.ink.strokes_file import Sample
from tests.support import write_samples


def test_threads_are_set_where_the_person_has_not_set_them(monkeypatch):
    for name in THREAD_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    set_threads()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "7"
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"


def test_the_command_sets_the_threads_before_numpy_is_imported():
    code = (
        "import sys; import digitpad.cli as cli; assert 'numpy' not in sys.modules\n"
        "import os; cli._run = lambda *given: print(os.environ['OPENBLAS_NUM_THREADS'])\n"
        "cli.main([])"
    )
    kept = {name: value for name, value in os.environ.items() if name not in THREAD_SETTINGS}
    run = subprocess.run(python_code(code), env=kept, capture_output=True, text=True, check=True)
    assert run.stdout == "1\n"


def test_the_program_that_needs_no_python_starts_itself_again(monkeypatch, capsys):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert python_command("digitpad.training", "--quick")[0] == sys.executable
    monkeypatch.setattr(sys, "path", list(sys.path))
    for command, said in (
        (python_command("digitpad", "networks", "lenet5"), "LeNet-5"),
        (python_code("import sys; print(sys.argv)"), "['-c']"),
        ([sys.executable, "doctor"], "its own"),
    ):
        monkeypatch.setattr(sys, "argv", list(command))
        try:
            status = run_bundled(lambda: print("its own") or 0)
        except SystemExit as ended:
            status = ended.code
        assert status == 0
        assert said in capsys.readouterr().out


@pytest.mark.parametrize("here", ["", ".", "{here}"])
def test_the_working_folder_leaves_the_path_however_it_is_named(here, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [here.format(here=tmp_path), package_home(), "/elsewhere"])
    leave_working_folder()
    assert sys.path == [package_home(), "/elsewhere"]


def test_a_checkout_that_is_the_working_folder_goes_behind_all_others(monkeypatch):
    monkeypatch.chdir(package_home())
    monkeypatch.setattr(sys, "path", ["", package_home(), "/elsewhere"])
    leave_working_folder()
    assert sys.path == ["/elsewhere", os.path.realpath(package_home())]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder that is in use")
def test_a_working_folder_that_was_deleted_is_no_fault(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr(sys, "path", ["", "/elsewhere"])
    leave_working_folder()
    assert sys.path == ["/elsewhere"]


@pytest.fixture
def traps(tmp_path: Path) -> Path:
    """A folder of files that note being run, named as modules that a process of ours imports."""
    for name in TRAPS:
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})"
        )
    return tmp_path


TRAPS = (
    *("torch", "numpy", "random", "json", "typing", "argparse", "signal", "selectors", "pickle"),
    *("dataclasses", "PySide6", "PIL", "safetensors", "multiprocessing", "tqdm", "platformdirs"),
)


def test_code_of_ours_finds_nothing_in_the_working_folder(traps):
    code = "import random, json, numpy; print(random.__file__)"
    run = subprocess.run(
        python_code(code), cwd=traps, capture_output=True, text=True, timeout=60, check=True
    )
    assert not run.stdout.startswith(str(traps)) and not (traps / "ran").exists()


def _process_path(number: int) -> tuple[int, list[str]]:
    return number, sys.path


def test_children_of_a_pool_find_nothing_in_the_working_folder(traps, monkeypatch):
    monkeypatch.chdir(traps)
    found = list(in_processes(_process_path, [1, 2], workers=2))
    assert [number for number, _ in found] == [1, 2]
    assert not (traps / "ran").exists()


def test_starting_children_leaves_the_environment_as_it_was(monkeypatch):
    for before in (None, "0"):
        monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
        if before is not None:
            monkeypatch.setenv("PYTHONSAFEPATH", before)
        with SafeChildren():
            assert os.environ["PYTHONSAFEPATH"] == "1"
        assert os.environ.get("PYTHONSAFEPATH") == before


@pytest.mark.parametrize(
    "command",
    [
        ["predict", "--json", "{home}/none.png"],
        ["evaluate", "--json", "strokes.json"],
        ["networks"],
        ["screenshot", "--device", "cpu", "window.png"],
        ["accuracy", "--out", "page.md", "--strokes", "none.json"],
        ["styles", "--digit", "1", "--samples", "1", "styles.png"],
        ["doctor"],
        ["recognizer", "--weights", "none.safetensors"],
        ["--device", "cpu"],
    ],
    ids=lambda command: command[0],
)
def test_no_command_runs_what_lies_in_the_working_folder(command, traps):
    words = [word.format(home=package_home()) for word in command]
    write_samples(traps / "strokes.json", [Sample(1, (np.array([[1, 1], [1, 9]]),))])
    _run_beside_traps([sys.executable, "-m", "digitpad", *words], traps)


@pytest.mark.parametrize(
    "start",
    [
        [sys.executable, "-m", "digitpad.training"],
        [sys.executable, f"{package_home()}/train.py"],
        python_command("digitpad.training"),
    ],
    ids=["module", "script", "started by us"],
)
def test_training_runs_nothing_that_lies_in_the_working_folder(start, traps):
    _run_beside_traps([*start, "--dataset", "none", "--out", "a.safetensors"], traps)
    _run_beside_traps([*start, "--help"], traps)


def _run_beside_traps(command: list[str], folder: Path) -> None:
    environment = {
        **os.environ,
        # An empty part of PYTHONPATH is the working folder, too.
        "PYTHONPATH": os.pathsep.join([package_home(), ""]),
        # Without a display the window shows itself unseen, and ends.
        "DISPLAY": "",
    }
    environment.pop("QT_QPA_PLATFORM", None)
    environment.pop("WAYLAND_DISPLAY", None)
    run = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
    )
    assert not (folder / "ran").exists(), (folder / "ran").read_text()
    said = run.stderr.decode(errors="replace")
    assert "Traceback" not in said and "unforeseen" not in said, said


def test_nothing_but_what_python_has_loaded_is_imported_before_the_path_is_mended():
    code = "import sys; before = set(sys.modules); import digitpad.core.processes; "
    code += "print(*set(sys.modules) - before)"
    run = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys, os; sys.path.insert(0, {package_home()!r}); {code}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(run.stdout.split()) == {"digitpad", "digitpad.core", processes.__name__}
