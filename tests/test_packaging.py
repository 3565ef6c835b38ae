"""What comes with the program that needs no Python; the program itself: tests/test_bundle.py."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import digitpad
from digitpad.ui.shell.brought_files import DRAWING_ENDING

LINUX = Path(__file__).parents[1] / "packaging" / "linux"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is of a Linux desktop")


@pytest.fixture
def unpacked(tmp_path) -> Path:
    """The archive's folder, with a program that says how it was called."""
    folder = tmp_path / "down loads" / "digitpad-1"
    (folder / "share").mkdir(parents=True)
    (folder / "_internal").mkdir()
    (folder / "digitpad").write_text('#!/bin/sh\necho "digitpad $*"\n')
    (folder / "digitpad").chmod(0o755)
    for file in LINUX.iterdir():
        shutil.copy(file, folder if file.suffix == ".sh" else folder / "share")
    (folder / "share" / "digitpad.png").write_bytes(b"")
    return folder


def run(command: list[object], home: Path, status: int = 0, **more: str) -> str:
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [str(word) for word in command],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", **more},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def files(folder: Path) -> set[str]:
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if not one.is_dir()}


def test_it_is_installed_run_and_taken_away_and_what_is_the_users_stays(unpacked, tmp_path):
    home = tmp_path / "a home"
    drawings = home / ".local" / "share" / "digitpad" / "drawings.db"
    drawings.parent.mkdir(parents=True)
    drawings.write_text("mine")
    for _ in range(2):
        said = run([unpacked / "install.sh"], home)
        assert str(home / ".local/bin/digitpad") in said
    assert run([home / ".local/bin/digitpad", "predict"], home) == "digitpad predict\n"
    installed = files(home / ".local")
    for name in (
        "share/applications/digitpad.desktop",
        "share/metainfo/digitpad.metainfo.xml",
        "share/mime/packages/digitpad.xml",
        "share/icons/hicolor/256x256/apps/digitpad.png",
    ):
        assert name in installed
    run([home / ".local/lib/digitpad/uninstall.sh"], home)
    left = {name for name in files(home / ".local") if "digitpad" in name}
    assert left == {"share/digitpad/drawings.db"}


def test_another_folder_and_the_places_of_the_desktop_are_heeded(unpacked, tmp_path):
    home, other = tmp_path / "home", tmp_path / "programs"
    run([unpacked / "install.sh", other], home)
    assert (other / "share/applications/digitpad.desktop").exists() and files(home) == set()
    run([unpacked / "install.sh"], home, XDG_DATA_HOME=str(tmp_path / "data"))
    assert (tmp_path / "data/applications/digitpad.desktop").exists()


def test_what_cannot_be_installed_is_said_and_nothing_is_done(unpacked, tmp_path):
    home = tmp_path / "home"
    assert "from the root" in run([unpacked / "install.sh", "programs"], home, status=2)
    assert "without quotes" in run([unpacked / "install.sh", "/tmp/a%b"], home, status=2)
    assert "nothing was installed" in run([unpacked / "uninstall.sh"], home, status=1)
    shutil.rmtree(unpacked / "_internal")
    assert "unpack the archive" in run([unpacked / "install.sh"], home, status=1)
    assert files(home) == set()


def test_the_desktop_is_told_the_programs_name_its_files_and_its_version():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(LINUX / "digitpad.desktop", encoding="utf-8")
    mime = ET.parse(LINUX / "digitpad-mime.xml").getroot()[0]
    about = ET.parse(LINUX / "digitpad.metainfo.xml").getroot()
    assert entry["Desktop Entry"]["MimeType"] == f"{mime.get('type')};"
    assert f"*{DRAWING_ENDING}" in [one.get("pattern") for one in mime]
    assert about.findtext("provides/mediatype") == mime.get("type")
    assert about.find("releases")[0].get("version") == digitpad.__version__
