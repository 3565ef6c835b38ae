"""What teaching wins and what it costs, on real people's drawings.

    python benchmarks/teaching.py --strokes pendigits-train.json.gz pendigits-test.json.gz \\
        ipad.json.gz [--trials 9] [--writers 15-30] [--seed 0] [--weights FILE]

The first file gives the drawings to teach: of the writers named, those that the network misreads,
three a trial, at random. Each trial teaches the network anew, keeps the version in a folder that is
thrown away, opens its file as `digitpad evaluate` does, and measures with that: the three drawings
as they are, turned by 5 degrees either way and drawn 20 % smaller; MNIST's test set; every further
file; drawings that are no digit. The settings of teaching/recipe.py were chosen with writers 1 to
14; the further files only measure. The last lines check that the four-figure table agrees with
`digitpad evaluate` of the same weights.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import tempfile
import time
from pathlib import Path

import numpy as np

from digitpad.core.processes import set_threads

set_threads()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--strokes", nargs="+", type=Path, required=True)
    parser.add_argument("--trials", type=int, default=9)
    parser.add_argument("--writers", default="15-30", help="of the first file (default: 15-30)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--weights", type=Path)
    arguments = parser.parse_args()

    import torch

    torch.set_num_threads(1)
    from digitpad.core.paths import shipped_weights
    from digitpad.teaching.replay import load_replay
    from digitpad.teaching.teacher import Teacher

    started = time.perf_counter()
    replay = load_replay(progress=lambda share: None)
    loaded_s = time.perf_counter() - started
    print(f"replay: {loaded_s:.1f} s to load, or to draw where the cache has none")
    weights = arguments.weights or shipped_weights()
    teacher = Teacher(weights, replay)
    trials = Trials(teacher, arguments)
    trials.run()


class Trials:
    """The trials, one after the other."""

    def __init__(self, teacher, arguments) -> None:
        from digitpad.accuracy.evaluation import digits_of
        from digitpad.accuracy.synthetic import drawn_kinds
        from digitpad.datasets import load
        from digitpad.ink.placing import Placement
        from digitpad.ink.strokes_file import read_drawings, read_samples
        from digitpad.nets.recognizer import Recognizer

        self.teacher = teacher
        first, *others = arguments.strokes
        low, high = (int(part) for part in arguments.writers.split("-"))
        samples, drawings = read_samples(first), read_drawings(first)
        held = [i for i, one in enumerate(samples) if low <= _writer(one) <= high]
        recognizer = Recognizer(teacher.weights, "cpu")
        digits = digits_of([samples[i] for i in held], Placement.FIT)
        labels = np.array([samples[i].label for i in held])
        wrong = np.flatnonzero(recognizer.logits(digits).argmax(axis=1) != labels)
        order = np.random.default_rng(arguments.seed).permutation(wrong)
        self.count = min(arguments.trials, len(wrong) // 3)
        print(
            f"{first.name}: {len(wrong)} of {len(held)} drawings of writers {arguments.writers} "
            f"misread; {self.count} trials of three, seed {arguments.seed}"
        )
        self.taught = [
            [drawings[held[i]] for i in order[3 * trial : 3 * trial + 3]]
            for trial in range(self.count)
        ]
        mnist = load("mnist", part="test", download=False)
        self.sets = {"MNIST test": (mnist.digits / np.float32(255), mnist.labels.astype(int))}
        for path in others:
            these = read_samples(path)
            self.sets[path.name.split(".")[0]] = (
                digits_of(these, Placement.RANDOM),
                np.array([one.label for one in these]),
            )
        self.non_digits = drawn_kinds(200, arguments.seed).digits
        self.before = self.measure(recognizer)

    def measure(self, recognizer) -> dict[str, float]:
        """Accuracy on each set and the share of non-digits rejected, in percent."""
        found = {
            name: 100 * float((recognizer.logits(digits).argmax(axis=1) == labels).mean())
            for name, (digits, labels) in self.sets.items()
        }
        found["non-digits"] = 100 * float((~recognizer.judge(self.non_digits)[1]).mean())
        return found

    def run(self) -> None:
        from digitpad.nets.recognizer import Recognizer
        from digitpad.teaching.keeping import keep
        from digitpad.teaching.own_drawings import OwnDrawings
        from digitpad.teaching.recipe import TeachingRecipe

        recipe = TeachingRecipe()
        rows, learned, seconds, cpu, keeps, agrees = [], [], [], [], 0, True
        with tempfile.TemporaryDirectory() as folder:
            for drawings in self.taught:
                started, used = time.perf_counter(), time.process_time()
                outcome = self.teacher.teach(OwnDrawings.of(drawings, recipe), recipe)
                seconds.append(time.perf_counter() - started)
                cpu.append(time.process_time() - used)
                keeps += outcome.table.verdict.value == "keep"
                version = keep(self.teacher, outcome, folder=Path(folder))
                recognizer = Recognizer(version.path, "cpu")
                learned.append(_learned(recognizer, drawings))
                after = self.measure(recognizer)
                rows.append([after[name] - self.before[name] for name in self.before])
                agrees &= self.agrees(outcome, version.path, drawings, Path(folder))
        print("read rightly, of three drawings a trial:")
        for name, share in zip(_VARIANTS, np.mean(learned, axis=0), strict=True):
            print(f"  {name:<22}{100 * share:6.1f} %")
        print(f"  {'all':<22}{100 * np.mean(learned):6.1f} %")
        print("percent before, and mean change in points (standard error over the trials):")
        for place, (name, before) in enumerate(self.before.items()):
            column = np.array(rows)[:, place]
            error = column.std(ddof=1) / np.sqrt(len(column)) if len(column) > 1 else 0.0
            print(f"  {name:<22}{before:6.2f} %  {column.mean():+.3f} ({error:.3f})")
        print(f"kept by the verdict: {keeps} of {self.count}")
        print(
            f"a teaching: {np.median(seconds):.2f} s (median), {np.median(cpu):.2f} s of one "
            "processor, with its table"
        )
        print(f"the table agrees with `digitpad evaluate`: {'yes' if agrees else 'NO'}")

    def agrees(self, outcome, path: Path, drawings, folder: Path) -> bool:
        """Whether the table says of a version what reading with its file says."""
        from digitpad.cli import main as digitpad
        from digitpad.ink.strokes_file import write_drawings
        from digitpad.nets.recognizer import Recognizer
        from digitpad.teaching.figures import Measure

        strokes = folder / "taught.json"
        write_drawings(strokes, drawings)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            digitpad(
                ["evaluate", str(strokes), "--weights", str(path), "--device", "cpu", "--json"]
            )
        own, found = outcome.table[Measure.OWN], json.loads(said.getvalue())
        same = found["n"] == own.n and found["right_and_accepted"] == own.after
        recognizer = Recognizer(path, "cpu")
        for measure, source in self.teacher.held:
            digits, labels = source.digits.numpy(), source.labels.numpy()
            logits, accepted = recognizer.judge(digits / np.float32(255))
            right = np.where(labels < 0, ~accepted, accepted & (logits.argmax(axis=1) == labels))
            same &= int(right.sum()) == outcome.table[measure].after
        return bool(same)


_VARIANTS = ("as they are", "turned by 5 degrees", "turned by -5 degrees", "20 % smaller")


def _learned(recognizer, drawings) -> np.ndarray:
    """Which share of drawings is read rightly in each of the variants."""
    from digitpad.ink.pipeline import drawing_to_digit
    from digitpad.teaching.own_drawings import transformed

    angle = np.radians(5)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrices = (np.eye(2), turn, turn.T, 0.8 * np.eye(2))
    labels = np.array([drawing.label for drawing in drawings])
    found = []
    for matrix in matrices:
        digits = np.stack([drawing_to_digit(transformed(one.marks, matrix)) for one in drawings])
        found.append((recognizer.logits(digits).argmax(axis=1) == labels).mean())
    return np.array(found)


def _writer(sample) -> int:
    """The number in a writer's name, as in train-15; 0 where there is none."""
    tail = sample.writer.rpartition("-")[2]
    return int(tail) if tail.isdigit() else 0


if __name__ == "__main__":
    main()
