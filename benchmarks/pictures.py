"""How well pictures are read: simulated photographs and scans, and how long one of 12 megapixels
takes.

    python benchmarks/pictures.py [--strokes FILE] [--each 100] [--seed 0] [--compare]

Digits, by the writers of a digitpad-strokes file or drawn by the project's own styles, are put on
paper under uneven light, photographed and saved as tests/ink/photographs.py says, so many of each
kind. For each kind: the share read rightly, the share that is wrong without a doubt (accepted by
the network, and nothing said of the picture), the same ink read without a picture between, and the
time. Single digits called several are counted too. --compare also reads each by fifteen lines:
Otsu's threshold, the box, MNIST's framing. With --strokes every digit of the file is also drawn on
the pad, and those are counted that the window would call several; so are random pairs of them, 0.08
to 0.4 of their height apart, that it tells and reads.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.handwriting.pen_styles import draw_digit
from digitpad.ink.apart import parts_of_drawing
from digitpad.ink.drawing import PAD_SIZE, Mark, Stroke
from digitpad.ink.pictures import read_picture
from digitpad.ink.pipeline import drawing_to_digit, ink_to_digit, strokes_to_digit
from digitpad.ink.placing import place
from digitpad.ink.rasterize import rasterize
from digitpad.ink.segmentation import are_digits
from digitpad.ink.strokes_file import read_samples
from digitpad.nets.recognizer import Recognizer
from tests.ink.photographs import STRATA, Scene, any_scene, encoded, photograph

Sample = tuple[int, list[np.ndarray]]


def main() -> int:
    """Measure and print; 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--strokes", type=Path, metavar="FILE", help="a digitpad-strokes file")
    parser.add_argument("--each", type=int, default=100, help="pictures of each kind (100)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--compare", action="store_true", help="read by Otsu, box and framing too")
    arguments = parser.parse_args()
    recognizer = Recognizer(shipped_weights(), "cpu")
    draw = _drawer(arguments.strokes)
    print(f"{arguments.each} pictures of each kind, seed {arguments.seed}")
    print(f"{'kind':12}right   wrong, no doubt   several   drawn   Otsu    ms")
    sums = np.zeros(5)
    for number, kind in enumerate(STRATA):
        rng = np.random.default_rng([arguments.seed, number])
        counts, seconds = np.zeros(5), 0.0
        for _ in range(arguments.each):
            label, strokes = draw(rng)
            scene = any_scene(kind, rng)
            grey = photograph(strokes, scene, rng)
            content = encoded(grey, scene)
            start = time.perf_counter()
            counts += _read(recognizer, content, label)
            seconds += time.perf_counter() - start
            drawn = strokes_to_digit(place(strokes), 196 * scene.pen)
            counts[3] += recognizer.recognize(drawn).answer == label
            if arguments.compare:
                counts[4] += recognizer.recognize(_by_otsu(content)).answer == label
        _print(kind, counts / arguments.each, 1000 * seconds / arguments.each)
        sums += counts
    _print("all", sums / (arguments.each * len(STRATA)), float("nan"))
    _print_speed()
    if arguments.strokes is not None:
        _print_called_several(arguments.strokes, recognizer)
        _print_pairs_told(arguments.strokes, recognizer, 10 * arguments.each, arguments.seed)
    return 0


def _print(kind: str, shares: np.ndarray, milliseconds: float) -> None:
    right, unseen, several, drawn, otsu = 100 * shares
    print(
        f"{kind:12}{right:5.1f}   {unseen:14.2f}   {several:7.2f}   {drawn:5.1f}   {otsu:5.1f}   "
        f"{milliseconds:.0f}",
        flush=True,
    )


def _drawer(strokes: Path | None) -> Callable[[np.random.Generator], Sample]:
    """What draws a random digit: its label, and strokes, float (n, 2) in any unit."""
    if strokes is not None:
        samples = [sample for sample in read_samples(strokes) if sample.label is not None]

        def chosen(rng: np.random.Generator) -> Sample:
            sample = samples[int(rng.integers(len(samples)))]
            return int(sample.label or 0), [stroke[:, :2] for stroke in sample.strokes]

        return chosen

    def drawn(rng: np.random.Generator) -> Sample:
        label = int(rng.integers(10))
        drawing = draw_digit(rng, label)
        return label, [stroke.points[:, :2] for stroke in drawing.strokes]

    return drawn


def _read(recognizer: Recognizer, content: bytes, label: int) -> np.ndarray:
    """1 or 0 each: read rightly, wrong without a doubt, called several; two places for others."""
    try:
        picture = read_picture(content)
    except DigitpadError:
        return np.zeros(5)
    recognition = recognizer.recognize(ink_to_digit(picture.ink))
    right = recognition.answer == label
    sure = recognition.accepted and not picture.doubts
    return np.array([right, sure and not right, len(picture.digits) > 1, 0, 0], float)


def _by_otsu(content: bytes) -> np.ndarray:
    """The digit as fifteen common lines make it: dark on light by the mean, Otsu, box, framing."""
    from digitpad.ink.normalize import normalize_framed

    grey = np.asarray(Image.open(io.BytesIO(content)).convert("L"))
    ink = 255 - grey if grey.mean() > 127 else grey
    counts = np.bincount(ink.ravel(), minlength=256).astype(float)
    below, levels = np.cumsum(counts), np.arange(256)
    sums = np.cumsum(counts * levels)
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    threshold = int(np.nanargmax(np.where(np.isfinite(between), between, -1)))
    return normalize_framed(((ink > threshold) * 255).astype(np.uint8))[0]


def _print_speed() -> None:
    """How long a 12-megapixel JPEG takes from its content to the digit, the quickest of five."""
    rng = np.random.default_rng(0)
    _, strokes = _drawer(None)(rng)
    scene = replace(Scene(), width=3024, height=4032, falls=0.3, shadow=0.3)
    stream = io.BytesIO()
    picture = Image.fromarray(photograph(strokes, scene, rng)).convert("RGB")
    picture.save(stream, "JPEG", quality=90)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        ink_to_digit(read_picture(stream.getvalue()).ink)
        times.append(time.perf_counter() - start)
    print(f"a photograph of 12 megapixels: {1000 * min(times):.0f} ms")


def _print_called_several(path: Path, recognizer: Recognizer) -> None:
    """How many single digits of a file, drawn on the pad by the usual pen, are called several: by
    the gaps alone, and by the network's word on whole and parts too, as the window has it."""
    told, called, count = 0, 0, 0
    for sample in read_samples(path):
        if sample.label is None:
            continue
        marks = [Stroke.through(stroke[:, :2]) for stroke in place(sample.strokes)]
        count += 1
        told += len(parts_of_drawing(marks, rasterize(marks))) > 1
        called += len(_several(marks, recognizer)) > 1
    print(
        f"single digits on the pad called several: {called} of {count:,} "
        f"({100 * called / max(1, count):.3f} %), by their gaps alone {told}"
    )


def _several(marks: list[Mark], recognizer: Recognizer) -> list[int]:
    """What the window reads the digits on the pad as, where it calls them several."""
    parts = parts_of_drawing(marks, rasterize(marks))
    if not parts:
        return []
    whole = recognizer.recognize(drawing_to_digit(marks))
    read = [recognizer.recognize(part.digit) for part in parts]
    accepted = [one.accepted for one in read]
    is_told = any(accepted) and are_digits(whole.accepted, accepted)
    return [one.answer for one in read] if is_told else []


def _print_pairs_told(path: Path, recognizer: Recognizer, count: int, seed: int) -> None:
    """How many pairs of a file's digits, side by side on the pad, are told, and read rightly."""
    rng = np.random.default_rng([seed, 1])
    samples = [sample for sample in read_samples(path) if sample.label is not None]
    told = right = 0
    for _ in range(count):
        pair = [samples[int(one)] for one in rng.integers(len(samples), size=2)]
        read = _several(_side_by_side([one.strokes for one in pair], rng), recognizer)
        told += len(read) > 1
        right += read == [one.label for one in pair]
    print(f"pairs of digits on the pad: {told:,} of {count:,} told, {right:,} read rightly")


def _side_by_side(drawings: list[list[np.ndarray]], rng: np.random.Generator) -> list[Mark]:
    """Drawings from left to right, each 120 units high or at most as wide, with a gap between
    their pens of 0.08 to 0.4 of that."""
    height, pen = 120.0, 12.0
    left, strokes = 0.0, []
    for drawing in drawings:
        points = np.concatenate(drawing)[:, :2].astype(float)
        low, high = points.min(axis=0), points.max(axis=0)
        unit = height / max(float((high - low).max()), 1e-6)
        strokes += [(stroke[:, :2] - low) * unit + (left, 0.0) for stroke in drawing]
        left += (high[0] - low[0]) * unit + pen + rng.uniform(0.08, 0.4) * height
    return [Stroke.through(stroke, pen) for stroke in place(strokes, share=_share(strokes))]


def _share(strokes: list[np.ndarray]) -> float:
    """The share of the pad that the strokes' longer side has, no more than most of it."""
    points = np.concatenate(strokes)
    return min(0.9, float(np.ptp(points, axis=0).max()) / PAD_SIZE)


if __name__ == "__main__":
    sys.exit(main())
