"""What a person says of a weights file that the file does not tell: how its network is fed, which
of its sets of weights is meant, what its outputs stand for.

It may be said by options, or in a record beside the file (best_model.pth.json beside
best_model.pth), and is remembered for that file. Nothing here needs torch.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, write_beside
from digitpad.core.languages import _
from digitpad.core.paths import user_folder
from digitpad.core.weights_record import MOST_CLASSES
from digitpad.nets.spec.catalogue import own_class
from digitpad.nets.spec.record import FILE_LIMIT_BYTES

SMALLEST_SIDE, LARGEST_SIDE = 8, 512
FITS = ("same", "pad", "resize")
MOST_OUTPUTS = 100
_WHOLE = ("side", "output")
_LIMIT_BYTES = 64 * 1024
_LONGEST_TEXT = 1000


@dataclass(frozen=True)
class OpenChoices:
    """What was said; what was not is None, "" or empty.

    mean and std: what digits in [0, 1] are shifted and divided by before the network takes them; a
    std below 0 turns ink and paper round, as mean 1 and std -1 do for 1 - x. side: of its input in
    pixels; fit: how a digit of 28 x 28 comes to that side: "pad" or "resize". set: the key of its
    weights in a checkpoint. classes: what its outputs stand for. dataset: the name of the data set
    that it belongs to. output: which of the tensors that it gives is its answer, counted from 0.
    accepted: where the feeding is a guess that a person was shown and took, the guess in words.
    """

    mean: float | None = None
    std: float | None = None
    side: int | None = None
    fit: str = ""
    set: str = ""
    classes: tuple[str, ...] = ()
    dataset: str = ""
    output: int | None = None
    accepted: str = ""

    def __post_init__(self) -> None:
        for name, low in (("mean", -1e6), ("std", -1e6)):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and low <= value <= 1e6):
                raise DigitpadError(
                    _(
                        "{name} {value} is no usable number; 0 and 1 leave pixels as they are"
                    ).format(name=name, value=value)
                )
        if self.std is not None and abs(self.std) < 1e-6:
            raise DigitpadError(_("std must not be 0: pixels are divided by it; 1 leaves them be"))
        if self.side is not None and not SMALLEST_SIDE <= self.side <= LARGEST_SIDE:
            raise DigitpadError(
                _("side {side} is not between {smallest_side} and {largest_side} pixels").format(
                    side=self.side, smallest_side=SMALLEST_SIDE, largest_side=LARGEST_SIDE
                )
            )
        if self.fit not in ("", *FITS):
            raise DigitpadError(
                _("fit {fit!r} is none of {fits}").format(fit=self.fit[:40], fits=", ".join(FITS))
            )
        if self.output is not None and not 0 <= self.output < MOST_OUTPUTS:
            raise DigitpadError(
                _("output {output} is not between 0 and {most_outputs}").format(
                    output=self.output, most_outputs=MOST_OUTPUTS - 1
                )
            )
        if len(self.classes) > MOST_CLASSES:
            raise DigitpadError(
                _("at most {most_classes:,} classes can be named").format(most_classes=MOST_CLASSES)
            )

    @property
    def says_feeding(self) -> bool:
        """Whether the shift or the scale of the input was said."""
        return self.mean is not None or self.std is not None

    def completed(self, by: OpenChoices) -> OpenChoices:
        """These, and what they do not say taken from others."""
        missing = {
            one.name: getattr(by, one.name)
            for one in fields(self)
            if getattr(self, one.name) in (None, "", ())
        }
        # A shift without its scale means another thing.
        if self.says_feeding:
            missing.pop("mean", None)
            missing.pop("std", None)
            missing.pop("accepted", None)
        return replace(self, **missing)

    def as_mapping(self) -> dict[str, Any]:
        """What was said, as JSON has it; what was not is left out."""
        every = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in every.items()
            if value not in (None, "", ())
        }


NOTHING_SAID = OpenChoices()


def feeding_words(mean: float, std: float) -> str:
    """What is done to pixels x in [0, 1] before a network takes them, as a person would write it:
    "0..1", "(x - 0.5) / 0.5", "255..0 (ink low)"."""
    pixel, shift, scale = ("x", mean, std) if std > 0 else ("1 - x", 1 - mean, -std)
    if math.isclose(shift, 0, abs_tol=1e-9) and math.isclose(scale, 1):
        return "0..1" if std > 0 else _("1..0 (ink low)")
    if math.isclose(shift, 0, abs_tol=1e-9) and math.isclose(scale, 1 / 255):
        return "0..255" if std > 0 else _("255..0 (ink low)")
    return f"({pixel} - {shift:.4g}) / {scale:.4g}"


def choices_from(held: object, whose: object) -> OpenChoices:
    """Choices out of what JSON held; names that are not of them are passed over.

    whose: the file, for errors. Raises DigitpadError where it is no object, or a value is of a
    wrong type or out of its range.
    """
    if not isinstance(held, Mapping):
        raise DigitpadError(
            _("{whose} holds no JSON object with mean, std ...; mend it").format(whose=whose)
        )
    values: dict[str, Any] = {}
    for name in ("mean", "std", *_WHOLE):
        value = held.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e9:
            raise DigitpadError(
                _("{whose}: its {name} is no usable number; mend it").format(whose=whose, name=name)
            )
        if name in _WHOLE and value != int(value):
            raise DigitpadError(
                _("{whose}: its {name} is no whole number; mend it").format(whose=whose, name=name)
            )
        values[name] = int(value) if name in _WHOLE else float(value)
    for name in ("fit", "set", "dataset", "accepted"):
        value = held.get(name, "")
        if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
            raise DigitpadError(
                _("{whose}: its {name} is no short text; mend it").format(whose=whose, name=name)
            )
        values[name] = value
    classes = held.get("classes", [])
    if not isinstance(classes, list) or not all(
        isinstance(one, str) and 0 < len(one) <= 100 and "," not in one for one in classes
    ):
        raise DigitpadError(
            _("{whose}: its classes are no list of short texts; mend it").format(whose=whose)
        )
    try:
        return OpenChoices(**values, classes=tuple(classes))
    except DigitpadError as error:
        raise DigitpadError(f"{whose}: {error}") from error


def record_beside(weights: Path) -> Path:
    """Where the record of a weights file lies that has none inside."""
    return weights.with_name(f"{weights.name}.json")


def choices_beside(weights: Path) -> OpenChoices:
    """What the record beside a weights file says, nothing where there is none; raises DigitpadError
    where it cannot be read or used."""
    path = record_beside(weights)
    try:
        is_there = path.is_file()
    except OSError:
        is_there = False
    return choices_from(_parsed(path), path) if is_there else NOTHING_SAID


@dataclass(frozen=True)
class Remembered:
    """What is known of a file from before: what was said of it, or guessed, and then the guess in
    words. is_usual: it is fed as the script does that it is likely from, which was tried out.
    """

    choices: OpenChoices = NOTHING_SAID
    guess: str = ""
    is_usual: bool = False

    def after(self, said: OpenChoices) -> Remembered:
        """What is known once this was said too."""
        choices = said.completed(self.choices)
        if said.says_feeding:
            return Remembered(choices)
        return replace(self, choices=choices)


def key_of(weights: Path, net: str) -> str:
    """What a weights file is remembered by, with net as open_weights takes it; raises DigitpadError
    where it cannot be read."""
    return key_of_content(read_limited(weights, FILE_LIMIT_BYTES), net)


def key_of_content(content: bytes, net: str) -> str:
    """The same for the whole content of the file: a digest of it, and of the program that net names
    with the network's name in it."""
    import hashlib  # here, so that the window opens sooner

    own = own_class(net)
    program = b"" if own is None else own[1].encode()
    if own is not None:
        with contextlib.suppress(DigitpadError):
            program += read_limited(own[0], FILE_LIMIT_BYTES)
    return hashlib.sha256(hashlib.sha256(content).digest() + program).hexdigest()[:32]


def recall(key: str) -> Remembered:
    """What is remembered of a file; nothing where nothing is, or where it makes no sense."""
    path = _place(key)
    try:
        if not path.is_file():
            return Remembered()
        held = _parsed(path)
        guess = held.get("guess", "") if isinstance(held, dict) else ""
        if not isinstance(guess, str) or len(guess) > _LONGEST_TEXT:
            guess = ""
        is_usual = isinstance(held, dict) and held.get("usual") is True
        return Remembered(choices_from(held, path), guess, is_usual)
    except (DigitpadError, OSError):
        return Remembered()


def remember(key: str, known: Remembered) -> None:
    """Keep this for the next time that the file is opened; where the user's folder cannot be
    written, it is found out, or has to be said, again."""
    with contextlib.suppress(DigitpadError):
        keep(key, known)


def keep(key: str, known: Remembered) -> None:
    """The same, but raises DigitpadError where the user's folder cannot be written."""
    held = known.choices.as_mapping()
    if known.guess:
        held["guess"] = known.guess
    if known.is_usual:
        held["usual"] = True
    write_beside(_place(key), json.dumps(held, indent=1).encode())


def _place(key: str) -> Path:
    return user_folder() / "opened" / f"{key}.json"


def _parsed(path: Path) -> object:
    content = read_limited(path, _LIMIT_BYTES)
    try:
        parsed: object = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise DigitpadError(
            _("{path} is not JSON; mend it or take it away").format(path=path)
        ) from error
    return parsed
