"""Names that the tests share."""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitpad.ink.strokes_file import FORMAT, VERSION, Sample

PATIENCE_MS = 60_000
"""How long a test waits for what must come; the machine may be busy."""


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process takes another byte, as on a full disk; skips where the system cannot
    be told so. Pipes and what is open already and written into are as before."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing can be written in a folder, nor into its files; skips where this user may write
    everywhere, as root may."""
    modes = {path: path.stat().st_mode for path in (*folder.iterdir(), folder)}
    for path in modes:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write everywhere")
        yield
    finally:
        for path, mode in reversed(modes.items()):
            path.chmod(mode)


@dataclass
class FakeRecognizer:
    """A process that stands in for the recogniser and behaves as told: tests/fake_recognizer.py.

    behaviours: the first is for the first start, the next for the second; the last one holds on.
    command: what the client takes in place of its own. What happens to the process is noted in a
    journal.
    """

    folder: Path
    behaviours: tuple[str, ...]
    starts: int = 0

    def command(self, weights: Path, device: str, net: str) -> Sequence[str]:
        script = Path(__file__).with_name("fake_recognizer.py")
        behaviour = self.behaviours[min(self.starts, len(self.behaviours) - 1)]
        self.starts += 1
        return [sys.executable, str(script), str(self.folder), str(weights), net, behaviour]

    def open_gate(self) -> None:
        """Let a slow one answer."""
        (self.folder / "gate").touch()

    def journal(self, what: str) -> list[Any]:
        """What was noted under a name, oldest first: "pid", "weights", "net", "asked" (the
        digit's number), "opened", "second" (the second network's weights, None where it is
        closed), "batch" (how many at once) or "echo"."""
        path = self.folder / "journal"
        lines = path.read_text().splitlines() if path.exists() else []
        # The newest line may be half written.
        entries = [json.loads(line) for line in lines if line.endswith("}")]
        return [entry[what] for entry in entries if what in entry]


def numbered_digit(number: int) -> np.ndarray:
    """A digit that a fake recogniser reads as this number, 0 to 9."""
    digit = np.zeros((28, 28), np.float32)
    digit[0, 0] = number / 10
    return digit


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def write_samples(path: str | Path, samples: Iterable[Sample]) -> None:
    """Write labelled strokes as files of version 1 hold them, gzipped where the name ends in
    .gz."""
    entries = [
        {
            "label": sample.label,
            "writer": sample.writer,
            "strokes": [
                [[round(float(v), 3) for v in point] for point in stroke]
                for stroke in sample.strokes
            ],
        }
        for sample in samples
    ]
    content = json.dumps({"format": FORMAT, "version": VERSION, "samples": entries}).encode()
    is_packed = Path(path).suffix == ".gz"
    Path(path).write_bytes(gzip.compress(content, mtime=0) if is_packed else content)
