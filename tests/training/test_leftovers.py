from __future__ import annotations

import os
import time
from pathlib import Path

from digitpad.training.leftovers import sweep


def leave(path: Path, age_s: float = 60.0) -> Path:
    path.write_bytes(b"half")
    then = time.time() - age_s
    os.utime(path, (then, then))
    return path


def test_old_halves_of_the_named_files_go_and_nothing_else_does(tmp_path: Path) -> None:
    gone = [leave(tmp_path / ".net.resume.ab12_xyz.part"), leave(tmp_path / ".a.b.abcdefgh.part")]
    stays = [
        leave(tmp_path / ".other.resume.ab12_xyz.part"),
        leave(tmp_path / ".net.resume.ab12_xyz.part.txt"),
        leave(tmp_path / "net.resume"),
        leave(tmp_path / ".net.resume.short.part"),
        leave(tmp_path / ".netXresume.ab12_xyz.part"),
        leave(tmp_path / ".net.resume.11111111.part", age_s=0),
    ]
    (tmp_path / ".net.resume.dddddddd.part").mkdir()
    (tmp_path / ".net.resume.llllllll.part").symlink_to(stays[2])
    assert sorted(sweep(tmp_path, ("net.resume", "a.b"))) == sorted(gone)
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in stays)
    assert (tmp_path / ".net.resume.llllllll.part").is_symlink()


def test_without_names_any_half_goes(tmp_path: Path) -> None:
    half = leave(tmp_path / ".pens-0123.npz.ab12_xyz.part")
    assert sweep(tmp_path) == [half]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_has_none(tmp_path: Path) -> None:
    assert sweep(tmp_path / "nowhere") == []
