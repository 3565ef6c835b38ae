"""What is said of a network to open, and what is found out of its file, as fields and back with
every field checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from digitpad.core.errors import DigitpadError
from digitpad.core.weights_record import MOST_CLASSES
from digitpad.engine.fields import Fields
from digitpad.engine.messages import Content
from digitpad.nets.spec.open_choices import (
    FITS,
    LARGEST_SIDE,
    MOST_OUTPUTS,
    NOTHING_SAID,
    SMALLEST_SIDE,
    OpenChoices,
)
from digitpad.nets.spec.opening_questions import Examination, FeedingTrial, Option, Question

_PATH_LENGTH = 8192
_TITLE_LENGTH, _TEXT_LENGTH, _WORDS_LENGTH, _CLASS_LENGTH = 500, 1000, 5000, 100
_FURTHEST, _SMALLEST_STD = 1e6, 1e-6
_MOST_OPTIONS, _MOST_TRIALS, _MOST_IMAGES = 100, 200, 10_000_000


@dataclass(frozen=True)
class NetworkChoice:
    """Weights to open. net: a name of the catalogue, "file.py:Class", or "" where the file says;
    to examine them also "file.py" alone. choices: what is said of them beside."""

    weights: Path
    net: str = ""
    choices: OpenChoices = NOTHING_SAID


def encode_choice(choice: NetworkChoice) -> Content:
    """A network to open or to examine, as fields."""
    held = {**asdict(choice.choices), "classes": list(choice.choices.classes)}
    return {"weights": str(choice.weights), "net": choice.net, "choices": held}, b""


def decode_choice(fields: Fields, body: bytes) -> NetworkChoice:
    """A network to open or to examine; raises ProtocolError where it is not as expected."""
    weights = Path(fields.text("weights", _PATH_LENGTH, is_path=True))
    net = fields.text("net", _PATH_LENGTH, is_path=True)
    given = fields.part("choices", "what is said of a network")
    values: dict[str, Any] = {
        "mean": given.number_or_none("mean", -_FURTHEST, _FURTHEST),
        "std": given.number_or_none("std", -_FURTHEST, _FURTHEST),
        "side": given.integer_or_none("side", SMALLEST_SIDE, LARGEST_SIDE),
        "fit": given.text("fit"),
        "set": given.text("set", _TEXT_LENGTH, is_path=True),
        "classes": given.texts("classes", MOST_CLASSES, _CLASS_LENGTH),
        "dataset": given.text("dataset", _TEXT_LENGTH),
        "output": given.integer_or_none("output", 0, MOST_OUTPUTS - 1),
        "accepted": given.text("accepted", _TEXT_LENGTH),
    }
    given.end()
    fields.end()
    try:
        choices = OpenChoices(**values)
    except DigitpadError:
        raise fields.wrong("choices") from None
    if body:
        raise fields.wrong("body")
    return NetworkChoice(weights, net, choices)


def encode_examination(found: Examination) -> Content:
    """What was found out of a file, as fields; what is too long for a message, or no text, as a
    file or a reader's code may have it, is cut or written otherwise."""
    options = [
        {
            "value": one.value,
            "title": _plain(one.title, _TEXT_LENGTH),
            "about": _plain(one.about, _WORDS_LENGTH),
            "fits": one.fits,
        }
        for one in found.options[:_MOST_OPTIONS]
    ]
    fields = {
        "question": found.question.value,
        "options": options,
        "why": _plain(found.why, _WORDS_LENGTH),
        "title": _plain(found.title, _TITLE_LENGTH),
        "side": found.side,
        "classes": list(found.classes),
        "trials": [asdict(one) for one in found.trials[:_MOST_TRIALS]],
        "is_sure": found.is_sure,
    }
    return fields, b""


def _plain(text: str, longest: int) -> str:
    """A text as a message may hold it."""
    return text.encode(errors="backslashreplace").decode()[:longest]


def decode_examination(fields: Fields, body: bytes) -> Examination:
    """What was found out of a file; raises ProtocolError where it is not as expected."""
    found = Examination(
        question=fields.choice("question", Question),
        options=tuple(
            _option(one) for one in fields.objects("options", _MOST_OPTIONS, "an option")
        ),
        why=fields.text("why", _WORDS_LENGTH),
        title=fields.text("title", _TITLE_LENGTH),
        side=fields.integer("side", 1, LARGEST_SIDE),
        classes=fields.texts("classes", MOST_CLASSES, _CLASS_LENGTH),
        trials=tuple(_trial(one) for one in fields.objects("trials", _MOST_TRIALS, "a trial")),
        is_sure=fields.flag("is_sure"),
    )
    fields.end()
    if body:
        raise fields.wrong("body")
    return found


def _option(fields: Fields) -> Option:
    option = Option(
        fields.text("value", _PATH_LENGTH, is_path=True),
        fields.text("title", _TEXT_LENGTH),
        fields.text("about", _WORDS_LENGTH),
        fields.flag("fits"),
    )
    fields.end()
    return option


def _trial(fields: Fields) -> FeedingTrial:
    trial = FeedingTrial(
        mean=fields.number("mean", -_FURTHEST, _FURTHEST),
        std=fields.number("std", -_FURTHEST, _FURTHEST),
        fit=fields.text("fit"),
        dataset=fields.text("dataset", _TEXT_LENGTH),
        right=fields.integer("right", 0, _MOST_IMAGES),
        n=fields.integer("n", 1, _MOST_IMAGES),
    )
    fields.end()
    if abs(trial.std) < _SMALLEST_STD:
        raise fields.wrong("std")
    if trial.right > trial.n:
        raise fields.wrong("right")
    if trial.fit not in FITS:
        raise fields.wrong("fit")
    return trial
