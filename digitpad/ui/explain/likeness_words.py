"""What is said of a drawing that is rejected: what it is most like, and what is unlike that."""

from __future__ import annotations

from collections.abc import Sequence

from digitpad.explain.results import Difference, Likeness, Unlikeness

TITLE = "Not a digit? Nearest {first}, then {second}"

_SEVERAL = "These look like {count} digits side by side; one at a time is read best."
_BLOT = "A dot or a blot has no line to go by: draw a little more."
_UNLIKE_ANY = "It is like nothing that this network learned, which may well be the network's fault."
_LIKE = "It is most like {likeliest}, though not enough to be sure."
_LIKE_BUT = {
    1: "It is a bit like {likeliest}, but {first}.",
    2: "It is a bit like {likeliest}, but {first} and {second}.",
    3: "It is a bit like {likeliest}, but {first}, {second} and {third}.",
}
_DIFFERENCES = {
    Unlikeness.IN_PARTS: "in {count} parts",
    Unlikeness.OPEN: "open",
    Unlikeness.CLOSED: "with a closed loop",
    Unlikeness.MORE_LOOPS: "with {count} loops",
    Unlikeness.MUCH_INK: "with more ink than nearly all",
    Unlikeness.LITTLE_INK: "with less ink than nearly all",
    Unlikeness.BROAD: "broader than nearly all",
    Unlikeness.NARROW: "narrower than nearly all",
    Unlikeness.SLANTED: "leaning more than nearly all",
    Unlikeness.A_BLOT: "without a line",
    Unlikeness.STRAIGHT: "one straight line",
    Unlikeness.SEVERAL_DIGITS: "{count} digits side by side",
}
_EXTRA = "with ink {place}, where it has none"
_MISSING = "without ink {place}, where it has some"
_PLACES = (
    ("at the top left", "at the top", "at the top right"),
    ("at the left", "in the middle", "at the right"),
    ("at the bottom left", "at the bottom", "at the bottom right"),
)


def likeness_text(likeness: Likeness, classes: Sequence[str]) -> str:
    """What a rejected drawing is most like, and what is unlike it, as a sentence."""
    differences = likeness.differences
    if likeness.likeliest is None:
        first = differences[0] if differences else None
        if first is not None and first.what is Unlikeness.SEVERAL_DIGITS:
            return _SEVERAL.format(count=first.count)
        return _BLOT if first is not None and first.what is Unlikeness.A_BLOT else _UNLIKE_ANY
    name = classes[likeness.likeliest]
    told = [difference_text(one) for one in differences[: len(_LIKE_BUT)]]
    if not told:
        return _LIKE.format(likeliest=name)
    words = dict(zip(("first", "second", "third"), told, strict=False))
    return _LIKE_BUT[len(told)].format(likeliest=name, **words)


def difference_text(difference: Difference) -> str:
    """One thing that is unlike, in words."""
    if difference.place is not None:
        row, column = difference.place
        template = _EXTRA if difference.what is Unlikeness.EXTRA_INK else _MISSING
        return template.format(place=_PLACES[row][column])
    return _DIFFERENCES[difference.what].format(count=difference.count)
