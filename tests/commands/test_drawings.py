from __future__ import annotations

import json
from dataclasses import replace

import pytest

from digitpad.cli import main
from digitpad.core.constants import NON_DIGIT
from digitpad.core.paths import collection_path
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing, Reading
from digitpad.ink.strokes_file import read_drawings
from digitpad.teaching.collection import Collection

SEVEN = KeptDrawing((Stroke.through([(60, 60), (200, 62), (120, 230)], 23),), 7)


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    with Collection.open() as collection:
        collection.add(replace(SEVEN, reading=Reading(1, False, "9a3b")))
        collection.add(replace(SEVEN, label=NON_DIGIT))
        collection.add(replace(SEVEN, label=None, reading=Reading(7)))
        yield collection


def test_what_is_kept_is_listed_newest_first(capsys):
    for command in (["drawings"], ["drawings", "list"]):
        assert main(command) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == f"3 drawings in {collection_path()}"
        assert lines[1].strip() == "7: 1   no-digit: 1   none: 1"
        assert [line.split()[1] for line in lines[3:6]] == ["none", "no-digit", "7"]
        assert lines[5].endswith("1, rejected *")


def test_json_gives_an_object_a_drawing_and_keeps_no_label_apart(capsys):
    assert main(["drawings", "list", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "label" not in found[0] and found[1]["label"] is None and found[2]["label"] == 7
    assert (found[2]["read_as"], found[2]["accepted"], found[2]["network"]) == (1, False, "9a3b")


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ([], [7, NON_DIGIT, None]),
        (["--label", "7"], [7]),
        (["--label", "no-digit", "--label", "none"], [NON_DIGIT, None]),
        (["--mistakes"], [7]),
    ],
)
def test_all_or_some_are_exported_whole(tmp_path, capsys, options, labels):
    out = tmp_path / "mine.json.gz"
    assert main(["drawings", "export", str(out), *options]) == 0
    assert [kept.label for kept in read_drawings(out)] == labels
    assert f"in {out}" in capsys.readouterr().out


def test_nothing_to_export_is_told_and_nothing_written(tmp_path, capsys):
    out = tmp_path / "mine.json"
    assert main(["drawings", "export", str(out), "--label", "3"]) == 1
    assert capsys.readouterr().err == (
        "digitpad: there is no drawing to export; nothing was written\n"
    )
    assert not out.exists()


def test_an_export_is_brought_in_elsewhere_once(tmp_path, capsys, monkeypatch):
    out = tmp_path / "mine.json"
    main(["drawings", "export", str(out)])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "other"))
    capsys.readouterr()
    assert main(["drawings", "import", str(out)]) == 0
    assert capsys.readouterr().out == "3 drawings brought in\n"
    assert main(["drawings", "import", str(out)]) == 0
    assert capsys.readouterr().out == "0 drawings brought in\n3 were there already\n"
    with Collection.open() as other:
        assert other.counts() == {7: 1, NON_DIGIT: 1, None: 1}
        assert {e.reading for e in other.all()} == {None, Reading(7), Reading(1, False, "9a3b")}


def test_of_files_of_which_one_cannot_be_read_none_is_brought_in(tmp_path, capsys, mine):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    main(["drawings", "export", str(good)])
    mine.delete([entry.id for entry in mine.all()])
    bad.write_text("{}")
    assert main(["drawings", "import", str(good), str(bad)]) == 1
    assert "bad.json is not a digitpad-strokes file" in capsys.readouterr().err
    assert mine.all() == []


def test_a_mistyped_collection_makes_no_new_one(tmp_path, capsys):
    assert main(["drawings", "--file", str(tmp_path / "none.db"), "list"]) == 1
    assert "does not exist" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()


def test_a_damaged_collection_is_set_aside_with_a_line(capsys, mine):
    mine.close()
    collection_path().write_bytes(b"seven" * 1_000)
    assert main(["drawings"]) == 0
    said = capsys.readouterr()
    assert "is damaged; it was set aside as drawings-damaged" in said.err
    assert said.out == f"0 drawings in {collection_path()}\n"
