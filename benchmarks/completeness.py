"""How far attributions miss the margin that they explain, and how unlike those of random weights
they are.

    python benchmarks/completeness.py [--digits 200]

For every network whose weights are shipped, over the first digits of MNIST's test set: the share
that 16 even midpoints, and ours, miss by more than 1 % of the margin (as Attribution.error_share
tells it), the largest margin of those that ours misses so, its largest miss of all others, how many
midpoints ours takes, and the mean absolute correlation with the attribution by shuffled weights.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from digitpad.core import processes

processes.set_threads()

from digitpad.core.paths import shipped_weights
from digitpad.datasets import load
from digitpad.explain import attribution
from digitpad.explain.attribution import attribute
from digitpad.explain.joining import join_attribution
from digitpad.explain.questions import INTERVALS, Part, WhyQuestion
from digitpad.explain.results import Attribution
from digitpad.nets.devices import use_one_thread
from digitpad.nets.recognizer import Recognizer


def explain(recognizer: Recognizer, question: WhyQuestion) -> Attribution:
    part = Part(question, 0, question.groups)
    found = attribute(recognizer.network, recognizer.form, recognizer.device, part)
    return join_attribution(question, [found])


def even(recognizer: Recognizer, question: WhyQuestion) -> Attribution:
    """The same with the midpoints as they are at first."""
    rounds, attribution._MOST_ROUNDS = attribution._MOST_ROUNDS, 0
    try:
        return explain(recognizer, question)
    finally:
        attribution._MOST_ROUNDS = rounds


def measure(weights: Path, digits: np.ndarray) -> str:
    recognizer = Recognizer(weights, "cpu")
    missed, ours, margins, midpoints, alike = [], [], [], [], []
    for digit, logits in zip(digits, recognizer.logits(digits), strict=True):
        first, second = (int(one) for one in np.argsort(-logits)[:2])
        question = WhyQuestion(digit, first, second)
        found = explain(recognizer, question)
        random = explain(recognizer, replace(question, is_random=True))
        missed.append(even(recognizer, question).error_share)
        ours.append(found.error_share)
        margins.append(abs(found.margin))
        midpoints.append(found.midpoints)
        alike.append(abs(np.corrcoef(found.ink.ravel(), random.ink.ravel())[0, 1]))
    is_off = np.array(ours) > 0.01
    return (
        f"{weights.stem:24} {np.mean(np.array(missed) > 0.01):8.1%} "
        f"{np.mean(is_off):8.1%} {np.max(margins, where=is_off, initial=0.0):8.2f} "
        f"{np.max(ours, where=~is_off, initial=0.0):8.2%} "
        f"{np.median(midpoints):6.0f} {max(midpoints):6} {np.mean(alike):8.2f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--digits", type=int, default=200)
    given = parser.parse_args()
    use_one_thread()
    torch.manual_seed(0)
    digits = load("mnist", part="test", download=False).digits[: given.digits]
    print(f"{len(digits)} test digits; {INTERVALS} even midpoints against ours")
    names = ("16 > 1 %", "ours", "margin", "largest")
    heads = " ".join(f"{name:>8}" for name in names) + f" {'median':>6} {'most':>6} {'random':>8}"
    print(f"{'':24} {heads}")
    for weights in sorted(shipped_weights().parent.glob("*.safetensors")):
        print(measure(weights, digits.astype(np.float32) / 255))
    return 0


if __name__ == "__main__":
    sys.exit(main())
