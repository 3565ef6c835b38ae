from __future__ import annotations

import bz2
import gzip
import hashlib

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets import DATASETS
from digitpad.datasets.registry import DataFile
from digitpad.datasets.unpacking import unpacked

_CONTENT = b"\0\0\x08\x01 what is inside" * 50


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_packed_or_not_the_content_is_the_same(tmp_path, pack):
    path = tmp_path / "file"
    path.write_bytes(pack(_CONTENT))
    assert unpacked(path) == _CONTENT


def test_broken_and_endless_archives_are_refused_with_one_line(tmp_path):
    path = tmp_path / "file"
    for stored, message in [
        (b"", "is empty"),
        (gzip.compress(_CONTENT, mtime=0)[:-9], "cannot be unpacked"),
        (gzip.compress(_CONTENT, mtime=0)[:20] + b"\0" * 30, "cannot be unpacked"),
        (bz2.compress(_CONTENT)[:-9], "cannot be unpacked"),
        (bz2.compress(_CONTENT)[:20] + b"\0" * 30, "cannot be unpacked"),
        (gzip.compress(bytes(100_001), mtime=0), "unpacks to more than the 100,000 bytes"),
        (bz2.compress(bytes(100_001)), "unpacks to more than the 100,000 bytes"),
        (bytes(100_001), "100,001|larger"),
    ]:
        path.write_bytes(stored)
        with pytest.raises(DigitpadError, match=message) as caught:
            unpacked(path, limit_bytes=100_000)
        assert "\n" not in str(caught.value)


def digest(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


@pytest.fixture
def known(monkeypatch):
    """Have a data set's first file be one whose digests are known so."""

    def make(packed_md5: str, md5: str) -> DataFile:
        from dataclasses import replace

        file = DataFile("file", ".gz", packed_md5, md5)
        entry = DATASETS["kmnist"]
        monkeypatch.setitem(DATASETS, "kmnist", replace(entry, train=(file, entry.train[1])))
        return file

    return make


def test_the_content_decides_however_it_was_packed(tmp_path, known):
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(_CONTENT, 1, mtime=7))
    assert unpacked(path, known("0" * 32, digest(_CONTENT))) == _CONTENT
    with pytest.raises(DigitpadError, match="not Kuzushiji-MNIST's original"):
        unpacked(path, known(digest(path.read_bytes()), "0" * 32))


def test_where_only_the_packed_file_is_known_that_decides(tmp_path, known):
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(_CONTENT))
    assert unpacked(path, known(digest(path.read_bytes()), "")) == _CONTENT
    with pytest.raises(DigitpadError, match="not Kuzushiji-MNIST's original"):
        unpacked(path, known("0" * 32, ""))


def test_another_sets_file_of_the_same_name_is_not_taken_for_it(tmp_path, known):
    path = tmp_path / "file"
    path.write_bytes(_CONTENT)
    assert unpacked(path, known("0" * 32, "")) == _CONTENT
    of_mnist = unpacked_labels_of_mnist()
    path.write_bytes(of_mnist)
    with pytest.raises(DigitpadError, match="is MNIST's; name the folder of the right data set"):
        unpacked(path, DATASETS["kmnist"].test[1])


def unpacked_labels_of_mnist() -> bytes:
    from digitpad.core.paths import shipped_asset

    folder = shipped_asset("mnist")
    assert folder is not None
    return unpacked(folder / "t10k-labels-idx1-ubyte.gz")
