"""Training measured against a plain loop, on the same network and cores, in one run.

    python benchmarks/training_speed.py           images per second, by turns; under two minutes
    python benchmarks/training_speed.py --full    also the time to 99 % on the test set, each
                                                  trained until there

The plain loop is the one that tutorials teach: torchvision's MNIST behind a DataLoader with
ToTensor and shuffling, batches of 16, SGD with a rate of 0.001 and momentum 0.9, loss and accuracy
read after every batch. Each side runs in a process of its own with PyTorch's own number of threads;
the plain loop keeps OpenMP's own settings. Ours is digitpad.training's Trainer: without
augmentation for the images per second, `train.py --quick`'s recipe for the time to 99 %. Only
training is timed, not the measuring between epochs, the imports or the reading of the files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

    from digitpad.training.settings import TrainingSettings
    from digitpad.training.trainer import Trainer

    Loss = Callable[[Any, torch.Tensor], torch.Tensor]
    Batches = Iterator[tuple[torch.Tensor, torch.Tensor]]

TARGET = 0.99
PLAIN_EPOCHS = 50


def plain_speed(folder: Path, images: int) -> float:
    """Images per second of the plain loop, over so many images after a few batches to warm up."""
    loop = PlainLoop(folder)
    batches = iter(loop.training)
    loop.run(batches, 60)
    return 16 * (images // 16) / loop.run(batches, images // 16)


def plain_time(folder: Path) -> dict[str, float]:
    """Seconds and epochs of training until the plain loop reads 99 % of the test set, tested
    each epoch."""
    loop = PlainLoop(folder)
    seconds = best = 0.0
    for epoch in range(1, PLAIN_EPOCHS + 1):
        seconds += loop.run(iter(loop.training), len(loop.training))
        accuracy = loop.accuracy()
        best = max(best, accuracy)
        print(
            f"  plain loop, epoch {epoch}: {accuracy:.2%}, {seconds:.0f} s",
            file=sys.stderr,
            flush=True,
        )
        if accuracy >= TARGET:
            break
    return {
        "seconds": seconds,
        "epochs": epoch,
        "accuracy": accuracy,
        "reached": accuracy >= TARGET,
        "best": best,
    }


class PlainLoop:
    """The loop that tutorials teach, on the same LeNet-5 made of PyTorch's own layers.

    reads: whether loss and accuracy are read after every batch.
    """

    reads = True

    def __init__(self, folder: Path) -> None:
        import torch
        from torchvision import datasets, transforms

        torch.manual_seed(0)
        to_tensor = transforms.ToTensor()
        sets = [
            datasets.MNIST(str(folder), train=train, transform=to_tensor) for train in (True, False)
        ]
        self.training, self._test = (
            torch.utils.data.DataLoader(part, batch_size=16, shuffle=True) for part in sets
        )
        n = torch.nn
        first = (
            n.Conv2d(1, 6, 5, padding=2),
            n.Tanh(),
            n.AvgPool2d(2),
            n.Conv2d(6, 16, 5),
            n.Tanh(),
            n.AvgPool2d(2),
        )
        last = (
            n.Conv2d(16, 120, 5),
            n.Tanh(),
            n.Flatten(),
            n.Linear(120, 84),
            n.Tanh(),
            n.Linear(84, 10),
        )
        self._network: torch.nn.Module = n.Sequential(*first, *last)
        self._loss: Loss = torch.nn.CrossEntropyLoss()
        self._optimizer: torch.optim.Optimizer = torch.optim.SGD(
            self._network.parameters(), lr=1e-3, momentum=0.9
        )

    def run(self, batches: Batches, count: int) -> float:
        """Train on count batches; the seconds they took."""
        import torch

        self._network.train()
        loss_sum = accuracy_sum = 0.0
        started = time.perf_counter()
        for _ in range(count):
            x, y = next(batches)
            output = self._network(x)
            loss = self._loss(output, y)
            self._optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            self._optimizer.step()
            if self.reads:
                accuracy = torch.sum(y == torch.max(output, dim=1)[1]) / output.shape[0]
                loss_sum += loss.item()
                accuracy_sum += accuracy.item()
        return time.perf_counter() - started

    def accuracy(self) -> float:
        """The share of the test set read rightly."""
        import torch

        self._network.eval()
        with torch.no_grad():
            right = sum(int((self._network(x).argmax(1) == y).sum()) for x, y in self._test)
        return right / 10_000


def our_trainer(settings: TrainingSettings) -> Trainer:
    """A Trainer of MNIST."""
    import torch

    from digitpad.datasets import load, split
    from digitpad.training.data.sources import DigitSource
    from digitpad.training.trainer import Trainer

    torch.set_flush_denormal(True)
    learning, validation = split(load("mnist"))
    source, held = DigitSource.of("mnist", learning), DigitSource.of("validation", validation)
    return Trainer(settings, [source], held, torch.device("cpu"))


def our_speed(images: int) -> float:
    """Images per second of our training step without augmentation, over an epoch of so many."""
    import numpy as np
    import torch

    from digitpad.datasets import LabelledDigits, load
    from digitpad.training.data.sources import DigitSource
    from digitpad.training.settings import TrainingSettings
    from digitpad.training.trainer import Trainer

    torch.set_flush_denormal(True)
    whole = load("mnist")
    some = LabelledDigits(whole.digits[:images], whole.labels[:images])
    held = DigitSource.of("validation", some.take(np.arange(100)))
    settings = replace(TrainingSettings(), augmentation=None, epochs=2)
    trainer = Trainer(settings, [DigitSource.of("mnist", some)], held, torch.device("cpu"))
    trainer.run_epoch()
    return trainer.run_epoch().images_per_second


def our_time() -> dict[str, float]:
    """Seconds and epochs of training until our averaged weights read 99 % of the test set."""
    import torch

    from digitpad.datasets import load
    from digitpad.training.measuring import measure
    from digitpad.training.settings import TrainingSettings

    test = load("mnist", part="test")
    digits, labels = (
        torch.from_numpy(test.digits.copy()),
        torch.from_numpy(test.labels.astype("int64")),
    )
    settings = TrainingSettings().quick()
    trainer = our_trainer(settings)
    seconds = accuracy = 0.0
    for epoch in range(1, settings.epochs + 1):
        report = trainer.run_epoch()
        seconds += report.seconds
        accuracy = measure(trainer.ema.module, digits, labels).accuracy
        print(
            f"  ours, epoch {epoch}: {accuracy:.2%}, {seconds:.0f} s", file=sys.stderr, flush=True
        )
        if accuracy >= TARGET:
            break
    return {
        "seconds": seconds,
        "epochs": epoch,
        "accuracy": accuracy,
        "reached": accuracy >= TARGET,
    }


def apart(side: str, *arguments: str, script: str = __file__) -> Any:
    """What one side of a script measures, in a process of its own."""
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    if side.startswith("our"):
        from digitpad.core.processes import THREAD_SETTINGS

        environment.update(THREAD_SETTINGS)
    command = [sys.executable, script, "--side", side, *arguments]
    return json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment).stdout
    )


def unpack(folder: Path) -> None:
    """Put MNIST's files where torchvision looks for them."""
    from digitpad.datasets import DATASETS, find

    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    source = find("mnist")
    for file in DATASETS["mnist"].files:
        packed = source / file.published
        content = (
            gzip.decompress(packed.read_bytes())
            if packed.exists()
            else (source / file.name).read_bytes()
        )
        (raw / file.name).write_bytes(content)


def main() -> None:
    """Measure what the options say, and print it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument(
        "--full", action="store_true", help="also the time to 99 %% on the test set (minutes)"
    )
    options.add_argument("--rounds", type=int, default=3, help="turns of each side (default: 3)")
    options.add_argument(
        "--images", type=int, default=16_000, help="digits a turn (default: 16,000)"
    )
    options.add_argument("--side", help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = options.parse_args()
    sides = {
        "plain-speed": lambda: plain_speed(args.folder, args.images),
        "plain-time": lambda: plain_time(args.folder),
        "our-speed": lambda: our_speed(args.images),
        "our-time": our_time,
    }
    if args.side:
        print(json.dumps(sides[args.side]()))
        return
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    # OpenMP's spinning threads make the plain loop ten times slower where other programs use the
    # same cores.
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    if load > 0.5:
        print(
            f"the load is {load:.1f} before the start: other programs are busy, so these ratios "
            "say little"
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        unpack(folder)
        shared = ("--folder", str(folder), "--images", str(args.images))
        plain, ours = [], []
        for turn in range(args.rounds):
            plain.append(apart("plain-speed", *shared))
            ours.append(apart("our-speed", *shared))
            print(
                f"turn {turn + 1}: plain loop {plain[-1]:,.0f}, ours {ours[-1]:,.0f} images/s",
                flush=True,
            )
        ratio = statistics.median(a / b for a, b in zip(ours, plain, strict=True))
        print(
            f"images per second: {ratio:.1f} times the plain loop's (median of {args.rounds} turns)"
        )
        if args.full:
            reached = apart("our-time", *shared)
            print(
                f"ours: {reached['accuracy']:.2%} of the test set after {reached['seconds']:.0f} s",
                flush=True,
            )
            there = apart("plain-time", *shared)
            what = "reached" if there["reached"] else f"had not reached (best {there['best']:.2%})"
            print(
                f"plain loop: {what} 99 % after {there['epochs']} epochs, {there['seconds']:.0f} s"
            )
            if reached["reached"]:
                print(f"time to 99 %: {there['seconds'] / reached['seconds']:.1f} times shorter")


if __name__ == "__main__":
    main()
