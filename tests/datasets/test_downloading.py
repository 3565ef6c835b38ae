from __future__ import annotations

import functools
import gzip
import hashlib
import http.server
import socket
import sys
import threading
import types
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets import DATASETS, downloading
from digitpad.datasets.downloading import download
from digitpad.datasets.registry import DataFile


@pytest.fixture
def torchvision_fetches(
    monkeypatch,
) -> Callable[[Callable[[str, Path], None]], list[tuple[str, str]]]:
    """Have torchvision's download_url call fetch(url, path); returns the list of the (url, md5)
    asked for."""

    def install(fetch: Callable[[str, Path], None]) -> list[tuple[str, str]]:
        asked = []

        def download_url(url: str, root: str, filename: str, md5: str) -> None:
            asked.append((url, md5))
            fetch(url, Path(root) / filename)

        for name in ("torchvision", "torchvision.datasets", "torchvision.datasets.utils"):
            monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
        sys.modules["torchvision.datasets.utils"].download_url = download_url  # type: ignore[attr-defined]
        return asked

    return install


def test_every_file_comes_from_the_first_mirror_with_digest_and_time_out(
    torchvision_fetches, tmp_path
):
    timeouts = []

    def fetch(url: str, path: Path) -> None:
        timeouts.append(socket.getdefaulttimeout())
        path.write_bytes(url.encode())

    asked = torchvision_fetches(fetch)
    entry = DATASETS["kmnist"]
    download(entry, tmp_path / "new")
    assert asked == [(entry.mirrors[0] + file.published, file.packed_md5) for file in entry.files]
    assert timeouts == [20.0] * 4 and socket.getdefaulttimeout() is None
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(
        file.published for file in entry.files
    )


def test_the_next_mirror_is_tried_whatever_happened_to_one(torchvision_fetches, tmp_path):
    entry = DATASETS["mnist"]
    errors = iter([TimeoutError("timed out"), RuntimeError("File not found or corrupted.")])

    def fetch(url: str, path: Path) -> None:
        path.write_bytes(b"half")
        if (error := next(errors, None)) is not None:
            raise error

    asked = torchvision_fetches(fetch)
    download(entry, tmp_path)
    assert [url for url, _ in asked[:3]] == [
        mirror + entry.files[0].published for mirror in entry.mirrors
    ]
    # The other files come from the mirror that had the first, the slow and the wrong ones are not
    # asked again.
    assert [url for url, _ in asked[3:]] == [
        entry.mirrors[2] + file.published for file in entry.files[1:]
    ]


def test_what_every_mirror_said_is_told_in_one_line_and_nothing_is_left(
    torchvision_fetches, tmp_path
):
    def fetch(url: str, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(f"no route\nto {url}")

    torchvision_fetches(fetch)
    with pytest.raises(DigitpadError) as caught:
        download(DATASETS["fashion-mnist"], tmp_path)
    message = str(caught.value)
    assert (
        message.count("no route") == 3
        and "storage.googleapis.com: no route" in message
        and "\n" not in message
    )
    assert list(tmp_path.iterdir()) == []
    assert socket.getdefaulttimeout() is None


def test_files_that_are_there_are_kept(torchvision_fetches, tmp_path):
    entry = DATASETS["usps"]
    (tmp_path / "usps").write_bytes(b"mine")
    asked = torchvision_fetches(lambda url, path: path.write_bytes(b"theirs"))
    download(entry, tmp_path)
    assert [url for url, _ in asked] == [entry.mirrors[0] + "usps.t.bz2"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["usps", "usps.t.bz2"]


def test_of_an_archive_only_its_files_are_kept(torchvision_fetches, tmp_path):
    entry = DATASETS["emnist-digits"]

    def fetch(url: str, path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for file in entry.files:
                archive.writestr(f"gzip/{file.published}", file.name)
            archive.writestr("gzip/emnist-letters-train-images-idx3-ubyte.gz", "letters")

    asked = torchvision_fetches(fetch)
    download(entry, tmp_path)
    assert asked == [(entry.mirrors[0] + "gzip.zip", entry.archive.md5)]
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        file.published: file.name for file in entry.files
    }


@pytest.mark.parametrize("content", [b"no zip", b""])
def test_an_archive_that_holds_something_else_is_refused(torchvision_fetches, tmp_path, content):
    def fetch(url: str, path: Path) -> None:
        if content:
            path.write_bytes(content)
        else:
            zipfile.ZipFile(path, "w").close()

    torchvision_fetches(fetch)
    with pytest.raises(DigitpadError, match=r"gzip\.zip does not hold what it should"):
        download(DATASETS["emnist-digits"], tmp_path)
    assert list(tmp_path.iterdir()) == []


class _Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server(tmp_path) -> Iterator[str]:
    """A server of the folder tmp_path/served: its address."""
    (tmp_path / "served").mkdir()
    handler = functools.partial(_Files, directory=str(tmp_path / "served"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def test_torchvision_fetches_past_mirrors_that_are_silent_empty_or_wrong(
    monkeypatch, tmp_path, server
):
    right = gzip.compress(b"what is wanted")
    (tmp_path / "served" / "wrong").mkdir()
    (tmp_path / "served" / "right").mkdir()
    (tmp_path / "served" / "wrong" / "file.gz").write_bytes(gzip.compress(b"something else"))
    (tmp_path / "served" / "right" / "file.gz").write_bytes(right)
    monkeypatch.setattr(downloading, "TIMEOUT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        mirrors = (address, f"{server}/none/", f"{server}/wrong/", f"{server}/right/")
        file = DataFile("file", ".gz", hashlib.md5(right).hexdigest())
        entry = replace(DATASETS["usps"], train=(file,), test=(), mirrors=mirrors)
        download(entry, tmp_path / "new")
        assert (tmp_path / "new" / "file.gz").read_bytes() == right
        assert [path.name for path in (tmp_path / "new").iterdir()] == ["file.gz"]
        with pytest.raises(DigitpadError, match=r"timed out; .*404.*; .*corrupted") as caught:
            download(replace(entry, mirrors=mirrors[:3]), tmp_path / "other")
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_said(torchvision_fetches, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    torchvision_fetches(lambda url, path: None)
    with pytest.raises(DigitpadError, match="MNIST could not be downloaded"):
        download(DATASETS["mnist"], tmp_path / "file" / "raw")
