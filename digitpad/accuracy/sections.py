"""The parts of docs/reports/accuracy.md that each network has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitpad.accuracy.corruptions import CORRUPTIONS, MOVED
from digitpad.accuracy.evaluation import Evaluation
from digitpad.accuracy.markdown import folded, interval, percent, table, whole
from digitpad.accuracy.measures import Gallery, Measures, by_group
from digitpad.accuracy.pen_sets import PenSet
from digitpad.accuracy.synthetic import LOOK_ALIKES
from digitpad.accuracy.trials import (
    PEN,
    ROTATION,
    SIZE,
    SIZE_AND_PEN,
    SIZES,
    SWEEPS,
    USUAL_PEN_SHARE,
)
from digitpad.core.calibration import BINS, ReliabilityBin, calibration_error, reliability
from digitpad.ink.drawing import PAD_SIZE, PEN_WIDTH
from digitpad.ink.placing import FIT_SHARE, Placement

KINDS = {
    "letter": "letters of several alphabets",
    "shape": "signs and shapes: plus, arrow, heart, square, ...",
    "scribble": "scribbles and hatching",
    "dash": "level and sloping dashes",
    "dot": "one dot or a few",
    "blob": "filled blots",
    "several": "two or three digits side by side",
    "junk": "strokes that have nothing to do with each other",
}
"""What each kind of digitpad.handwriting.non_digits is, in words."""

SIMPLE_KINDS = ("scribble", "dash", "dot", "shape")
_WORST_STYLES = 25


def digits(measures: Measures, pen_sets: Sequence[PenSet]) -> str:
    """MNIST's test set and the pen sets, as they are usually drawn."""
    rows = [["MNIST test", "as it is", *_figures(measures[("mnist",)])]]
    non_digits = []
    for pen_set in pen_sets:
        for place in Placement:
            evaluation = measures["place", pen_set.name, place]
            rows.append([pen_set.name, place, *_figures(evaluation)])
            if evaluation.non_digits:
                non_digits.append(
                    f"Of the {evaluation.non_digits:,} drawings in {pen_set.name} that are no "
                    f"digits, placed {place}, {percent(evaluation.rejected)} % were rejected."
                )
    head = ["drawings", "placed", "n", "read rightly, %", "95 % interval", "accepted, %"]
    return "\n\n".join([table(head, rows, texts=(0, 1)), *non_digits])


def sweeps(measures: Measures, pen_sets: Sequence[PenSet]) -> str:
    """Pen width, size and rotation."""
    if not pen_sets:
        return (
            "No pen set was given, so nothing was drawn with other pens, in other sizes or turned."
        )
    side = FIT_SHARE * PAD_SIZE
    thick = PEN_WIDTH / (SIZES[0] * PAD_SIZE)
    about = {
        PEN: "**Pen width**, of the drawing's longer side, nearly always its height; placed fit, "
        f"so that 10 % are {0.1 * side:.1f} px.",
        SIZE_AND_PEN: "**Size**: the longer side, of the pad, anywhere on it; "
        f"the pen {whole(USUAL_PEN_SHARE)} of it.",
        SIZE: f"**Size with a pen of {PEN_WIDTH:g} px**: the same. At {whole(SIZES[0])} the pen is "
        f"{whole(thick)} of the longer side: loops close, for a person's eye too.",
        ROTATION: "**Rotation**, anticlockwise; placed random.",
    }
    return "\n\n".join(
        f"{words}\n\n{_sweep(measures, pen_sets, name)}" for name, words in about.items()
    )


def _sweep(measures: Measures, pen_sets: Sequence[PenSet], name: str) -> str:
    units = [f"{setting:g}°" if name == ROTATION else whole(setting) for setting in SWEEPS[name]]
    rows = []
    for pen_set in pen_sets:
        evaluations = measures.sweep(name, pen_set.name)
        n, shares = evaluations[0].n, [evaluation.accuracy for evaluation in evaluations]
        best, worst = int(np.argmax(shares)), int(np.argmin(shares))
        ends = [
            units[best],
            units[worst],
            interval(shares[worst], n),
            percent(shares[best] - shares[worst]),
        ]
        rows.append([pen_set.name, "read rightly", f"{n:,}", *map(percent, shares), *ends])
        if measures.network.rejects:
            rows.append(
                [
                    "",
                    "accepted",
                    "",
                    *(percent(evaluation.accepted) for evaluation in evaluations),
                    *[""] * 4,
                ]
            )
    head = [
        "drawings",
        "%",
        "n",
        *units,
        "best at",
        "worst at",
        "its 95 % interval",
        "apart, points",
    ]
    return table(head, rows, texts=(0, 1))


def corruptions(measures: Measures) -> str:
    """MNIST's test set under the fifteen corruptions."""
    rows = []
    for name in CORRUPTIONS:
        evaluation = measures["corruption", name]
        again = percent(measures["renormalized", name].accuracy) if name in MOVED else ""
        rows.append([name, *_figures(evaluation), again])
    mean = float(np.mean([measures["corruption", name].accuracy for name in CORRUPTIONS]))
    rows.append(["**mean**", "", percent(mean), "", "", ""])
    head = [
        "corruption",
        "n",
        "read rightly, %",
        "95 % interval",
        "accepted, %",
        "normalised again, %",
    ]
    return table(head, rows)


def non_digits(measures: Measures, gallery: Gallery, pen_sets: Sequence[PenSet]) -> str:
    """What is rejected, rightly and wrongly."""
    kinds = measures[("kinds",)]
    parts = by_group(kinds, gallery.drawn["kinds"])
    rows = [[kind, KINDS.get(kind, ""), *_rejected(part)] for kind, part in parts]
    of_kind = dict(parts)
    simple = np.concatenate([~of_kind[kind].is_accepted for kind in SIMPLE_KINDS])
    rows.append(["**" + ", ".join(SIMPLE_KINDS) + "**", "together", *_share_of(simple)])
    letters = measures[("letters",)]
    rows.append(["**letters**", "more of them, by letter below", *_rejected(letters)])
    by_kind = table(
        ["drawn", "what it is", "n", "rejected, %", "95 % interval"], rows, texts=(0, 1)
    )

    found = sorted(by_group(letters, gallery.drawn["letters"]), key=lambda part: part[1].rejected)
    cells = [[name, f"{part.non_digits:,}", percent(part.rejected, 1)] for name, part in found]
    by_letter = table(["letter", "n", "%"] * 4, folded(cells, 4), texts=range(0, 12, 3))

    real = [["MNIST test", "as it is", *_share_of(~_digits_only(measures[("mnist",)]).is_accepted)]]
    for pen_set in pen_sets:
        for place in Placement:
            evaluation = _digits_only(measures["place", pen_set.name, place])
            real.append([pen_set.name, place, *_share_of(~evaluation.is_accepted)])
    real_digits = table(
        ["real digits", "placed", "n", "rejected, %", "95 % interval"], real, texts=(0, 1)
    )
    left_out = "; ".join(f"{signs} ({digit})" for digit, signs in LOOK_ALIKES.items())
    return "\n\n".join(
        [
            by_kind,
            "Letter by letter, worst first. Left out, because many people write them as they "
            f"write a digit: {left_out}.",
            by_letter,
            "Digits that were rejected although they are digits:",
            real_digits,
        ]
    )


def calibration(measures: Measures, pen_sets: Sequence[PenSet]) -> str:
    """Expected calibration error and reliability."""
    temperature = measures.network.temperature
    named = [("MNIST test", _digits_only(measures[("mnist",)]))]
    named += [
        (f"{pen_set.name}, {place}", _digits_only(measures["place", pen_set.name, place]))
        for pen_set in pen_sets
        for place in Placement
    ]
    rows = [
        [
            name,
            f"{digits.n:,}",
            percent(calibration_error(digits.logits, digits.labels)),
            percent(calibration_error(digits.logits, digits.labels, temperature)),
        ]
        for name, digits in named
    ]
    told = (
        f"Logits are divided by a temperature of {temperature:g} before they become probabilities."
        if "temperature" in measures.network.info.metadata
        else "These weights carry no temperature: probabilities are taken as they come, so before "
        "and after are one."
    )
    # With both places side by side the table would be wider than a page.
    named = [("MNIST test", _digits_only(measures[("mnist",)]))]
    named += [
        (pen_set.name, _digits_only(measures["place", pen_set.name, Placement.RANDOM]))
        for pen_set in pen_sets
    ]
    bins = [
        {
            round(part.high * BINS): part
            for part in reliability(digits.logits, digits.labels, temperature)
        }
        for _, digits in named
    ]
    lines = []
    for place in range(BINS, 0, -1):
        if any(place in found for found in bins):
            cells = [_reliability_cells(found.get(place)) for found in bins]
            span = f"{100 * (place - 1) / BINS:.0f} to {100 * place / BINS:.0f}"
            lines.append([span, *(text for each in cells for text in each)])
    head = [
        "probability, %",
        *(text for name, _ in named for text in (f"{name}: n", "said, %", "right, %")),
    ]
    return "\n\n".join(
        [
            f"{told} Expected calibration error, {BINS} bins, over all digits whether rejected or "
            "not:",
            table(["drawings", "n", "before, %", "after, %"], rows),
            "Of the digits whose answer had such a probability, pen drawings placed random: how "
            "many, the mean probability that was said, and how many were right.",
            table(head, lines),
        ]
    )


def styles(measures: Measures, gallery: Gallery) -> str:
    """The generator's styles, worst first."""
    evaluation = measures[("styles",)]
    found = by_group(evaluation, gallery.drawn["styles"])
    found.sort(key=lambda part: (part[1].accuracy, part[1].accepted))
    rows = [
        [name, f"{part.n:,}", percent(part.accuracy, 1), percent(part.accepted, 1)]
        for name, part in found
    ]
    head = ["style", "n", "read rightly, %", "accepted, %"]
    low, high = evaluation.interval
    return "\n\n".join(
        [
            f"All {len(found)} styles, each as often: {percent(evaluation.accuracy)} % of "
            f"{evaluation.n:,} read rightly ({percent(low)} to {percent(high)}). The worst "
            f"{min(_WORST_STYLES, len(found))}:",
            table(head, rows[:_WORST_STYLES]),
            "<details><summary>All styles, worst first</summary>",
            table(["style", "n", "right", "accepted"] * 2, folded(rows, 2), texts=range(0, 8, 4)),
            "</details>",
        ]
    )


def _reliability_cells(part: ReliabilityBin | None) -> list[str]:
    """A bin as three cells of a row; blank where no answer had such a probability."""
    if part is None:
        return ["", "", ""]
    return [f"{part.n:,}", percent(part.probability, 1), percent(part.accuracy, 1)]


def _figures(evaluation: Evaluation) -> list[str]:
    share = evaluation.accuracy
    return [
        f"{evaluation.n:,}",
        percent(share),
        interval(share, evaluation.n),
        percent(evaluation.accepted),
    ]


def _rejected(evaluation: Evaluation) -> list[str]:
    return _share_of(~evaluation.is_accepted)


def _share_of(which: np.ndarray) -> list[str]:
    share = float(which.mean()) if len(which) else float("nan")
    return [f"{len(which):,}", percent(share), interval(share, len(which))]


def _digits_only(evaluation: Evaluation) -> Evaluation:
    return evaluation.only(evaluation.is_digit)
