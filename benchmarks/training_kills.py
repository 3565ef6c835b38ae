"""Kills of a training run, at random moments: what is left half done.

    python benchmarks/training_kills.py [--kills 60] [--seed 0] [--longest 20]

Runs train.py on a few hundred digits with snapshots, two runs at once, and kills each (SIGKILL) at
a random moment: while it starts, reads its digits, trains, or writes. After each kill every
snapshot has to open as a network, the weights file has to open where there is one, the run has to
be one that can go on where it left a checkpoint, and the shipped network has to have its weights.
Exits with 1 where anything is not so.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.files import digest_of
from digitpad.core.paths import shipped_weights
from digitpad.nets.files.opening import open_weights
from digitpad.training.checkpoints import checkpoint_path, load_checkpoint

_TRAIN = Path(__file__).resolve().parents[1] / "train.py"
_SHORT = ["--limit", "300", "--batch", "50", "--epochs", "200", "--styles", "none"]


def train_until_killed(folder: Path, seconds: float) -> None:
    """Train into a folder, and be killed after some seconds."""
    process = subprocess.Popen(
        [
            *(sys.executable, str(_TRAIN), *_SHORT, "--device", "cpu"),
            *("--out", str(folder / "net.safetensors"), "--snapshots", str(folder / "film")),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.kill()
    process.wait()


def look_at(folder: Path) -> tuple[int, int, list[str]]:
    """What a killed run left: its snapshots, 1 where it can go on, and what is wrong with any."""
    trouble = []
    snapshots = sorted((folder / "film").glob("*.safetensors"))
    out = folder / "net.safetensors"
    for path in (*snapshots, *([out] if out.exists() else [])):
        try:
            open_weights(path)
        except DigitpadError as error:
            trouble.append(str(error))
    checkpoint = checkpoint_path(out)
    if checkpoint.exists():
        try:
            load_checkpoint(checkpoint)
        except DigitpadError as error:
            trouble.append(str(error))
    return len(snapshots), int(checkpoint.exists()), trouble


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--longest", type=float, default=20.0, help="seconds until the last kill")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    before, started = digest_of(shipped_weights()), time.monotonic()
    kills = snapshots = going_on = 0
    trouble: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        while kills < arguments.kills:
            folders = [Path(name) / str(kills + n) for n in range(2)]
            threads = []
            for folder in folders:
                folder.mkdir()
                seconds = rng.uniform(0.2, arguments.longest)
                threads.append(threading.Thread(target=train_until_killed, args=(folder, seconds)))
                threads[-1].start()
            for thread, folder in zip(threads, folders, strict=True):
                thread.join()
                kills += 1
                found, can_go_on, wrong = look_at(folder)
                snapshots, going_on = snapshots + found, going_on + can_go_on
                trouble += wrong
    if digest_of(shipped_weights()) != before:
        trouble.append("the shipped weights changed")
    print(
        f"{kills} kills in {time.monotonic() - started:.0f} s, seed {arguments.seed}: "
        f"{snapshots} snapshots left, {going_on} runs that can go on, {len(trouble)} files damaged"
    )
    for line in trouble:
        print(line)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
