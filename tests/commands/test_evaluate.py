from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitpad.cli import main
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ink.placing import place
from digitpad.ink.strokes_file import Sample, write_drawings
from digitpad.nets import readers
from tests.support import write_samples


@pytest.fixture
def digits(tmp_path, drawings) -> Path:
    """Ten drawn digits, one of them with a wrong label."""
    samples = [Sample(label, tuple(strokes)) for label, strokes in drawings.items()] * 2
    samples[0] = Sample(5, samples[0].strokes)
    path = tmp_path / "digits.json.gz"
    write_samples(path, samples)
    return path


@pytest.fixture
def no_digits(tmp_path) -> Path:
    """Four drawings that are no digit."""
    rng = np.random.default_rng(0)
    path = tmp_path / "no-digits.json"
    write_samples(
        path, [Sample(None, (rng.uniform(0, 99, (30, 2)).astype(np.float32),)) for _ in range(4)]
    )
    return path


def test_accuracy_in_words_with_its_interval_labels_and_mistakes(digits, capsys):
    assert main(["evaluate", "--place", "fit", str(digits)]) == 0
    told = capsys.readouterr().out
    assert f"{digits}: 90.00% of 10 read rightly (95 % interval 59.58% to 98.21%)" in told
    assert "7: 100.0%" in told and "5: 0.0%" in told
    assert "commonest mistakes: 5 read as 0 (1)" in told


def test_drawings_kept_whole_are_read_and_those_without_a_label_told(tmp_path, drawings, capsys):
    path = tmp_path / "mine.json"
    marks = {n: tuple(map(Stroke.through, place(strokes))) for n, strokes in drawings.items()}
    write_drawings(path, [KeptDrawing(m, n) for n, m in marks.items()] + [KeptDrawing(marks[7])])
    assert main(["evaluate", "--json", str(path)]) == 0
    said = capsys.readouterr()
    assert (json.loads(said.out)["n"], json.loads(said.out)["accuracy"]) == (len(drawings), 1.0)
    assert said.err == f"{path}: 1 drawing without a label is left out\n"


def test_json_gives_an_object_a_file(digits, no_digits, capsys):
    assert main(["evaluate", "--json", "--place", "fit", str(digits), str(no_digits)]) == 0
    one, other = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (one["file"], one["n"], one["accuracy"]) == (str(digits), 10, 0.9)
    assert 0 <= one["accepted"] <= 1 and one["no_digits"] == 0 and one["turned_away"] is None
    confusion = np.array(one["confusion"])
    assert confusion.shape == (10, 10) and confusion[5, 0] == 1 and confusion.trace() == 9
    assert (other["n"], other["accuracy"], other["no_digits"]) == (0, None, 4)
    assert other["accepted"] == 1 - other["turned_away"]


def test_drawings_that_are_no_digit_are_right_when_rejected(
    no_digits, capsys, monkeypatch, recognizer
):
    monkeypatch.setattr(recognizer, "_rule", type(recognizer._rule)(threshold=1e9))
    assert main(["evaluate", str(no_digits)]) == 0
    told = capsys.readouterr().out
    assert "no digit in it" in told and "100.00% of 4 drawings that are no digit rejected" in told


def test_where_how_large_and_how_wide_is_taken_from_the_command(digits, capsys, monkeypatch):
    seen = []

    def noted(recognizer, samples, **options):
        seen.append(options)
        raise KeyboardInterrupt

    monkeypatch.setattr("digitpad.accuracy.evaluation.evaluate", noted)
    assert (
        main(
            [
                "evaluate",
                "--place",
                "fit",
                "--size",
                "0.4",
                "--pen",
                "12",
                "--seed",
                "7",
                str(digits),
            ]
        )
        == 130
    )
    assert seen == [{"place": "fit", "pen_width": 12.0, "seed": 7, "share": 0.4}]


@pytest.mark.parametrize(
    "option",
    [["--pen", "0"], ["--pen", "wide"], ["--size", "2"], ["--size", "nan"], ["--place", "x"]],
)
def test_wrong_usage_is_status_2(digits, option, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", *option, str(digits)])
    assert ended.value.code == 2 and option[0] in capsys.readouterr().err


def test_files_that_cannot_be_read_end_it_in_a_line(digits, tmp_path, capsys):
    (tmp_path / "bad.json").write_text(
        '{"format": "digitpad-strokes", "version": 1, "samples": [{"label": 12}]}'
    )
    for arguments in (
        [str(tmp_path / "none.json")],
        [str(tmp_path / "bad.json")],
        ["--seed", "-1", str(digits)],
    ):
        assert main(["evaluate", *arguments]) == 1
        error = capsys.readouterr().err
        assert error.startswith("digitpad: ") and error.count("\n") == 1


def test_a_network_for_other_things_than_digits_is_refused(digits, capsys, monkeypatch, recognizer):
    clothes = replace(recognizer.info, classes=("T-shirt", "trouser", "pullover", *"3456789"))
    monkeypatch.setattr(recognizer, "info", clothes)
    monkeypatch.setattr(readers, "open_reader", lambda *_: recognizer)
    assert main(["evaluate", str(digits)]) == 1
    assert "tells T-shirt, trouser, pullover ... apart, not the digits" in capsys.readouterr().err


def test_an_empty_file_has_no_digit_in_it(tmp_path, capsys):
    write_samples(tmp_path / "none.json", [])
    assert main(["evaluate", str(tmp_path / "none.json")]) == 0
    assert "no digit in it" in capsys.readouterr().out
    assert main(["evaluate", "--json", str(tmp_path / "none.json")]) == 0
    assert json.loads(capsys.readouterr().out)["accepted"] is None
