"""What a weights file tells of its network: which it is, how it was trained, how well it reads.

A file keeps its record as texts by name. Here they are values, checked once; whoever holds a record
need not ask whether a number is one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _

TAUGHT = "taught"
"""The entry of a record that tells what a network was taught (teaching/versions.py)."""

MOST_CLASSES = 1000
_LONGEST_TEXT = 10_000
_LONGEST_CLASS = 100
_MOST_EXTRA = 200
_SHORT = 40


@dataclass(frozen=True)
class _Form:
    """How a field is written: parse gives its value, or None where the text makes no sense; write
    gives the text. is_vital: the network cannot be read with where it makes no sense."""

    parse: Callable[[str], Any]
    write: Callable[[Any], str]
    is_vital: bool = False


def _number(text: str) -> float | None:
    try:
        number = float(text) if len(text) <= _SHORT else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _within(low: float, high: float) -> Callable[[str], float | None]:
    def parse(text: str) -> float | None:
        number = _number(text)
        return number if number is not None and low <= number <= high else None

    return parse


def _scale(text: str) -> float | None:
    # Below 0 it turns ink and paper round.
    number = _number(text)
    return number if number is not None and 1e-6 <= abs(number) <= 1e6 else None


def _count(text: str) -> int | None:
    # int() takes digits of any script, and as many as there are.
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def _listed(separator: str) -> _Form:
    return _Form(lambda text: tuple(text.split(separator)), separator.join)


def _of(form: _Form, default: object = None) -> Any:
    return field(default=default, metadata={"form": form})


_TEXT = _Form(str, str)
_COUNT = _Form(_count, str)
_SHARE = _Form(_within(0, 1), "{:.4f}".format)
_SECONDS = _Form(_within(0, 1e9), "{:.0f}".format)


@dataclass(frozen=True)
class WeightsRecord:
    """The record of a weights file, its fields named as the file names them.

    Where the file tells nothing, or nothing that makes sense, a text is "", a tuple is empty and a
    number is None. network and recipe: names of the catalogue, as --net and --recipe take them.
    dataset: the name of the data set that the network belongs to, datasets: all that it learned
    from. classes: what the outputs stand for. mean and std: what digits in [0, 1] are shifted and
    scaled by. temperature: what the logits are divided by before the softmax. reject_energy: the
    energy below which a drawing is rejected. Accuracies and calibration errors are shares in [0,
    1], the latter before and after the temperature; test_n and validation_n: of how many pictures.
    best_epoch: the one whose weights these are. seconds: of training, drawing_seconds: of drawing
    synthetic handwriting. departures: what the run did otherwise than its page. extra: all else
    that the file holds, as it stands there.
    """

    network: str = _of(_TEXT, "")
    recipe: str = _of(_TEXT, "")
    dataset: str = _of(_TEXT, "")
    classes: tuple[str, ...] = _of(_listed(","), ())
    mean: float | None = _of(_Form(_within(-1e6, 1e6), str, is_vital=True))
    std: float | None = _of(_Form(_scale, str, is_vital=True))
    temperature: float | None = _of(_Form(_within(1e-3, 1e3), "{:.4f}".format, is_vital=True))
    reject_energy: float | None = _of(_Form(_within(-1e6, 1e6), "{:.4f}".format, is_vital=True))
    test_accuracy: float | None = _of(_SHARE)
    test_n: int | None = _of(_COUNT)
    validation_accuracy: float | None = _of(_SHARE)
    validation_n: int | None = _of(_COUNT)
    calibration_error_before: float | None = _of(_SHARE)
    calibration_error: float | None = _of(_SHARE)
    datasets: tuple[str, ...] = _of(_listed(", "), ())
    seed: int | None = _of(_COUNT)
    epochs: int | None = _of(_COUNT)
    best_epoch: int | None = _of(_COUNT)
    batch: int | None = _of(_COUNT)
    precision: str = _of(_TEXT, "")
    torch: str = _of(_TEXT, "")
    device: str = _of(_TEXT, "")
    seconds: float | None = _of(_SECONDS)
    drawing_seconds: float | None = _of(_SECONDS)
    date: str = _of(_TEXT, "")
    command: str = _of(_TEXT, "")
    departures: str = _of(_TEXT, "")
    extra: Mapping[str, str] = field(default_factory=dict)
    # The file's own spelling of what was parsed, so that a record is written again as it was.
    _spelling: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_metadata(cls, metadata: Mapping[str, str], whose: object = "") -> WeightsRecord:
        """The record in a file's texts by name; whose: the file, for what is said of errors.

        A number for people, such as an accuracy or an epoch, is None where it makes no sense.
        Raises DigitpadError where the network could not be read with by what stands there: a mean,
        std, temperature or reject_energy that is no number or far from any use, more than
        MOST_CLASSES classes, and texts of over 10,000 characters. An empty mapping gives a record
        that tells nothing.
        """
        whose = whose or _("the record")
        values: dict[str, Any] = {}
        for name, form in _FORMS.items():
            text = metadata.get(name, "")
            if len(text) > _LONGEST_TEXT:
                raise DigitpadError(
                    _(
                        "{whose}: its {name} has {n:,} characters, more than the {most:,} "
                        "that are read; take another file"
                    ).format(whose=whose, name=name, n=len(text), most=_LONGEST_TEXT)
                )
            if text or (form.is_vital and name in metadata):
                values[name] = form.parse(text)
                if form.is_vital and values[name] is None:
                    raise DigitpadError(
                        _(
                            "{whose}: its {name} is {text!r}, no usable number; take another file"
                        ).format(whose=whose, name=name, text=text[:_SHORT])
                    )
        _check_classes(values.get("classes", ()), whose)
        extra = {
            name: text
            for name, text in metadata.items()
            if name not in _FORMS and len(name) + len(text) <= _LONGEST_TEXT
        }
        return cls(
            **values,
            extra=dict(list(extra.items())[:_MOST_EXTRA]),
            _spelling={name: metadata[name] for name in values},
        )

    def as_metadata(self) -> dict[str, str]:
        """The texts by name that a file keeps: what was read from one is spelled as it was there;
        what tells nothing is left out."""
        found = {}
        for name, form in _FORMS.items():
            value, spelled = getattr(self, name), self._spelling.get(name)
            if spelled is not None and form.parse(spelled) == value:
                found[name] = spelled
            elif value not in (None, "", ()):
                found[name] = form.write(value)
        return {**found, **self.extra}


_FORMS: dict[str, _Form] = {
    one.name: one.metadata["form"] for one in fields(WeightsRecord) if "form" in one.metadata
}


def _check_classes(classes: tuple[str, ...], whose: object) -> None:
    if len(classes) > MOST_CLASSES or any(len(name) > _LONGEST_CLASS for name in classes):
        raise DigitpadError(
            _(
                "{whose}: it names {n:,} classes, where at most {most_classes:,} of at "
                "most {longest_class} characters are read; take another file"
            ).format(
                whose=whose, n=len(classes), most_classes=MOST_CLASSES, longest_class=_LONGEST_CLASS
            )
        )
