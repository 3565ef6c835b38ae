from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digitpad.commands import system_packages as system_libraries
from digitpad.commands.system_packages import (
    CJK_PACKAGE,
    install_command,
    main,
    missing_libraries,
    missing_packages,
    missing_test_data,
)
from digitpad.core import languages

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux leaves Qt's libraries to the system"
)


@pytest.fixture
def one_missing(monkeypatch) -> None:
    monkeypatch.setitem(
        system_libraries._QT_LIBRARIES, "libmissing-for-digitpad.so.7", "libmissing7"
    )


def test_a_library_that_cannot_be_loaded_is_missing(one_missing):
    assert missing_libraries()["libmissing-for-digitpad.so.7"] == "libmissing7"
    assert "libmissing7" in missing_packages()
    assert install_command(["a", "b"]) == "sudo apt-get install -y a b"


def test_the_tests_programs_and_fonts_are_looked_for_when_asked(monkeypatch, tmp_path):
    monkeypatch.setattr("shutil.which", lambda program: None)
    monkeypatch.setattr(system_libraries, "_TEST_FILES", {str(tmp_path / "no"): "at-spi2-core"})
    of_tests = {"xvfb", "openbox", "xdotool", "dbus", "at-spi2-core"}
    assert of_tests <= set(missing_packages(for_tests=True))
    assert not of_tests & set(missing_packages())
    monkeypatch.setattr(system_libraries, "_has_font", lambda: False)
    assert "fonts-dejavu-core" in missing_packages()


def test_other_systems_bring_their_own(monkeypatch, one_missing):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert (
        missing_libraries() == {} and missing_packages(for_tests=True) == missing_test_data() == []
    )


def test_what_is_missing_is_named_with_the_command_and_status_1(monkeypatch, one_missing, capsys):
    monkeypatch.setattr(sys, "argv", ["system_libraries"])
    assert main() == 1
    assert "sudo apt-get install -y" in capsys.readouterr().err


def test_nothing_is_installed_where_that_needs_a_password(monkeypatch, one_missing, capsys):
    monkeypatch.setattr(sys, "argv", ["system_libraries", "--install"])
    monkeypatch.setattr(system_libraries, "_needs_password", lambda: True)
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("nothing is to be run"))
    assert main() == 1 and "libmissing7" in capsys.readouterr().err


def test_data_for_the_tests_is_installed_when_asked_and_missed_without_harm(
    monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr(
        system_libraries, "_TEST_DATA", {str(tmp_path): "dataset-here", "/no/such": "dataset-gone"}
    )
    assert missing_test_data() == ["dataset-gone"]
    monkeypatch.setattr(system_libraries, "missing_packages", lambda for_tests=False: [])
    installed = []
    monkeypatch.setattr(
        system_libraries, "_install", lambda packages: bool(installed.append(packages))
    )
    monkeypatch.setattr(sys, "argv", ["system_libraries", "--install"])
    assert main() == 0 and not installed and not capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["system_libraries", "--install", "--tests"])
    assert main() == 0 and installed == [["dataset-gone"]]
    assert "Tests that need dataset-gone will be skipped" in capsys.readouterr().out


def test_it_needs_nothing_that_is_not_in_python_itself():
    code = "import sys; sys.path.insert(0, sys.argv[1]); import digitpad.commands.system_packages"
    home = str(Path(system_libraries.__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, home], capture_output=True, text=True, timeout=60
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_a_font_for_chinese_is_needed_where_chinese_is_spoken_and_by_the_tests(monkeypatch):
    monkeypatch.setattr(system_libraries, "has_cjk_font", lambda: False)
    assert CJK_PACKAGE not in missing_packages()
    assert CJK_PACKAGE in missing_packages(for_tests=True)
    languages.set_language("zh_CN")
    assert CJK_PACKAGE in missing_packages()
    monkeypatch.setattr(system_libraries, "has_cjk_font", lambda: True)
    assert CJK_PACKAGE not in missing_packages(for_tests=True)


def test_a_font_for_chinese_is_known_by_its_file_where_fontconfig_has_no_program(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda program: None)
    files = [Path("/fonts/DejaVuSans.ttf")]
    monkeypatch.setattr(system_libraries, "_font_files", lambda: iter(files))
    assert not system_libraries.has_cjk_font()
    files.append(Path("/fonts/NotoSansCJK-Regular.ttc"))
    assert system_libraries.has_cjk_font()
