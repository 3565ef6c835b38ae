from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from digitpad.core.files import digest_of
from digitpad.core.paths import shipped_weights
from digitpad.core.processes import python_code
from digitpad.engine.fields import Fields
from digitpad.engine.messages import REFUSED, MessageReader, encode
from digitpad.teaching.collection import Collection
from digitpad.teaching.figures import Measure
from digitpad.teaching.messages import (
    KEEP,
    KEPT,
    PROGRESS,
    TAUGHT,
    TEACH,
    Stage,
    TeachingRequest,
    decode_kept,
    decode_progress,
    decode_taught,
    encode_keep,
    encode_request,
)
from digitpad.teaching.versions import list_versions, read_version
from tests.teaching.conftest import SIZES, misnamed

_SERVE = f"""
import sys
from digitpad.teaching.replay import ReplaySizes
from digitpad.teaching.server import serve
sys.exit(serve({SIZES!r}, nice=0))
"""


class Process:
    """The process that teaches, with a small replay."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            python_code(_SERVE), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._reader, self._messages = MessageReader(), []

    def send(self, kind, content=({}, b"")):
        self.process.stdin.write(encode(kind, 1, content))
        self.process.stdin.flush()

    def next(self):
        while not self._messages:
            chunk = os.read(self.process.stdout.fileno(), 1 << 16)
            assert chunk, "it ended"
            self._messages += self._reader.feed(chunk)
        return self._messages.pop(0)

    def until(self, *kinds):
        """The next message of one of these kinds, and the progress told before."""
        told = []
        while (message := self.next()).kind == PROGRESS:
            told.append(decode_progress(Fields(message.content, "progress")))
        assert message.kind in kinds, message
        return message, told

    def end(self):
        self.process.stdin.close()
        status = self.process.wait(30)
        self.process.stdout.close()
        return status


@pytest.fixture(scope="module")
def collection(tmp_path_factory, drawings):
    """My drawings with one drawing in it."""
    path = tmp_path_factory.mktemp("own") / "drawings.db"
    with Collection.open(path) as collection:
        collection.add(misnamed(drawings)[0])
    return path


@pytest.fixture(scope="module")
def process():
    process = Process()
    yield process
    assert process.end() == 0


def request(collection, **changes):
    return encode_request(TeachingRequest(shipped_weights(), "", collection, **changes))


def test_it_teaches_tells_how_far_it_is_and_keeps_only_when_told(process, collection, tmp_path):
    process.send(TEACH, request(collection))
    message, told = process.until(TAUGHT)
    stages = [stage for stage, _share in told]
    assert stages[0] is Stage.LOADING and Stage.TEACHING in stages and told[-1][1] == 1
    answer = decode_taught(Fields(message.content, "a table"), message.body)
    assert answer.taught == 1 and answer.table[Measure.OWN].after == 1
    assert list(tmp_path.iterdir()) == []
    process.send(KEEP, encode_keep(True, tmp_path))
    message, _told = process.until(KEPT)
    version = read_version(decode_kept(Fields(message.content, "where it is")))
    assert version.path.parent == tmp_path and version.teaching.overruled


def test_the_lesson_without_replay_cannot_be_kept(process, collection, tmp_path):
    process.send(TEACH, request(collection, without_replay=True))
    message, _told = process.until(TAUGHT)
    table = decode_taught(Fields(message.content, "a table"), message.body).table
    assert Measure.MNIST in table.fallen
    process.send(KEEP, encode_keep(True, tmp_path))
    message, _told = process.until(REFUSED)
    assert "nothing to keep" in message.content["message"] and list(tmp_path.iterdir()) == []


def test_what_cannot_be_taught_is_refused_in_one_line_and_it_goes_on(process, tmp_path):
    with Collection.open(tmp_path / "none.db"):
        pass
    process.send(TEACH, request(tmp_path / "none.db"))
    message, _told = process.until(REFUSED)
    assert "no labelled drawing" in message.content["message"]
    process.send(KEEP, encode_keep(False, tmp_path))
    assert process.until(REFUSED)[0].content["message"]


def test_a_wrong_message_ends_it_with_a_status():
    process = Process()
    process.send("nonsense")
    assert process.process.wait(60) == 1
    process.end()


def test_killed_while_it_teaches_it_leaves_nothing_half_done(collection, tmp_path):
    process = Process()
    process.send(TEACH, request(collection))
    while process.next().kind != PROGRESS:
        pass
    time.sleep(0.3)
    process.process.send_signal(signal.SIGKILL)
    assert process.process.wait(30) == -signal.SIGKILL
    process.process.stdin.close()
    process.process.stdout.close()
    assert list_versions(tmp_path).versions == () and list(tmp_path.iterdir()) == []
    with Collection.open(collection) as opened:
        assert len(opened.all()) == 1
    assert len(digest_of(shipped_weights())) == 64
