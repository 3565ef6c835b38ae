"""Each tutorial's own training loop measured against our Trainer with that tutorial's recipe, in
images per second.

    python benchmarks/tutorial_loops.py                    all, under four minutes
    python benchmarks/tutorial_loops.py --net lenet5-003   one network

A page's loop is written out as the page has it: its network of PyTorch's own layers
(tests/nets/pages.py), torchvision's pictures behind a DataLoader with the page's transforms, batch,
loss and optimiser; loss and accuracy are read after every batch where the page does. Ours is
digitpad.training's Trainer as `train.py --recipe tutorial` runs it. Both read MNIST, also where the
page's data set is another of the same size. The sides take turns, each in a process of its own with
PyTorch's own number of threads; the page's keeps OpenMP's own settings. Only training is timed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from training_speed import PlainLoop, apart, unpack  # noqa: E402


@dataclass(frozen=True)
class Page:
    """What a page's loop does that its recipe does not tell.

    workers: processes that load its pictures. reads: as PlainLoop has it. images: how many a turn
    trains on.
    """

    images: int
    workers: int = 0
    reads: bool = True


PAGES = {
    "lenet5": Page(4_000),
    "lenet5-relu": Page(4_000),
    "cnn-32-64": Page(800, reads=False),
    "convnet-8-16": Page(5_120, reads=False),
    "convnet-dropout": Page(1_600, reads=False),
    "lenet5-003": Page(3_200),
    # d2l loads by four processes, which have some batches ready when the time begins.
    "lenet5-sigmoid": Page(10_240, workers=4),
    "lenet5-windows": Page(10_240, workers=4),
}


class PageLoop(PlainLoop):
    """The loop of one page, on its own network."""

    def __init__(self, folder: Path, name: str) -> None:
        import torch
        from torch.nn import functional as F
        from torchvision import datasets, transforms

        from digitpad.nets.spec.catalogue import network_named
        from tests.nets import pages

        torch.manual_seed(0)
        network, page = network_named(name), PAGES[name]
        recipe = network.recipes["tutorial"]
        self.batch, self.reads = recipe.batch, page.reads
        steps: list[Any] = [transforms.ToTensor()]
        if network.side != 28:
            steps.insert(0, transforms.Resize((network.side, network.side)))
        if recipe.mean:
            steps.append(transforms.Normalize((recipe.mean,), (recipe.std,)))
        pictures = datasets.MNIST(str(folder), train=True, transform=transforms.Compose(steps))
        self.training = torch.utils.data.DataLoader(
            pictures, batch_size=recipe.batch, shuffle=True, num_workers=page.workers
        )
        self._network = pages.PAGES[name]()
        self._loss = _on_one_hot if recipe.loss == "squared error" else F.cross_entropy
        if name == "convnet-8-16":
            # Its network gives logits and probabilities; the loss takes the logits.
            self._loss = lambda output, y: F.cross_entropy(output[0], y)
        parameters, rate = self._network.parameters(), recipe.rates[0][1]
        if recipe.optimizer == "adam":
            self._optimizer = torch.optim.Adam(parameters, lr=rate)
        else:
            self._optimizer = torch.optim.SGD(parameters, lr=rate, momentum=recipe.momentum)

    def speed(self, images: int) -> float:
        """Images per second over so many, after a quarter of them to warm up."""
        batches, count = iter(self.training), images // self.batch
        self.run(batches, max(2, count // 4))
        return count * self.batch / self.run(batches, count)


def _on_one_hot(output: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The squared error to one-hot, as the page of 003 takes it."""
    import torch

    one_hot = torch.zeros(len(y), 10).scatter_(1, y[:, None], 1.0)
    return torch.nn.functional.mse_loss(output, one_hot)


def page_speeds(folder: Path, names: list[str]) -> dict[str, float]:
    """Images per second of each page's loop."""
    # 002 drops maps of a vector, of which PyTorch warns; the network of 003 prints in every forward
    # pass.
    with (
        warnings.catch_warnings(),
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
    ):
        warnings.simplefilter("ignore")
        return {name: PageLoop(folder, name).speed(PAGES[name].images) for name in names}


def our_speeds(names: list[str]) -> dict[str, float]:
    """Images per second of our Trainer by each page's recipe, in its second epoch of so many."""
    import numpy as np
    import torch

    from digitpad.datasets import load
    from digitpad.nets.spec.catalogue import network_named
    from digitpad.training.data.sources import DigitSource
    from digitpad.training.recipes import settings_for
    from digitpad.training.trainer import Trainer

    torch.set_flush_denormal(True)
    mnist = load("mnist")
    none = DigitSource.of("none", mnist.take(np.arange(0)))
    speeds = {}
    for name in names:
        source = DigitSource.of("mnist", mnist.take(np.arange(PAGES[name].images)))
        settings = settings_for(network_named(name), "tutorial", "mnist")
        trainer = Trainer(settings, [source], none, torch.device("cpu"))
        trainer.run_epoch()
        speeds[name] = trainer.run_epoch().images_per_second
    return speeds


def main() -> None:
    """Measure what the options say, and print it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument(
        "--net", nargs="+", choices=list(PAGES), default=list(PAGES), help="these networks only"
    )
    options.add_argument("--rounds", type=int, default=3, help="turns of each side (default: 3)")
    options.add_argument("--side", help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.side:
        speeds = our_speeds(args.net) if args.side == "ours" else page_speeds(args.folder, args.net)
        print(json.dumps(speeds))
        return
    from digitpad.nets.spec.catalogue import network_named

    turns = []
    with tempfile.TemporaryDirectory() as folder:
        unpack(Path(folder))
        shared = ("--folder", folder, "--net", *args.net)
        for turn in range(args.rounds):
            turns.append(
                (apart("page", *shared, script=__file__), apart("ours", *shared, script=__file__))
            )
            print(f"turn {turn + 1} of {args.rounds} is done", file=sys.stderr, flush=True)
    print(
        "| network | tutorial | page's loop, images/s | ours, images/s | ratio |\n"
        "|---|---|---|---|---|"
    )
    slower = []
    for name in args.net:
        theirs, ours = ([turn[side][name] for turn in turns] for side in (0, 1))
        ratio = statistics.median(b / a for a, b in zip(theirs, ours, strict=True))
        slower += [name] if ratio < 1 else []
        print(
            f"| {name} | {network_named(name).tutorial} | {statistics.median(theirs):,.0f} "
            f"| {statistics.median(ours):,.0f} | {ratio:.2f} |"
        )
    print(
        f"slower than the page's own loop: {', '.join(slower) or 'none'} "
        f"(medians of {args.rounds} turns)"
    )


if __name__ == "__main__":
    main()
