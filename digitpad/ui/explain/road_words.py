"""What is said of the road from pen to digit and of its gauges, in whole sentences: templates with
names."""

from __future__ import annotations

import numpy as np

from digitpad.core.languages import N_, _
from digitpad.core.texts import doubt_text
from digitpad.explain.results import Gauge, Gauged, Readings, Stage
from digitpad.ui.explain.why_words import plain_units, shown_lead
from digitpad.ui.style.panel import MINUS

TITLE = N_("From pen to 28 × 28")
HINTS = (
    N_("each step, with the answer that it would have got, and by how much its output leads"),
    N_("each step, with the answer that it would have got"),
    N_("each step, and its answer"),
)

STAGE_NAMES = {
    Stage.PAD: (N_("The pad"), N_("Pad")),
    Stage.BOX: (N_("Box around the ink"), N_("Box")),
    Stage.SMALL: (N_("In 20 × 20"), "20 × 20"),
    Stage.CENTRED: (N_("Centre of mass"), N_("Mass")),
    Stage.FILLED: (N_("Fills the field"), N_("Filled")),
}
STAGE_TELLS = {
    Stage.PAD: N_("The pad as it is, brought down to 28 × 28: where and how large, matters."),
    Stage.BOX: N_("The square around the ink, over the whole field."),
    Stage.SMALL: N_(
        "The ink averaged to 20 × 20, in the middle of the field; the dot is its centre of mass."
    ),
    Stage.CENTRED: N_(
        "Moved so that the centre of mass lies in the middle, as in MNIST: this is read."
    ),
    Stage.FILLED: N_("The ink fills the field, as this network learned: this is read."),
}

# By whether it is accepted; from the longest form to the shortest.
_READ_AS = (N_("{first} leads {second} by {margin}"), N_("{first} by {margin}"), "{first}")
_REJECTED = (
    N_("{doubt} {first} by {margin}"),
    N_("? {first} by {margin}"),
    "? {first}",
)

GAUGE_SHORT = {
    Gauge.PEN_WIDTH: N_("Pen"),
    Gauge.SLANT: N_("Slant"),
    Gauge.ASPECT: N_("Shape"),
    Gauge.MASS: N_("Ink"),
}
GAUGE_NAMES = {
    Gauge.PEN_WIDTH: N_("Pen width"),
    Gauge.SLANT: N_("Slant"),
    Gauge.ASPECT: N_("Width to height"),
    Gauge.MASS: N_("Ink"),
}
_UNITS = {
    Gauge.PEN_WIDTH: N_("{value:.1f} px"),
    Gauge.SLANT: "{value:+.0f}°",
    Gauge.ASPECT: "{value:.2f}",
    Gauge.MASS: N_("{value:.0f} px"),
}
# Above and below the middle of MNIST; from the longest form to the shortest.
_RANKS = {
    Gauge.PEN_WIDTH: (
        (N_("wider than {share} % of MNIST"), N_("wider than {share} %"), "> {share} %"),
        (N_("thinner than {share} % of MNIST"), N_("thinner than {share} %"), "< {share} %"),
    ),
    Gauge.SLANT: (
        (
            N_("further right than {share} % of MNIST"),
            N_("further right than {share} %"),
            N_("right of {share} %"),
        ),
        (
            N_("further left than {share} % of MNIST"),
            N_("further left than {share} %"),
            N_("left of {share} %"),
        ),
    ),
    Gauge.ASPECT: (
        (N_("broader than {share} % of MNIST"), N_("broader than {share} %"), "> {share} %"),
        (N_("narrower than {share} % of MNIST"), N_("narrower than {share} %"), "< {share} %"),
    ),
    Gauge.MASS: (
        (N_("more than {share} % of MNIST"), N_("more than {share} %"), "> {share} %"),
        (N_("less than {share} % of MNIST"), N_("less than {share} %"), "< {share} %"),
    ),
}
GAUGE_TIP = N_(
    "{name}: {value}, {rank}. The band holds the middle half of MNIST, the line nine in ten."
)
NO_GAUGES = N_("Gauges are held against MNIST; this network learned other pictures.")


def read_as_texts(
    readings: Readings, number: int, classes: tuple[str, ...], noun: str
) -> list[str]:
    """What one of some changed digits is read as, from the longest form to the shortest. noun: what
    is drawn for the network."""
    logits = readings.logits[number]
    order = np.argsort(-logits, kind="stable")
    units, decimals = shown_lead(float(logits[order[0]]), float(logits[order[1]]))
    words = {
        "first": classes[order[0]],
        "second": classes[order[1]],
        "margin": plain_units(units, decimals),
        "doubt": doubt_text(noun),
    }
    forms = _READ_AS if readings.accepted[number] else _REJECTED
    return [_(form).format(**words) for form in forms]


def gauge_value(gauged: Gauged) -> str:
    """A measure with its unit."""
    return _(_UNITS[gauged.gauge]).format(value=gauged.value).replace("-", MINUS)


def rank_texts(gauged: Gauged) -> list[str]:
    """Where a measure stands in MNIST, from the longest form to the shortest."""
    above, below = _RANKS[gauged.gauge]
    forms = above if gauged.rank >= 0.5 else below
    share = round(100 * (gauged.rank if gauged.rank >= 0.5 else 1 - gauged.rank))
    # The spread is that of a sample: nothing is beyond all of it.
    told = min(share, 99)
    return [_(form).format(share=told) for form in forms]


def gauge_text(gauged: Gauged) -> str:
    """A measure in a sentence."""
    return _(GAUGE_TIP).format(
        name=_(GAUGE_NAMES[gauged.gauge]), value=gauge_value(gauged), rank=rank_texts(gauged)[0]
    )
