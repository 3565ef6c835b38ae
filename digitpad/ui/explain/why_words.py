"""What is said of why an answer is as it is, in whole sentences: templates with names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from digitpad.core.languages import N_, _
from digitpad.explain.results import Attribution, NoReason
from digitpad.explain.rounding import in_decimals, rounded
from digitpad.ui.style.panel import MINUS

WHY_TITLE = N_("Why {first}, not {second}?")
WHY_TITLE_ALONE = N_("Why this answer?")
CHOOSE_HINT = N_("choose another digit: click its bar")
COMPUTING = N_("being computed …")
WAITS_FOR_PEN = N_("waits until the pen rests")
NOTHING_YET = N_("Draw a digit: once the pen rests, what speaks for the answer is shown here.")


class WhyMode(Enum):
    """What of the question is pictured."""

    INK = "ink"
    MISSING = "missing"
    PIECES = "pieces"
    RANDOM = "random"


MODE_NAMES = {
    WhyMode.INK: N_("Ink"),
    WhyMode.MISSING: N_("Missing ink"),
    WhyMode.PIECES: N_("Pieces"),
    WhyMode.RANDOM: N_("Random weights"),
}

MODE_TIPS = {
    WhyMode.INK: N_("Which ink speaks for the answer, and which against it"),
    WhyMode.MISSING: N_("Where ink that is missing would have spoken for the other digit"),
    WhyMode.PIECES: N_("What the lead loses without each piece of the pen's strokes"),
    WhyMode.RANDOM: N_("What an explanation that is worth nothing looks like"),
}

MODE_SHOWS = {
    WhyMode.INK: N_(
        "On the input and the pad, orange ink (+) speaks for {first}, blue ink (−) for {second}."
    ),
    WhyMode.MISSING: N_(
        "Blue (−) is where ink that is missing would have spoken for {second}, orange (+) where "
        "it would have spoken for {first}."
    ),
    WhyMode.PIECES: N_(
        "Orange pieces (+) carry the lead: without one alone it falls. Without a blue one (−) it "
        "rises."
    ),
    WhyMode.RANDOM: N_("The same question, put to this network with its weights shuffled."),
}

MODE_LIMITS = {
    WhyMode.INK: N_("It tells what this network used, not what such a digit must have."),
    WhyMode.MISSING: N_(
        "A first-order guess: each pixel by itself, as if the network were straight."
    ),
    WhyMode.RANDOM: N_(
        "It may look as telling as the true one, and tells nothing: compare the two."
    ),
}

_SHOWS_SHORT = {
    WhyMode.INK: N_("Orange ink (+) speaks for {first}, blue ink (−) for {second}."),
    WhyMode.MISSING: N_("Missing ink: blue (−) would speak for {second}, orange (+) for {first}."),
    WhyMode.RANDOM: N_("The same, of this network with its weights shuffled."),
}

_LIMITS_SHORT = {
    WhyMode.INK: N_("It tells what this network used."),
    WhyMode.MISSING: N_("A first-order guess, each pixel by itself."),
    WhyMode.RANDOM: N_("It tells nothing: compare it with the true one."),
}

RANGE = N_("Full colour: {end} a pixel")
ADDS_UP = N_("The parts add up to the lead within {share} %.")
_ADDS_UP_SHORT = N_("Parts add up within {share} %.")
_OUTPUTS = N_(
    "The lead is one output less the other, {one} less {other}; its parts add up to it "
    "within {share} %."
)
_OUTPUTS_SHORT = N_("Outputs: {one} less {other}. Parts add up within {share} %.")
_DISTANCES = N_(
    "The lead is one distance less the other, {other} less {one}; its parts add up to it "
    "within {share} %."
)
_DISTANCES_SHORT = N_("Distances: {other} less {one}. Parts add up within {share} %.")
DOES_NOT_ADD_UP = N_(
    "Take it with care: the parts miss the lead by {share} %, so that the picture is not exact."
)

_LEADS = {
    # By whether there is ink that speaks for the first, and for the second class.
    (True, True): N_(
        "{first} leads {second} by {margin}: ink for {first} {ink_for}, ink for "
        "{second} {ink_against}, paper and biases {paper}."
    ),
    (True, False): N_(
        "{first} leads {second} by {margin}: ink for {first} {ink_for}, paper and biases {paper}."
    ),
    (False, True): N_(
        "{first} leads {second} by {margin}: ink for {second} {ink_against}, paper "
        "and biases {paper}."
    ),
    (False, False): N_("{first} leads {second} by {margin}: paper and biases alone."),
}
_NEARER = N_("{first} is nearer than {second} by {margin}: ink {ink}, paper and biases {paper}.")
_MISSED = N_("{told} Steps miss {error}.")

BAR_FOR = N_("ink that speaks for {first}")
BAR_AGAINST = N_("for {second}")
BAR_PAPER = N_("paper, biases")
BAR_SHORT = (N_("for {first}"), N_("for {second}"), N_("paper"))

_NO_REASONS = {
    NoReason.EMPTY: N_("Nothing is drawn, so there is nothing to explain."),
    NoReason.TOO_LITTLE: N_("There is too little ink: of a dot, nothing can be taken away."),
    NoReason.NO_STROKES: N_("A picture has no strokes: this works for what is drawn with the pen."),
    NoReason.NO_GRADIENT: N_(
        "This network cannot be differentiated, so that its ink cannot be weighed. "
        "Pieces of the pen work with it all the same."
    ),
    NoReason.NOT_FINITE: N_("The network's numbers are not finite here, so that nothing adds up."),
    NoReason.BY_CHANCE: N_(
        "The network answers the same digit otherwise each time: what it does by "
        "chance has no reason."
    ),
    NoReason.NOT_TAKEN_APART: N_("This layer does what is not taken apart here."),
    NoReason.HIDDEN_INPUT: N_("This layer works on numbers that are no layer's activations."),
    NoReason.TOO_LARGE: N_("There is more on the pad than can be explained while you draw."),
    NoReason.NOT_A_SOFTMAX: N_("The probabilities are not a softmax of the logits."),
}
REFUSED = N_("It cannot be told: {why}.")
NOT_FINITE = _NO_REASONS[NoReason.NOT_FINITE]
READ_ONLY = N_(
    "The pad shows the drawing's history and is read-only meanwhile; Esc goes back to it."
)
ONE_CLASS = N_("The network knows one class only: there is none that it could lead.")
NO_RECOGNISER = N_("There is no recogniser to ask. F5 starts it again.")
LOADING = N_("The network is still loading; the answer comes as soon as it is there.")


def no_reason_text(reason: NoReason) -> str:
    """Why there is no explanation, as a sentence."""
    return _(_NO_REASONS[reason])


def signed_units(units: int, decimals: int) -> str:
    """A number of units of the last decimal with its sign, minus as typeset; 0 has none."""
    text = in_decimals(abs(units), decimals)
    if not units:
        return text
    return f"{'+' if units > 0 else MINUS}{text}"


def plain_units(units: int, decimals: int) -> str:
    """The same without a plus."""
    return signed_units(units, decimals).removeprefix("+")


def range_text(end: float) -> str:
    """The end of a range of either sign, in three figures at most."""
    return f"\N{PLUS-MINUS SIGN}{end:.{0 if end >= 100 else 1 if end >= 10 else 2}f}"


def decimals_for(margin: float) -> int:
    """How many decimals tell a margin: one, two below 1, none of thousands."""
    size = abs(margin)
    return 0 if size >= 1000 else 1 if size >= 1 else 2


@dataclass(frozen=True)
class LeadParts:
    """What a margin is made of, in units of its last decimal, which add up to it.

    ink_for: by ink that speaks for the first class, 0 or above; ink_against: for the second, 0 or
    below; paper: by paper and biases. missed: what the parts miss, where that is more than 1 %.
    """

    margin: int
    ink_for: int
    ink_against: int
    paper: int
    missed: int
    decimals: int

    def told(self, units: int) -> str:
        """A part with its sign."""
        return signed_units(units, self.decimals)


def shown_lead(one: float, other: float) -> tuple[int, int]:
    """One logit less another, as they are shown: in units of the last decimal, and how many
    decimals it has. The logits rounded alike, as beside the bars of the last layer, differ by
    it."""
    decimals = decimals_for(one - other)
    units = [round(round(logit, decimals) * 10**decimals) for logit in (one, other)]
    return units[0] - units[1], decimals


def lead_parts(attribution: Attribution, logits: tuple[float, float] | None = None) -> LeadParts:
    """The parts of a margin, rounded by largest remainder; ValueError where one is no number.
    logits: of the two classes, where they are shown: the margin agrees with them."""
    ink = attribution.ink.astype(float)
    ink_for, ink_against = float(ink[ink > 0].sum()), float(ink[ink < 0].sum())
    decimals = decimals_for(attribution.margin)
    error = attribution.error
    if attribution.adds_up:
        # What the midpoints miss is the ink's: paper's part and the margin are exact.
        if ink_for >= -ink_against:
            ink_for += error
        else:
            ink_against += error
        error = 0.0
    terms = [ink_for, ink_against, attribution.paper_part, error]
    if not error:
        terms.pop()
    if logits is not None:
        margin, decimals = shown_lead(*logits)
        # A tenth at most: the largest part takes what rounding leaves.
        largest = max(range(3), key=lambda number: abs(terms[number]))
        terms[largest] += margin / 10**decimals - attribution.margin
    units, total = rounded(terms, decimals)
    given = [*units.tolist(), 0][:4]
    return LeadParts(total, given[0], given[1], given[2], given[3], decimals)


def lead_text(
    attribution: Attribution,
    names: tuple[str, str],
    is_distance: bool = False,
    logits: tuple[float, float] | None = None,
) -> str:
    """By how much the first class leads the second, and what that is made of; what is shown adds
    up.

    names: of the two classes. is_distance: the logits are distances with their sign turned.
    logits: as lead_parts takes them.
    """
    parts = lead_parts(attribution, logits)
    words = {
        "first": names[0],
        "second": names[1],
        "margin": plain_units(parts.margin, parts.decimals),
        "ink_for": parts.told(parts.ink_for),
        "ink_against": parts.told(parts.ink_against),
        "ink": parts.told(parts.ink_for + parts.ink_against),
        "paper": parts.told(parts.paper),
        "error": parts.told(parts.missed),
    }
    template = _NEARER if is_distance else _LEADS[parts.ink_for > 0, parts.ink_against < 0]
    told = _(template).format(**words)
    if parts.missed:
        told = _(_MISSED).format(told=told, error=words["error"])
    return sentence(told)


def sentence(text: str) -> str:
    """A text with a large first letter, whatever class it begins with."""
    return text[:1].upper() + text[1:]


def shows_texts(mode: WhyMode, names: tuple[str, str]) -> list[str]:
    """What the picture of a mode shows, from the longest form to the shortest."""
    forms = [_(MODE_SHOWS[mode]), _(_SHOWS_SHORT[mode])]
    return [form.format(first=names[0], second=names[1]) for form in forms]


def limits_texts(mode: WhyMode) -> list[str]:
    """What the picture of a mode does not show, from the longest form to none at all."""
    return [_(MODE_LIMITS[mode]), _(_LIMITS_SHORT[mode]), ""]


def completeness_texts(
    attribution: Attribution,
    logits: tuple[float, float] | None = None,
    is_distance: bool = False,
) -> list[str]:
    """What a lead is counted in, and whether its parts add up to it, and to what share of it; from
    the longest form to the shortest. logits: of the two classes, where they are shown.
    is_distance: they are distances with their sign turned."""
    share = 100 * attribution.error_share
    # Rounded up, since what is said is a bound.
    told = f"{max(math.ceil(share * 10), 1) / 10:.1f}" if share < 10 else f"{share:.0f}"
    if not attribution.adds_up:
        return [_(DOES_NOT_ADD_UP).format(share=told)]
    if logits is None:
        return [_(ADDS_UP).format(share=told), _(_ADDS_UP_SHORT).format(share=told)]
    _units, decimals = shown_lead(*logits)
    units = [round(round(logit, decimals) * 10**decimals) for logit in logits]
    forms = (_OUTPUTS, _OUTPUTS_SHORT, _ADDS_UP_SHORT)
    one, other = (signed_units(each, decimals) for each in units)
    if is_distance:
        forms = (_DISTANCES, _DISTANCES_SHORT, _ADDS_UP_SHORT)
        one, other = (plain_units(-each, decimals) for each in units)
    words = {"one": one, "other": other, "share": told}
    return [_(form).format(**words) for form in forms]
