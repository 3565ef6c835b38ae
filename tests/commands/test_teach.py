from __future__ import annotations

import json

import pytest

from digitpad.cli import main
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ink.strokes_file import write_drawings
from digitpad.teaching import replay, versions
from tests.teaching.conftest import SIZES


@pytest.fixture(autouse=True)
def _small(monkeypatch, tmp_path):
    """A small replay, and versions in a folder of the test's."""
    original = replay.load_replay
    monkeypatch.setattr(replay, "load_replay", lambda **given: original(SIZES, **given))
    monkeypatch.setattr(versions, "user_folder", lambda: tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def mine(tmp_path, drawings):
    """A 7 that is called a 1."""
    path = tmp_path / "mine.json"
    marks = tuple(Stroke.through(stroke) for stroke in drawings[7])
    write_drawings(path, [KeptDrawing(marks, 1)])
    return path


def test_it_teaches_tells_the_table_and_lists_what_was_kept(mine, capsys):
    assert main(["teach", "--drawings", str(mine), "--keep", "always"]) == 0
    said = capsys.readouterr().out
    assert "My drawings: 0.00 % before, 100.00 % after" in said and "Kept as" in said
    assert main(["teach", "--versions"]) == 0
    said = capsys.readouterr().out
    assert "taught 1 drawing, from lenet5" in said and "My drawings 100.00 %" in said
    assert main(["teach", "--versions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["labels"] == {"1": 1}


def test_by_itself_it_keeps_nothing_that_forgets_and_the_lesson_is_thrown_away(
    mine, capsys, tmp_path
):
    for options in ([], ["--without-replay"]):
        assert main(["teach", "--drawings", str(mine), "--json", *options]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["verdict"] == "forgets" and found["kept"] is None and found["fallen"]
    assert not (tmp_path / "versions").exists()


def test_no_drawings_are_one_clear_line(capsys):
    assert main(["teach"]) == 1
    error = capsys.readouterr().err
    assert "no labelled drawing" in error and error.count("\n") == 1
