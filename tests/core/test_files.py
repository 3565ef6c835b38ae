from __future__ import annotations

import errno
import os
import stat
import sys

import pytest

from digitpad.core import languages
from digitpad.core.errors import DigitpadError
from digitpad.core.files import digest_of, read_limited, why_not, write_beside


def test_what_was_written_is_read_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "new" / "folder" / "file.bin"
    write_beside(path, b"one")
    write_beside(path, b"two")
    assert read_limited(path, 3) == b"two"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_a_written_file_is_as_readable_as_any_other(tmp_path):
    (tmp_path / "plain").touch()
    write_beside(tmp_path / "ours", b"1")
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "plain").stat().st_mode
    )


def test_a_write_that_fails_leaves_the_old_file_whole_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "file.bin"
    write_beside(path, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        DigitpadError, match="cannot be written: No space left on device; choose another place"
    ):
        write_beside(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_places_that_cannot_be_written_are_said(tmp_path):
    (tmp_path / "file").write_bytes(b"1")
    with pytest.raises(DigitpadError, match="is a directory; name a file in it"):
        write_beside(tmp_path, b"1")
    with pytest.raises(DigitpadError, match="cannot be written"):
        write_beside(tmp_path / "file" / "below", b"1")


def test_a_folder_is_made_only_where_that_is_wanted(tmp_path):
    with pytest.raises(DigitpadError, match="cannot be written: No such file"):
        write_beside(tmp_path / "a" / "b" / "file", b"x", make_folder=False)
    assert list(tmp_path.iterdir()) == []
    write_beside(tmp_path / "a" / "b" / "file", b"x")
    assert (tmp_path / "a" / "b" / "file").read_bytes() == b"x"


def test_what_cannot_be_read_is_said_in_one_line(tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"12345")
    for name, why in (
        ("none", "does not exist"),
        ("", "is a directory"),
        ("empty", "is empty"),
        ("large", "has 5 bytes, more than the 4 that are read"),
        ("x" * 5000, "cannot be read|does not exist"),
        ("nul\0byte", "cannot be read|does not exist"),
    ):
        with pytest.raises(DigitpadError, match=why) as caught:
            read_limited(tmp_path / name, 4)
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DigitpadError, match="is not an ordinary file"):
        read_limited(tmp_path / "pipe", 4)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_nothing_but_ordinary_files_is_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(DigitpadError, match="is not an ordinary file; choose another place"):
        write_beside(pipe, b"1")
    (tmp_path / "link").symlink_to(pipe)
    with pytest.raises(DigitpadError, match="is not an ordinary file"):
        write_beside(tmp_path / "link", b"1")
    assert stat.S_ISFIFO(pipe.stat().st_mode) and len(list(tmp_path.iterdir())) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_and_what_it_points_to_is_written(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "file")
    write_beside(tmp_path / "link", b"1")
    write_beside(tmp_path / "link", b"2")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "file").read_bytes() == b"2"


def test_what_a_kill_left_long_ago_is_swept_and_what_is_being_written_stays(tmp_path):
    left, young = tmp_path / ".file.bin.abc.part", tmp_path / ".file.bin.def.part"
    other = tmp_path / ".file.binary.part"
    for part in (left, young, other):
        part.write_bytes(b"half")
    for old in (left, other):
        os.utime(old, (1, 1))
    write_beside(tmp_path / "file.bin", b"1")
    assert not left.exists() and young.exists() and other.exists()


def test_a_digest_that_nobody_wants_any_more_reads_no_further(tmp_path):
    path = tmp_path / "large"
    path.write_bytes(b"x" * (3 << 20))
    asked: list[int] = []
    with pytest.raises(DigitpadError, match="not read any further"):
        digest_of(path, lambda: len(asked) < 1 and not asked.append(1))
    assert asked == [1] and len(digest_of(path)) == 64


def test_why_a_file_cannot_be_had_is_said_in_the_language_chosen():
    gone = FileNotFoundError(errno.ENOENT, "No such file or directory")
    assert why_not(gone) == "No such file or directory"
    assert why_not(ValueError("embedded null byte")) == "embedded null byte"
    languages.set_language("zh_CN")
    assert why_not(gone) == "没有这样的文件或文件夹"
    assert why_not(OSError(errno.EPROTO, "Protocol error")) == "Protocol error"
