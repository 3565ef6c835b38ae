"""What is said of sweeps, in whole sentences: templates with names."""

from __future__ import annotations

from digitpad.core.languages import N_, _
from digitpad.explain.results import Sweep, SweepKind
from digitpad.ui.explain.why_words import plain_units, shown_lead
from digitpad.ui.style.panel import MINUS

TITLE = N_("What the answer holds out against")
HINTS = (
    N_("the lead of {first}: how far its output lies above the next one, as the drawing changes"),
    N_("the lead of {first}: its output less the next one"),
    N_("the lead of {first} over the next one"),
    N_("the lead of {first}"),
)
FLAT = (
    N_(
        "Shift and size are made in the field of 28 × 28: on the pad they change "
        "nothing (dashed), since every drawing is normalised first."
    ),
    N_("On the pad, shift and size change nothing (dashed): drawings are normalised first."),
    N_("Dashed: on the pad nothing changes, as drawings are normalised."),
    N_("Dashed: on the pad, by normalisation."),
)
NAMES = {
    SweepKind.ROTATION: (N_("Rotation"), N_("Turn")),
    SweepKind.PEN_WIDTH: (N_("Pen width"), N_("Pen")),
    SweepKind.SHEAR: (N_("Shear"), N_("Shear")),
    SweepKind.SHIFT_X: (N_("Shift across, in the field"), N_("Shift across"), N_("Across")),
    SweepKind.SHIFT_Y: (N_("Shift down, in the field"), N_("Shift down"), N_("Down")),
    SweepKind.SIZE: (N_("Size, in the field"), N_("Size")),
}
IN_FIELD = (SweepKind.SHIFT_X, SweepKind.SHIFT_Y, SweepKind.SIZE)
_VALUES = {
    SweepKind.ROTATION: "{value:+.0f}°",
    SweepKind.PEN_WIDTH: N_("{value:.0f} units"),
    SweepKind.SHEAR: "{value:+.2f}",
    SweepKind.SHIFT_X: N_("{value:+.1f} px"),
    SweepKind.SHIFT_Y: N_("{value:+.1f} px"),
    SweepKind.SIZE: "× {value:.2f}",
}
_TOLD = {
    SweepKind.ROTATION: (N_("Turned to the right by {value}"), N_("Turned to the left by {value}")),
    SweepKind.PEN_WIDTH: (N_("Drawn with a pen of {value}"),) * 2,
    SweepKind.SHEAR: (N_("Sheared to the right by {value}"), N_("Sheared to the left by {value}")),
    SweepKind.SHIFT_X: (
        N_("Shifted to the right by {value}"),
        N_("Shifted to the left by {value}"),
    ),
    SweepKind.SHIFT_Y: (N_("Shifted down by {value}"), N_("Shifted up by {value}")),
    SweepKind.SIZE: (N_("Made {value} as large"),) * 2,
}
_LEADS = N_("{change}: {first} leads {second} by {margin}.")
_REJECTED = N_("{change}: like nothing it learned; {first} leads {second} by {margin}.")
BREAKS = N_("{name}: becomes {after} at {value}.")
HOLDS = N_("{name}: holds throughout.")
BREAK_LABEL = "\N{RIGHTWARDS ARROW} {after}"


def value_text(kind: SweepKind, value: float) -> str:
    """A value of a sweep with its unit."""
    text = _(_VALUES[kind]).format(value=value)
    # The drawing as it is, in so many decimals, has no sign.
    is_zero = not any(digit in text for digit in "123456789")
    return (text.lstrip("+-") if is_zero else text).replace("-", MINUS)


def point_text(sweep: Sweep, number: int, classes: tuple[str, ...]) -> str:
    """What the drawing is read as at one value of a sweep."""
    logits = sweep.readings.logits[number]
    order = [int(one) for one in (-logits).argsort(kind="stable")]
    units, decimals = shown_lead(float(logits[order[0]]), float(logits[order[1]]))
    value = float(sweep.values[number])
    kind = sweep.kind
    has_sides = _TOLD[kind][0] != _TOLD[kind][1]
    change = _(_TOLD[kind][value < 0]).format(
        value=value_text(kind, abs(value) if has_sides else value).lstrip("+")
    )
    template = _LEADS if sweep.readings.accepted[number] else _REJECTED
    return _(template).format(
        change=change,
        first=classes[order[0]],
        second=classes[order[1]],
        margin=plain_units(units, decimals),
    )


def sweep_texts(sweep: Sweep, classes: tuple[str, ...]) -> list[str]:
    """Where the answer breaks on the way from the drawing as it is, or that it holds."""
    name = _(NAMES[sweep.kind][0])
    told = [
        _(BREAKS).format(
            name=name,
            after=classes[after],
            value=value_text(sweep.kind, float(sweep.values[number])),
        )
        for number, after in breaks(sweep)
    ]
    return told or [_(HOLDS).format(name=name)]


def breaks(sweep: Sweep) -> list[tuple[int, int]]:
    """The nearest breaking points on both sides of the drawing as it is: the number of the value
    from which on it is another class, and which."""
    answers = sweep.readings.logits.argmax(axis=1)
    own = answers[sweep.neutral]
    found = []
    for step in (-1, 1):
        number = sweep.neutral
        while 0 <= number < len(answers):
            if answers[number] != own:
                found.append((number, int(answers[number])))
                break
            number += step
    return found
