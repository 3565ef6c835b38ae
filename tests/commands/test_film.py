from __future__ import annotations

from digitpad.cli import main
from digitpad.nets.spec.film import open_film
from tests.nets.spec.film_files import save_snapshot


def test_a_run_becomes_a_film(tmp_path, capsys):
    for step, epoch in ((0, 0), (1, 0), (2, 1), (4, 2), (6, 3)):
        save_snapshot(tmp_path / "run", step, epoch, 1.0 / (1 + epoch))
    out = tmp_path / "film"
    assert main(["film", str(tmp_path / "run"), "--out", str(out), "--most", "4"]) == 0
    assert open_film(out).steps == (0, 1, 2, 6)
    told = capsys.readouterr().out
    assert "4 snapshots, best epoch 3" in told and "steps: 0, 1, 2, 6" in told


def test_what_cannot_be_done_is_one_line(tmp_path, capsys):
    assert main(["film", str(tmp_path), "--out", str(tmp_path / "film")]) == 1
    assert main(["film", str(tmp_path), "--out", str(tmp_path), "--most", "2"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2 and "has no snapshots" in said[0] and "--most 3 or more" in said[1]
