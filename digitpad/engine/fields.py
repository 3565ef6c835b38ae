"""The fields of a message, each checked for its type, length and range as it is read."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from digitpad.engine.messages import ProtocolError

Chosen = TypeVar("Chosen", bound=Enum)
Read = TypeVar("Read")

_TEXT_LENGTH = 500


class Fields:
    """The fields of one JSON object that came over the pipe.

    Each method reads the field of a name and raises ProtocolError, with what the object is and the
    field's name, where it is missing or is not what it should be.
    """

    def __init__(self, values: object, what: str) -> None:
        """what: the object in words, such as "the answer to a digit"."""
        self._what = what
        if not isinstance(values, dict):
            raise ProtocolError(f"{what} is not as expected: it is no object")
        self._values: dict[str, Any] = values
        self._unread = set(values)

    def wrong(self, name: str) -> ProtocolError:
        """The error that says which field is not as expected."""
        return ProtocolError(f"{self._what} is not as expected: its {name}")

    def end(self) -> None:
        """Raises ProtocolError where there are fields that were not read."""
        if self._unread:
            raise self.wrong(f"unknown {min(map(str, self._unread))[:40]!r}")

    def text(self, name: str, longest: int = _TEXT_LENGTH, is_path: bool = False) -> str:
        """A text of at most so many characters; is_path: of a file, in whose name any bytes may
        be."""
        return self._checked(name, _text(longest, is_path))

    def flag(self, name: str) -> bool:
        """True or False."""
        return self._checked(name, _flag)

    def integer(self, name: str, low: int, high: int) -> int:
        """A whole number from low to high."""
        return self._checked(name, _whole(low, high))

    def number(self, name: str, low: float, high: float) -> float:
        """A finite number from low to high."""
        return self._checked(name, _finite(low, high))

    def number_or_none(self, name: str, low: float = -1e30, high: float = 1e30) -> float | None:
        """A finite number from low to high, or None; without ends one that float32 can hold."""
        given = self._take(name)
        return None if given is None else _or_wrong(self, name, _finite(low, high), given)

    def integer_or_none(self, name: str, low: int, high: int) -> int | None:
        """A whole number from low to high, or None."""
        given = self._take(name)
        return None if given is None else _or_wrong(self, name, _whole(low, high), given)

    def choice(self, name: str, kinds: type[Chosen]) -> Chosen:
        """A member of an enum by its value."""
        value = self.text(name)
        for member in kinds:
            if member.value == value:
                return member
        raise self.wrong(name)

    def texts(self, name: str, most: int, longest: int = _TEXT_LENGTH) -> tuple[str, ...]:
        """At most so many texts, each of at most so many characters."""
        return self._list(name, most, _text(longest, False))

    def integers(self, name: str, most: int, low: int, high: int) -> tuple[int, ...]:
        """At most so many whole numbers from low to high."""
        return self._list(name, most, _whole(low, high))

    def rows(self, name: str, most: int, longest: int, high: int) -> tuple[tuple[int, ...], ...]:
        """At most so many rows of at most so many whole numbers from 0 to high."""

        def row(given: object) -> tuple[int, ...]:
            if not isinstance(given, list) or len(given) > longest:
                raise ValueError
            return tuple(_whole(0, high)(one) for one in given)

        return self._list(name, most, row)

    def objects(self, name: str, most: int, what: str) -> tuple[Fields, ...]:
        """At most so many objects; what: each of them in words."""
        return self._list(name, most, lambda given: Fields(given, what))

    def part(self, name: str, what: str) -> Fields:
        """An object; what: it in words."""
        return Fields(self._take(name), what)

    def object_or_none(self, name: str, what: str) -> Fields | None:
        """An object, or None."""
        given = self._take(name)
        return None if given is None else Fields(given, what)

    def mapping(self, name: str, most: int, longest: int) -> dict[str, str]:
        """At most so many texts by name."""
        given = self._take(name)
        if not isinstance(given, dict) or len(given) > most:
            raise self.wrong(name)
        check = _text(longest, True)
        return {
            _or_wrong(self, name, check, key): _or_wrong(self, name, check, value)
            for key, value in given.items()
        }

    def _take(self, name: str) -> Any:
        if name not in self._values:
            raise self.wrong(f"missing {name}")
        self._unread.discard(name)
        return self._values[name]

    def _checked(self, name: str, check: Callable[[object], Read]) -> Read:
        return _or_wrong(self, name, check, self._take(name))

    def _list(self, name: str, most: int, check: Callable[[object], Read]) -> tuple[Read, ...]:
        given = self._take(name)
        if not isinstance(given, list) or len(given) > most:
            raise self.wrong(name)
        return tuple(_or_wrong(self, name, check, one) for one in given)


def floats(
    body: bytes, shapes: tuple[tuple[int, ...], ...], what: str
) -> list[npt.NDArray[np.float32]]:
    """A body's float32 arrays of these shapes, one behind the other; raises ProtocolError where
    they are not all that the body holds. The arrays can be read only."""
    counts = [math.prod(shape) for shape in shapes]
    if len(body) != 4 * sum(counts):
        raise ProtocolError(f"{what} is not as expected: it has {len(body):,} bytes")
    numbers = np.frombuffer(body, "<f4").astype(np.float32, copy=False)
    found, at = [], 0
    for shape, count in zip(shapes, counts, strict=True):
        found.append(numbers[at : at + count].reshape(shape))
        at += count
    return found


def bytes_of(*arrays: npt.ArrayLike) -> bytes:
    """The body that floats() reads."""
    return b"".join(np.ascontiguousarray(array, dtype="<f4").tobytes() for array in arrays)


def _or_wrong(fields: Fields, name: str, check: Callable[[object], Read], given: object) -> Read:
    try:
        return check(given)
    except ValueError:
        raise fields.wrong(name) from None


def _text(longest: int, is_path: bool) -> Callable[[object], str]:
    def check(given: object) -> str:
        if not isinstance(given, str) or len(given) > longest:
            raise ValueError
        if not is_path and any("\ud800" <= one <= "\udfff" for one in given):
            raise ValueError  # no character, and nothing that can be shown
        return given

    return check


def _flag(given: object) -> bool:
    if not isinstance(given, bool):
        raise ValueError
    return given


def _whole(low: int, high: int) -> Callable[[object], int]:
    def check(given: object) -> int:
        if type(given) is not int or not low <= given <= high:
            raise ValueError
        return given

    return check


def _finite(low: float, high: float) -> Callable[[object], float]:
    def check(given: object) -> float:
        if type(given) not in (int, float):
            raise ValueError
        assert isinstance(given, int | float)
        # Of NaN this is not true, and the ends are finite.
        if not low <= given <= high:
            raise ValueError
        return float(given)

    return check
