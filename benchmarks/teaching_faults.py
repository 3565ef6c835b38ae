"""Kills of the process that teaches, at random moments: what is lost, and what is left half done.

    python benchmarks/teaching_faults.py [--kills 60] [--seed 0]

Teaches the shipped LeNet-5 two drawings of a collection of its own, with few digits to replay, and
keeps what was taught, over and over, two processes at once on the same collection and the same
folder of versions. Each is killed (SIGKILL) at a random moment: while it starts, reads the
drawings, teaches, or writes. After each kill, every version that was said to be kept has to be
there, whole, and read as it did; none may be damaged; the collection has to hold its drawings, and
the shipped network its weights. Exits with 1 where anything is not so.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from digitpad.core.files import digest_of
from digitpad.core.paths import shipped_weights
from digitpad.core.processes import python_code
from digitpad.engine.fields import Fields
from digitpad.engine.messages import MessageReader, encode
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.teaching.collection import Collection
from digitpad.teaching.messages import (
    KEEP,
    KEPT,
    TAUGHT,
    TEACH,
    TeachingRequest,
    decode_kept,
    encode_keep,
    encode_request,
)
from digitpad.teaching.versions import list_versions

_SERVE = """
import sys
from digitpad.teaching.replay import ReplaySizes
from digitpad.teaching.server import serve
sys.exit(serve(ReplaySizes(150, 100, 40, 150, 100, 50), nice=0))
"""
_LONGEST_S = 30.0


def teach_until_killed(collection: Path, folder: Path, kept: list[Path], seconds: float) -> None:
    """Teach and keep, again and again, and be killed after some seconds; kept takes what was said
    to be kept."""
    process = subprocess.Popen(
        python_code(_SERVE),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None and process.stdout is not None
    killer = threading.Timer(seconds, lambda: process.send_signal(signal.SIGKILL))
    killer.start()
    request = encode_request(TeachingRequest(shipped_weights(), "", collection))
    reader, number = MessageReader(), 1
    try:
        process.stdin.write(encode(TEACH, number, request))
        process.stdin.flush()
        while chunk := os.read(process.stdout.fileno(), 1 << 16):
            for message in reader.feed(chunk):
                if message.kind == KEPT:
                    kept.append(decode_kept(Fields(message.content, "a version")))
                if message.kind in (TAUGHT, KEPT):
                    number += 1
                    is_taught = message.kind == TAUGHT
                    following = encode_keep(True, folder) if is_taught else request
                    process.stdin.write(encode(KEEP if is_taught else TEACH, number, following))
                    process.stdin.flush()
    except BrokenPipeError:
        pass
    finally:
        killer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    before, trouble, kept = digest_of(shipped_weights()), [], []
    digests: dict[Path, str] = {}
    started, kills = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as name:
        collection, folder = Path(name) / "drawings.db", Path(name) / "versions"
        strokes = ([(60, 60), (200, 62), (120, 230)], [(140, 40), (138, 240)])
        with Collection.open(collection) as opened:
            for label, points in zip((1, 7), strokes, strict=True):
                opened.add(KeptDrawing((Stroke.through(points),), label))
        while kills < arguments.kills:
            threads = [
                threading.Thread(
                    target=teach_until_killed,
                    args=(collection, folder, kept, rng.uniform(0.2, _LONGEST_S)),
                )
                for _ in range(2)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            kills += len(threads)
            found = list_versions(folder)
            there = {version.path: version.digest for version in found.versions}
            trouble += [f"after {kills} kills: {notice}" for notice in found.notices]
            trouble += [f"{path} was kept and is gone" for path in kept if path not in there]
            trouble += [
                f"{path} changed" for path, digest in digests.items() if there.get(path) != digest
            ]
            digests = there
            with Collection.open(collection) as opened:
                if len(opened.all()) != 2 or opened.notice:
                    trouble.append(f"the collection: {len(opened.all())} drawings, {opened.notice}")
            if digest_of(shipped_weights()) != before:
                trouble.append("the shipped weights changed")
        left = [path.name for path in folder.glob(".*.part")] if folder.exists() else []
    print(
        f"{kills} kills in {time.monotonic() - started:.0f} s, seed {arguments.seed}: "
        f"{len(kept)} versions said to be kept, {len(digests)} there and whole, "
        f"{len(left)} unfinished files left beside them"
    )
    for line in trouble:
        print(line)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
