from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digitpad import __version__
from digitpad.cli import _COMMANDS, main
from digitpad.commands import predict
from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.core.processes import python_command


@pytest.fixture
def broken(monkeypatch):
    """Make `digitpad predict a.png` fail in some way."""

    def fail_with(error: BaseException) -> list[str]:
        def run(arguments: object) -> int:
            raise error

        monkeypatch.setattr(predict, "run", run)
        return ["predict", "a.png"]

    return fail_with


def test_what_a_person_can_mend_is_one_line_and_status_1(broken, capsys):
    assert main(broken(DigitpadError("a.png is empty"))) == 1
    assert capsys.readouterr() == ("", "digitpad: a.png is empty\n")


def test_the_unforeseen_is_one_line_and_status_1(broken, capsys):
    assert main(broken(RuntimeError("the moon"))) == 1
    assert capsys.readouterr().err == (
        "digitpad: something unforeseen went wrong (RuntimeError: the moon); --debug shows where\n"
    )


@pytest.mark.parametrize("error", [DigitpadError("x"), RuntimeError("x")])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_debug_shows_the_traceback_wherever_it_stands(broken, error, place):
    arguments = broken(error)
    arguments.insert(place, "--debug")
    with pytest.raises(type(error)):
        main(arguments)


def test_ctrl_c_is_status_130(broken, capsys):
    assert main(broken(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith(f"usage: digitpad {name}") and "--debug" in told


def test_help_names_every_command_and_the_version_is_told(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert (
        all(f"  {name}" in told for name in _COMMANDS)
        and "--weights" in told
        and "recognizer" not in told
    )
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0 and capsys.readouterr().out == f"digitpad {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["predict"],
        ["--device", "abacus"],
        ["predict", "--weight", "x", "a.png"],
        ["--no-such-option"],
    ],
)
def test_wrong_usage_is_status_2_without_a_traceback(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "usage: digitpad" in told and "Traceback" not in told


def test_an_unknown_command_is_named_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["frobnicate"])
    assert (
        "there is no command 'frobnicate'; there are predict, evaluate" in capsys.readouterr().err
    )


@pytest.mark.parametrize("lines", [1, 99])
def test_a_reader_that_goes_away_is_no_error_to_tell(lines):
    """As `digitpad predict 7.png | head -0` does."""
    code = "import sys, digitpad.cli, digitpad.commands.doctor as d\n"
    code += f"d.run = lambda a: [print('x' * 999) for _ in range({lines})] and 0\n"
    code += "sys.exit(digitpad.cli.main(['doctor']))"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


def test_python_m_digitpad_is_the_command():
    run = subprocess.run(
        [sys.executable, "-m", "digitpad", "--version"], capture_output=True, text=True, timeout=60
    )
    assert (run.returncode, run.stdout) == (0, f"digitpad {__version__}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has such a device")
def test_an_output_that_is_full_is_told_in_a_line():
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "digitpad", "networks"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert (run.returncode, run.stderr) == (
        1,
        "digitpad: there is no room left for what was to be written\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder that is in use")
@pytest.mark.parametrize("command", [["predict", "7.png"], ["networks"], []])
def test_a_working_folder_that_was_deleted_is_told_in_a_line(command, tmp_path):
    run = _run_in_deleted_folder(tmp_path, "digitpad", *command)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr == b"digitpad: the folder you are in was deleted; go to another one (cd)\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no folder that is in use")
def test_a_recogniser_reads_on_in_a_folder_that_was_deleted(tmp_path):
    run = _run_in_deleted_folder(
        tmp_path, "digitpad", "recognizer", "--weights", str(shipped_weights()), "--device", "cpu"
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert b'"kind": "open"' in run.stdout


def _run_in_deleted_folder(
    tmp_path: Path, module: str, *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    gone = tmp_path / "gone"
    gone.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); os.execv(sys.argv[1], sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, *python_command(module, *arguments)],
        cwd=gone,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
    )


@pytest.mark.parametrize(
    "arguments",
    [["--lang", "zh", "predict"], ["predict", "--lang=zh_CN"], ["predict", "--lang", "zh"]],
)
def test_a_command_speaks_the_language_that_is_asked_for(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    # argparse's own words too
    assert said.startswith("用法：digitpad predict")
    assert "缺少以下必需的参数：PICTURE" in said


def test_help_is_in_the_language_that_is_asked_for(capsys):
    with pytest.raises(SystemExit):
        main(["--lang", "zh", "--help"])
    said = capsys.readouterr().out
    assert "打开画板" in said
    assert "显示本帮助信息并退出" in said
    assert "识别数字图片" in said
    assert "usage" not in said


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_language_that_there_is_not_is_one_line_and_the_command_runs(capsys, monkeypatch, by):
    monkeypatch.setenv("DIGITPAD_LANG", "tlh")
    assert main(["networks", *(["--lang", "tlh"] if by == "option" else [])]) == 0
    out, said = capsys.readouterr()
    assert "LeNet-5" in out
    assert said.startswith("digitpad: there are no texts in the language “tlh”")
    assert said.count("\n") == 1
