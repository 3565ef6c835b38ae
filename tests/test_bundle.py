"""The program that needs no Python, as `make test-bundle` has made it: in an environment that has
nothing, drawn on in a real X window, installed and taken away again."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitpad.engine.explanations import WHY
from digitpad.engine.messages import MessageReader, encode
from digitpad.explain.questions import Part, WhyQuestion
from digitpad.ink.drawing import Stroke
from digitpad.ink.rasterize import rasterize
from tests.person import Person, been_here_before, dense
from tests.screen_reader import MISSING, ScreenReader
from tests.test_end_to_end import display

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = os.environ.get("DIGITPAD_BUNDLE", "")

pytestmark = pytest.mark.skipif(not BUNDLE, reason="there is none yet: make test-bundle")
__all__ = ["display"]


@pytest.fixture
def program() -> Path:
    return Path(BUNDLE).resolve() / "digitpad"


@pytest.fixture
def bare(tmp_path) -> dict[str, str]:
    """An environment without Python, or anything else, on its path."""
    (tmp_path / "home").mkdir()
    (tmp_path / "empty").mkdir()
    return {"HOME": str(tmp_path / "home"), "PATH": str(tmp_path / "empty"), "LANG": "C.UTF-8"}


@pytest.fixture
def seven(tmp_path, drawings) -> Path:
    path = tmp_path / "seven.png"
    Image.fromarray(255 - rasterize([Stroke.through(one) for one in drawings[7]])).save(path)
    return path


def said(command: list[object], environment: dict[str, str], status: int = 0) -> str:
    run = subprocess.run(
        [str(word) for word in command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == status, run.stderr
    return run.stdout + run.stderr


def test_it_reads_a_picture_and_says_what_it_cannot(program, bare, seven):
    assert f"{seven}: 7, " in said([program, "predict", seven], bare)
    assert "LeNet-5" in said([program, "networks", "lenet5"], bare)
    inside = program.parent / "_internal"
    for file in (file for file in (ROOT / "weights").rglob("*") if file.is_file()):
        assert (inside / file.relative_to(ROOT)).read_bytes() == file.read_bytes()
    for arguments in (
        ["predict", "--device", "cuda", seven],
        ["--run-module", "digitpad.training"],
    ):
        refused = said([program, *arguments], bare, status=1)
        assert "pip install digitpad" in refused and "unforeseen" not in refused


def test_its_recogniser_refuses_what_takes_torch_in_a_line(program, bare):
    question = Part(WhyQuestion(np.zeros((28, 28), np.float32), 1, 2), 0, 1)
    weights = program.parent / "_internal" / "weights" / "lenet5.safetensors"
    run = subprocess.run(
        [program, "--run-module", "digitpad", "recognizer", "--weights", weights],
        input=encode(WHY.row.name, 1, WHY.row.encode(question)),
        env=bare,
        capture_output=True,
        timeout=120,
    )
    opened, refused = MessageReader().feed(run.stdout)
    assert opened.kind == "open" and opened.content["reader"] == "numpy"
    assert refused.kind == "refused" and "pip install digitpad" in refused.content["message"]


def test_digits_drawn_in_its_window_are_read_and_kept(program, bare, display, drawings, tmp_path):
    been_here_before(tmp_path / "home" / ".config")
    errors = tmp_path / "errors"
    with errors.open("wb") as stream:
        process = subprocess.Popen([program], env={**bare, "DISPLAY": display}, stderr=stream)
    try:
        person = Person(display, process, errors)
        person.reads("Digitpad")
        for digit in (7, 0):
            for stroke in drawings[digit]:
                person.draw(dense(stroke))
            person.reads(f"{digit} — Digitpad")
            person.press("Delete")
            person.reads("Digitpad")
        person.press("ctrl+z")
        person.reads("0 — Digitpad")
        person.press("alt+6")
        kept = tmp_path / "home" / ".local" / "share" / "digitpad" / "drawings.db"
        person.sees(kept.exists)
        person.press("ctrl+q")
        assert process.wait(timeout=60) == 0
        assert errors.read_text() == ""
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {' and '.join(MISSING)}")
def test_a_screen_reader_hears_it(program, bare, display, drawings, tmp_path):
    errors, reader = tmp_path / "errors", ScreenReader(display)
    been_here_before(tmp_path / "home" / ".config")
    desk = {
        name: reader.environment[name]
        for name in ("DISPLAY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
    }
    with errors.open("wb") as stream:
        process = subprocess.Popen([program], env=bare | desk, stderr=stream, cwd=tmp_path)
    try:
        person = Person(display, process, errors)
        person.sees(lambda: reader.named("Network: .*"))
        assert [part.role for part in reader.named("Drawing pad")] == ["canvas"]
        reader.hear()
        for stroke in drawings[7]:
            person.draw(dense(stroke))
        assert reader.announced()[0].startswith("7, ")
    finally:
        process.kill()
        process.wait()
        reader.close()


def test_it_is_installed_for_one_user_and_taken_away(program, bare, seven, tmp_path):
    # The scripts take what every system has, and no Python.
    bare |= {"PATH": "/usr/bin:/bin"}
    home = tmp_path / "home"
    assert "not on PATH" in said([program.parent / "install.sh"], bare)
    installed = home / ".local" / "bin" / "digitpad"
    assert ": 7, " in said([installed, "predict", seven], bare)
    desktop = (home / ".local/share/applications/digitpad.desktop").read_text()
    assert f'Exec="{installed}" %f\n' in desktop
    said([program.parent / "install.sh"], bare)
    said([home / ".local/lib/digitpad/uninstall.sh"], bare)
    left = list((home / ".local").rglob("*digitpad*"))
    assert left == []
