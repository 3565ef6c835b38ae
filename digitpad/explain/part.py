"""A part of a question; alone, since the window needs it before it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

QuestionT = TypeVar("QuestionT")


@dataclass(frozen=True, eq=False)
class Part(Generic[QuestionT]):
    """A part of what a question takes: the items from first on, last excluded. What an item is, is
    the question's affair: an interval, or a changed digit that is read."""

    question: QuestionT
    first: int
    last: int
