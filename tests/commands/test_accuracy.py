from __future__ import annotations

import numpy as np
import pytest

from digitpad.cli import main
from digitpad.ink.strokes_file import Sample
from tests.support import write_samples


@pytest.fixture
def strokes(tmp_path, drawings):
    path = tmp_path / "pens" / "mine.json.gz"
    path.parent.mkdir()
    write_samples(
        path, [Sample(label, tuple(strokes), "anna") for label, strokes in drawings.items()]
    )
    return path


def test_a_quick_run_writes_the_page_and_its_pictures(tmp_path, strokes, capsys):
    out = tmp_path / "new" / "page.md"
    assert (
        main(["accuracy", "--quick", "--seed", "4", "--out", str(out), "--strokes", str(strokes)])
        == 0
    )
    page = out.read_text()
    pictures = sorted(path.name for path in (tmp_path / "new" / "page").iterdir())
    assert "corruptions.png" in pictures and "lenet5-styles.png" in pictures
    assert all(f"(page/{name})" in page for name in pictures)
    assert "digitpad accuracy --seed 4 --quick --strokes mine.json.gz" in page
    assert "| `mine` | 5 | 1 | not known |" in page
    assert str(tmp_path) not in page and "pens/" not in page
    assert f"{len(pictures)} pictures" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "page.txt"], "should end in .md"),
        (["--seed", "-1"], "--seed"),
        (["--out", "{folder}/a-file/pages/page.md"], "cannot be written"),
        (
            ["--out", "{folder}/page.md", "--strokes", "{folder}/missing.json"],
            "missing.json does not exist",
        ),
        (
            ["--out", "{folder}/page.md", "--weights", "{folder}/missing.safetensors"],
            "missing.safetensors",
        ),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_measured(
    arguments, words, tmp_path, capsys, monkeypatch
):
    (tmp_path / "a-file").touch()

    def measured(*_):
        raise AssertionError("it began to measure")

    monkeypatch.setattr("digitpad.accuracy.measures.measure", measured)
    assert main(["accuracy", "--quick", *(word.format(folder=tmp_path) for word in arguments)]) == 1
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1
    assert not list(tmp_path.glob("*.md"))


def test_a_set_without_labels_is_refused(tmp_path, capsys):
    path = tmp_path / "none.json"
    write_samples(path, [Sample(None, (np.zeros((2, 2), np.float32),))])
    assert (
        main(["accuracy", "--quick", "--out", str(tmp_path / "page.md"), "--strokes", str(path)])
        == 1
    )
    assert "no labelled drawing" in capsys.readouterr().err
