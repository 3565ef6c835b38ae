"""The window's picture with the real recogniser, each in a process of its own: Qt takes the
scale at its start."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageColor

from digitpad.cli import main
from digitpad.commands import screenshot
from digitpad.commands.screenshot import sample_marks
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ink.rasterize import rasterize
from digitpad.ink.strokes_file import Sample
from digitpad.ui.style.theme import LIGHT
from tests.support import write_samples


def taken(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-m",
            "digitpad",
            "screenshot",
            *arguments,
            "--device",
            "cpu",
        ],
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_sample_digit_is_a_7(recognizer):
    assert recognizer.recognize(drawing_to_digit(sample_marks())).answer == 7


def test_a_picture_of_the_asked_size_scale_and_theme_and_the_answer_in_words(tmp_path):
    out = tmp_path / "new" / "dark.png"
    run = taken(str(out), "--size", "900x600", "--scale", "2", "--theme", "dark")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("7, ")
    with Image.open(out) as opened:
        picture = np.asarray(opened.convert("RGB"))
    assert picture.shape == (1200, 1800, 3) and np.median(picture) < 60


@pytest.mark.parametrize(("option", "answer"), [("--strokes", 2), ("--picture", 0), (None, 7)])
def test_what_is_asked_for_is_drawn(tmp_path, drawings, recognizer, monkeypatch, option, answer):
    write_samples(
        tmp_path / "--strokes", [Sample(None, tuple(drawings[2])), Sample(7, tuple(drawings[7]))]
    )
    ink = rasterize([Stroke.through(stroke) for stroke in drawings[0]])
    Image.fromarray(255 - ink).save(tmp_path / "--picture", "PNG")
    shown = []
    monkeypatch.setattr(
        screenshot, "take_screenshot", lambda out, weights, device, marks, *_: shown.extend(marks)
    )
    monkeypatch.setenv("QT_SCALE_FACTOR", "")
    assert (
        main(["screenshot", "out.png", *([option, str(tmp_path / option)] if option else [])]) == 0
    )
    assert recognizer.recognize(drawing_to_digit(shown)).answer == answer


def test_an_empty_pad_is_said_to_be_empty(tmp_path):
    assert taken(str(tmp_path / "out.png"), "--empty").stdout == "Nothing is drawn.\n"


def test_the_mistakes_among_the_test_images_and_how_many_there_are(tmp_path):
    out = tmp_path / "browser.png"
    run = taken(str(out), "--browse", "--size", "900x600")
    assert (run.returncode, run.stderr) == (0, "")
    assert re.match(r"9,9\d\d of 10,000 read rightly: accuracy 99\.\d\d %\.", run.stdout)
    with Image.open(out) as opened:
        picture = np.asarray(opened.convert("RGB")).astype(int)
    assert picture.shape == (600, 900, 3)
    # The grid on the left is full of mistakes, and mistakes are framed.
    is_accent = np.abs(picture - ImageColor.getrgb(LIGHT.accent)).max(axis=2) <= 12
    assert is_accent[100:470, :480].mean() > 0.03


@pytest.mark.parametrize(
    ("tool", "says"),
    [
        ("missing", "7 leads 1 by 10.4"),
        ("history", "The whole drawing: 7"),
        ("sweeps", "Rotation"),
        ("unit", "C3, map 4, row 3, column 7 is +0.79"),
        ("kernels", "S2 → C3"),
    ],
)
def test_what_explains_the_drawing_is_shown_and_said(tmp_path, tool, says):
    plain, out = tmp_path / "plain.png", tmp_path / "tool.png"
    taken(str(plain), "--size", "900x600")
    run = taken(str(out), "--tool", tool, "--size", "900x600")
    assert (run.returncode, run.stderr) == (0, "") and says in run.stdout
    before, after = (np.asarray(Image.open(path).convert("RGB")) for path in (plain, out))
    assert (before != after).any(axis=2).mean() > 0.1


@pytest.mark.parametrize(
    ("panel", "text"),
    [
        ("c3", "C3"),
        ("input", "What the network sees"),
        ("why", "Why 7, not 1?"),
        ("missing", "Full colour: ±0.48 a pixel"),
    ],
)
def test_a_panel_alone_as_an_svg_whose_ending_is_added(tmp_path, panel, text):
    run = taken(str(tmp_path / "part"), "--panel", panel, "--format", "svg", "--size", "900x600")
    assert (run.returncode, run.stderr) == (0, "")
    tree = ElementTree.parse(tmp_path / "part.svg").getroot()
    name = "{http://www.w3.org/2000/svg}"
    assert text in {each.text for each in tree.iter(f"{name}text")}
    assert len(list(tree.iter(f"{name}rect"))) > 100


def test_a_panel_that_is_not_there_is_answered_with_those_that_are(tmp_path):
    run = taken(str(tmp_path / "part.png"), "--panel", "C9")
    assert run.returncode == 1 and run.stderr.count("\n") == 1
    assert "there is no panel C9; there are window, pad, input" in run.stderr
    assert "C3" in run.stderr and "history" in run.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["out.png", "--tool", "guess"], "there is no tool guess; there are unit, kernels, why"),
        (["out.png", "--tool", "why", "--empty"], "leave --browse and --empty out"),
        (["out.jpg"], "should end in .png or .svg"),
        (["out.png", "--format", "svg"], "should end in .svg"),
        (["out.png", "--panel", "why", "--empty"], "leave --browse and --empty out"),
        (["out.png", "--panel", "C3", "--browse"], "leave --panel out"),
        (["out.png", "--browse", "--compare", "none.safetensors"], "leave --compare out"),
        (["out.png", "--strokes", "none.json"], "does not exist"),
        (["out.png", "--picture", "none.png"], "does not exist"),
        (["out.png", "--strokes", "empty.json"], "holds no sample to draw"),
        (["out.png", "--weights", "none.safetensors"], "does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_no_picture_is_written(
    arguments, words, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    write_samples("empty.json", [])
    assert main(["screenshot", *arguments]) == 1
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["empty.json"]


@pytest.mark.parametrize(
    "option", [["--size", "0x600"], ["--size", "big"], ["--size", "9000x9000"], ["--theme", "x"]]
)
def test_wrong_usage_is_status_2(option, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["screenshot", "out.png", *option])
    assert ended.value.code == 2 and option[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("show", "says"),
    [
        ("restored", "Your drawing is back"),
        ("asking", "What is it?"),
        ("drawings", "60 drawings are kept."),
        ("game", "7"),
        ("presented", "C3: Each of the 16 maps"),
    ],
)
def test_what_else_there_is_is_shown_of_samples_alone(tmp_path, monkeypatch, show, says):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    out = tmp_path / "shown.png"
    run = taken(str(out), "--show", show, "--size", "900x600")
    assert (run.returncode, says in run.stdout) == (0, True), run.stderr
    with Image.open(out) as opened:
        assert opened.size == (900, 600)
    assert not list((tmp_path / "user").rglob("drawings.db"))


def test_a_picture_by_itself_takes_no_other(tmp_path, capsys):
    assert main(["screenshot", str(tmp_path / "a.png"), "--show", "game", "--empty"]) == 1
    assert "leave" in capsys.readouterr().err
