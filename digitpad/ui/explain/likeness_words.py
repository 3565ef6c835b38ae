"""What is said of a drawing that is rejected: what it is most like, and what is unlike that."""

from __future__ import annotations

from collections.abc import Sequence

from digitpad.core.languages import N_, _
from digitpad.explain.results import Difference, Likeness, Unlikeness

TITLE = N_("{doubt} Nearest {first}, then {second}")

_SEVERAL = N_("These look like {count} digits side by side; one at a time is read best.")
_BLOT = N_("A dot or a blot has no line to go by: draw a little more.")
_UNLIKE_ANY = N_(
    "It is like nothing that this network learned, which may well be the network's fault."
)
_LIKE = N_("It is most like {likeliest}, though not enough to be sure.")
_LIKE_BUT = {
    1: N_("It is a bit like {likeliest}, but {first}."),
    2: N_("It is a bit like {likeliest}, but {first} and {second}."),
    3: N_("It is a bit like {likeliest}, but {first}, {second} and {third}."),
}
_DIFFERENCES = {
    Unlikeness.IN_PARTS: N_("in {count} parts"),
    Unlikeness.OPEN: N_("open"),
    Unlikeness.CLOSED: N_("with a closed loop"),
    Unlikeness.MORE_LOOPS: N_("with {count} loops"),
    Unlikeness.MUCH_INK: N_("with more ink than nearly all"),
    Unlikeness.LITTLE_INK: N_("with less ink than nearly all"),
    Unlikeness.BROAD: N_("broader than nearly all"),
    Unlikeness.NARROW: N_("narrower than nearly all"),
    Unlikeness.SLANTED: N_("leaning more than nearly all"),
    Unlikeness.A_BLOT: N_("without a line"),
    Unlikeness.STRAIGHT: N_("one straight line"),
    Unlikeness.SEVERAL_DIGITS: N_("{count} digits side by side"),
}
_EXTRA = N_("with ink {place}, where it has none")
_MISSING = N_("without ink {place}, where it has some")
_PLACES = (
    (N_("at the top left"), N_("at the top"), N_("at the top right")),
    (N_("at the left"), N_("in the middle"), N_("at the right")),
    (N_("at the bottom left"), N_("at the bottom"), N_("at the bottom right")),
)


def likeness_text(likeness: Likeness, classes: Sequence[str]) -> str:
    """What a rejected drawing is most like, and what is unlike it, as a sentence."""
    differences = likeness.differences
    if likeness.likeliest is None:
        first = differences[0] if differences else None
        if first is not None and first.what is Unlikeness.SEVERAL_DIGITS:
            return _(_SEVERAL).format(count=first.count)
        is_blot = first is not None and first.what is Unlikeness.A_BLOT
        return _(_BLOT) if is_blot else _(_UNLIKE_ANY)
    name = classes[likeness.likeliest]
    told = [difference_text(one) for one in differences[: len(_LIKE_BUT)]]
    if not told:
        return _(_LIKE).format(likeliest=name)
    words = dict(zip(("first", "second", "third"), told, strict=False))
    return _(_LIKE_BUT[len(told)]).format(likeliest=name, **words)


def difference_text(difference: Difference) -> str:
    """One thing that is unlike, in words."""
    if difference.place is not None:
        row, column = difference.place
        template = _EXTRA if difference.what is Unlikeness.EXTRA_INK else _MISSING
        return _(template).format(place=_(_PLACES[row][column]))
    return _(_DIFFERENCES[difference.what]).format(count=difference.count)
