"""What is said of results, in words: one place for the window, the commands and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digitpad.core.languages import N_, _
from digitpad.core.results import Recognition, Rejection, RejectionReason

_MANY = {
    "digit": N_("Several digits: {n} of them"),
    "garment": N_("Several garments: {n} of them"),
    "character": N_("Several characters: {n} of them"),
}
_SEVERAL = {
    "digit": N_("Several digits: {names} and {last}"),
    "garment": N_("Several garments: {names} and {last}"),
    "character": N_("Several characters: {names} and {last}"),
}

SOURCES = {
    "other pens": N_("the same with other pens"),
    "pen styles": N_("generated pen strokes"),
    "no digits": N_("drawings that are no digits"),
}
"""What a network learns from beside a data set, by its name in a record."""

LEAST_SHARE = 0.0005
"""The smallest share of a runner-up that is told; smaller ones would be "0.0 %"."""

_MOST_NAMES = 4

_DOUBTS = {
    "digit": N_("Not a digit?"),
    "garment": N_("Not a garment?"),
    "character": N_("Not a character?"),
}
_UNLIKE_ANY = {
    "digit": N_("unlike any digit"),
    "garment": N_("unlike any garment"),
    "character": N_("unlike any character"),
}
_REJECTIONS = {
    RejectionReason.NOTHING_DRAWN: N_("nothing is drawn yet"),
    RejectionReason.BLOT: N_("no line to go by: a dot or a blot"),
    RejectionReason.BETWEEN: N_("between {0} and {1}, and like neither"),
    RejectionReason.UNDEFINED: N_("the network's answer is not a number"),
}


def percent(share: float) -> str:
    """A probability with one decimal; what is not quite certain is never rounded up to 100 %."""
    return "> 99.9 %" if 0.999 < share < 1.0 else f"{share * 100:.1f} %"


def exact_percent(part: int, whole: int) -> str:
    """A share with two decimals, never rounded up to all nor down to nothing; "–" of nothing."""
    if whole == 0:
        return "–"
    hundredths = round(10_000 * part / whole)
    if 0 < part < whole:
        hundredths = min(max(hundredths, 1), 9_999)
    return f"{hundredths / 100:.2f} %"


def doubt_text(noun: str = "digit") -> str:
    """What is asked where a network rejects a drawing: "Not a digit?". noun: what one of the data
    set's pictures shows."""
    return _(_DOUBTS[noun])


def rejection_text(rejection: Rejection | None, classes: Sequence[str], noun: str = "digit") -> str:
    """Why something is rejected, such as "between 3 and 8, and like neither"; "" for None.

    classes: the names of the network's classes. noun: as doubt_text has it.
    """
    if rejection is None:
        return ""
    if rejection.reason is RejectionReason.UNLIKE_ANY:
        return _(_UNLIKE_ANY[noun])
    return _(_REJECTIONS[rejection.reason]).format(*(_(classes[one]) for one in rejection.classes))


def class_names(classes: Sequence[str]) -> tuple[str, ...]:
    """What the classes of a network are called in the language that was chosen: the records of
    weights name them in English."""
    return tuple(map(_, classes))


def in_a_row(names: Sequence[str]) -> str:
    """Names one after the other, with what the language sets between: "3, 5, 7"; "" for none."""
    row = "".join(names[:1])
    for name in names[1:]:
        row = _("{names}, {name}").format(names=row, name=name)
    return row


def enumerated(names: Sequence[str]) -> str:
    """Names as a sentence has them: "3, 5 and 7"; "" for none."""
    if len(names) < 2:
        return in_a_row(names)
    return _("{names} and {last}").format(names=in_a_row(names[:-1]), last=names[-1])


def in_sentences(sentences: Iterable[str]) -> str:
    """Sentences one after the other, as the language sets them; empty ones are passed over."""
    text = ""
    for sentence in filter(None, sentences):
        text = _("{text} {sentence}").format(text=text, sentence=sentence) if text else sentence
    return text


def several_text(names: Sequence[str], noun: str = "digit") -> str:
    """That several things stand apart, in reading order: "Several digits: 4 and 2", or of many how
    many there are; "" for less than two. names: of their classes. noun: what one of them is."""
    if len(names) < 2:
        return ""
    if len(names) > _MOST_NAMES:
        return _(_MANY[noun]).format(n=len(names))
    return _(_SEVERAL[noun]).format(names=in_a_row(names[:-1]), last=names[-1])


def answer_text(recognition: Recognition, classes: Sequence[str]) -> str:
    """The answer with its share, and the runner-up where it has a share to speak of: "4, 96.0 %;
    then 9, 3.9 %"."""
    first, second = recognition.ranking[:2]
    shares = recognition.probabilities
    text = _("{name}, {share}").format(name=_(classes[first]), share=percent(float(shares[first])))
    if shares[second] < LEAST_SHARE:
        return text
    return _("{answer}; then {name}, {share}").format(
        answer=text, name=_(classes[second]), share=percent(float(shares[second]))
    )
