"""What is said of the road from pen to digit and of its gauges, in whole sentences: templates with
names."""

from __future__ import annotations

import numpy as np

from digitpad.explain.results import Gauge, Gauged, Readings, Stage
from digitpad.ui.explain.why_words import plain_units, shown_lead
from digitpad.ui.style.panel import MINUS

TITLE = "From pen to 28 × 28"
HINTS = (
    "each step, with the answer that it would have got, and by how much its output leads",
    "each step, with the answer that it would have got",
    "each step, and its answer",
)

STAGE_NAMES = {
    Stage.PAD: ("The pad", "Pad"),
    Stage.BOX: ("Box around the ink", "Box"),
    Stage.SMALL: ("In 20 × 20", "20 × 20"),
    Stage.CENTRED: ("Centre of mass", "Mass"),
    Stage.FILLED: ("Fills the field", "Filled"),
}
STAGE_TELLS = {
    Stage.PAD: "The pad as it is, brought down to 28 × 28: where and how large, matters.",
    Stage.BOX: "The square around the ink, over the whole field.",
    Stage.SMALL: "The ink averaged to 20 × 20, in the middle of the field; the dot is its centre "
    "of mass.",
    Stage.CENTRED: "Moved so that the centre of mass lies in the middle, as in MNIST: this is "
    "read.",
    Stage.FILLED: "The ink fills the field, as this network learned: this is read.",
}

# By whether it is accepted; from the longest form to the shortest.
_READ_AS = ("{first} leads {second} by {margin}", "{first} by {margin}", "{first}")
_REJECTED = (
    "Not a digit? {first} by {margin}",
    "? {first} by {margin}",
    "? {first}",
)

GAUGE_SHORT = {
    Gauge.PEN_WIDTH: "Pen",
    Gauge.SLANT: "Slant",
    Gauge.ASPECT: "Shape",
    Gauge.MASS: "Ink",
}
GAUGE_NAMES = {
    Gauge.PEN_WIDTH: "Pen width",
    Gauge.SLANT: "Slant",
    Gauge.ASPECT: "Width to height",
    Gauge.MASS: "Ink",
}
_UNITS = {
    Gauge.PEN_WIDTH: "{value:.1f} px",
    Gauge.SLANT: "{value:+.0f}°",
    Gauge.ASPECT: "{value:.2f}",
    Gauge.MASS: "{value:.0f} px",
}
# Above and below the middle of MNIST; from the longest form to the shortest.
_RANKS = {
    Gauge.PEN_WIDTH: (
        ("wider than {share} % of MNIST", "wider than {share} %", "> {share} %"),
        ("thinner than {share} % of MNIST", "thinner than {share} %", "< {share} %"),
    ),
    Gauge.SLANT: (
        (
            "further right than {share} % of MNIST",
            "further right than {share} %",
            "right of {share} %",
        ),
        (
            "further left than {share} % of MNIST",
            "further left than {share} %",
            "left of {share} %",
        ),
    ),
    Gauge.ASPECT: (
        ("broader than {share} % of MNIST", "broader than {share} %", "> {share} %"),
        ("narrower than {share} % of MNIST", "narrower than {share} %", "< {share} %"),
    ),
    Gauge.MASS: (
        ("more than {share} % of MNIST", "more than {share} %", "> {share} %"),
        ("less than {share} % of MNIST", "less than {share} %", "< {share} %"),
    ),
}
GAUGE_TIP = (
    "{name}: {value}, {rank}. The band holds the middle half of MNIST, the line nine in ten."
)
NO_GAUGES = "Gauges are held against MNIST; this network learned other pictures."


def read_as_texts(readings: Readings, number: int, classes: tuple[str, ...]) -> list[str]:
    """What one of some changed digits is read as, from the longest form to the shortest."""
    logits = readings.logits[number]
    order = np.argsort(-logits, kind="stable")
    units, decimals = shown_lead(float(logits[order[0]]), float(logits[order[1]]))
    words = {
        "first": classes[order[0]],
        "second": classes[order[1]],
        "margin": plain_units(units, decimals),
    }
    forms = _READ_AS if readings.accepted[number] else _REJECTED
    return [form.format(**words) for form in forms]


def gauge_value(gauged: Gauged) -> str:
    """A measure with its unit."""
    return _UNITS[gauged.gauge].format(value=gauged.value).replace("-", MINUS)


def rank_texts(gauged: Gauged) -> list[str]:
    """Where a measure stands in MNIST, from the longest form to the shortest."""
    above, below = _RANKS[gauged.gauge]
    forms = above if gauged.rank >= 0.5 else below
    share = round(100 * (gauged.rank if gauged.rank >= 0.5 else 1 - gauged.rank))
    # The spread is that of a sample: nothing is beyond all of it.
    told = min(share, 99)
    return [form.format(share=told) for form in forms]


def gauge_text(gauged: Gauged) -> str:
    """A measure in a sentence."""
    return GAUGE_TIP.format(
        name=GAUGE_NAMES[gauged.gauge], value=gauge_value(gauged), rank=rank_texts(gauged)[0]
    )
