"""Whether networks are read without PyTorch as they are with it, and how fast.

    python benchmarks/plain_reading.py [NETWORK ...] [--images 10000]

For every network of the catalogue, or those named: how many answers and rejections of test images
of MNIST differ, how far the layers are apart as a share of what is allowed, 1e-5 of the sum of a
unit's terms (of 1 at least), over 200 of them, and how long numpy takes against PyTorch with one
thread, for one digit and for a batch of at most 1,000. Shipped weights where there are, else random
ones (seed 0).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from digitpad.core import processes

processes.set_threads()

import numpy as np
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.core.weights_record import WeightsRecord
from digitpad.datasets import load
from digitpad.nets.devices import use_one_thread
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build
from digitpad.nets.plain_reader import PlainNetwork, PlainReader
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.catalogue import NETWORKS

_LOOKED_INTO = 200


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--images", type=int, default=10_000, help="of MNIST's test set")
    parser.add_argument("networks", nargs="*", metavar="NETWORK", default=list(NETWORKS))
    arguments = parser.parse_args()
    count = arguments.images
    use_one_thread()
    images = load("mnist", part="test").digits[:count]
    digits = images.astype(np.float32) / 255
    print(
        f"{'network':20}{'answers':>9}{'rejected':>9}{'apart':>8}{'one ms':>9}{'ratio':>7}"
        f"{'batch s':>9}{'ratio':>7}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.networks:
            path = _weights(name, Path(folder))
            plain, torched = PlainReader(path), Recognizer(path, "cpu")
            (ours, ours_in), (theirs, theirs_in) = (one.answers(digits) for one in (plain, torched))
            apart = max(_apart(plain, torched, digit) for digit in digits[:_LOOKED_INTO])
            one, one_torch = (_milliseconds(reader, digits[0]) for reader in (plain, torched))
            many, many_torch = (_seconds(reader, digits[:1000]) for reader in (plain, torched))
            print(
                f"{name:20}{int((ours != theirs).sum()):9}{int((ours_in != theirs_in).sum()):9}"
                f"{apart:8.3f}{one:9.3f}{one / one_torch:7.2f}{many:9.3f}{many / many_torch:7.2f}"
                f"  n = {count:,}"
            )


def _weights(name: str, folder: Path) -> Path:
    try:
        return shipped_weights(name)
    except DigitpadError:
        torch.manual_seed(0)
        path = folder / f"{name}.safetensors"
        save_weights(path, build(name).state_dict(), WeightsRecord(network=name))
        return path


def _apart(plain: PlainReader, torched: Recognizer, digit: np.ndarray) -> float:
    """How far the layers are apart, as a share of what is allowed."""
    ours, theirs = (one.recognize(digit).activations for one in (plain, torched))
    state = {key: np.abs(one.numpy()) for key, one in torched.network.state_dict().items()}
    sizes = PlainNetwork(plain.network.declaration, state)
    before = np.abs(plain.form.of_array(digit[None]))[:, None]
    worst = 0.0
    for name, layer in zip(ours, sizes.layers, strict=True):
        terms = layer.compute(before).reshape(ours[name].shape)
        allowed = 1e-5 * np.maximum(1, terms)
        worst = max(worst, float((np.abs(ours[name] - theirs[name]) / allowed).max()))
        before = np.abs(ours[name])[None]
    return worst


def _milliseconds(reader: PlainReader | Recognizer, digit: np.ndarray, times: int = 200) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        reader.recognize(digit)
        taken.append(time.perf_counter() - started)
    return float(np.median(taken)) * 1000


def _seconds(reader: PlainReader | Recognizer, digits: np.ndarray) -> float:
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        reader.logits(digits)
        taken.append(time.perf_counter() - started)
    return min(taken)


if __name__ == "__main__":
    main()
