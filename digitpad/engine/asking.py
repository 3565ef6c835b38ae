"""What the window wants to know, and in which order the recogniser is asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic

from digitpad.engine.messages import NETWORK
from digitpad.engine.requests import AnswerT, AskedT, Request, Turn


@dataclass(eq=False)
class Ask(Generic[AskedT, AnswerT]):
    """One thing that is asked.

    next: gives what to ask for now. answered: takes the role of the network that answered, and the
    answer. refused: takes why there is none. goes_on: is told how many milliseconds the answer took
    and gives whether there is more to ask, as for a batch; it comes before answered. is_wanted:
    False once a newer one took its place: its answers are dropped. deaths: how often the recogniser
    ended over it. is_put_off: it waits for what the recogniser still loads.
    """

    row: Request[AskedT, AnswerT]
    next: Callable[[], AskedT]
    answered: Callable[[str, AnswerT], None]
    refused: Callable[[str], None]
    role: str = NETWORK
    goes_on: Callable[[float], bool] = lambda elapsed_ms: False
    is_wanted: bool = True
    deaths: int = 0
    is_put_off: bool = False


@dataclass(eq=False)
class Sent(Generic[AskedT, AnswerT]):
    """An ask of which an answer is due. asked: what was asked, to check the answer against. roles:
    of the networks that have answered."""

    ask: Ask[AskedT, AnswerT]
    asked: AskedT
    roles: set[str] = field(default_factory=set)


@dataclass(eq=False)
class AskingOrder:
    """What waits to be asked, at most one of each kind: drawings first, then by Turn, then the one
    that has waited longest. What goes on gets its next turn behind those of its Turn.

    sent: what is under way, by its number; but for what is asked AT_ONCE, at most one.
    """

    sent: dict[int, Sent[Any, Any]] = field(default_factory=dict)
    _waiting: list[Ask[Any, Any]] = field(default_factory=list)
    _number: int = 0

    @property
    def busy(self) -> Sent[Any, Any] | None:
        """What is under way of that which is asked one at a time."""
        for one in self.sent.values():
            if one.ask.row.turn is not Turn.AT_ONCE:
                return one
        return None

    @property
    def is_opening(self) -> bool:
        """Whether a change of the recogniser itself is under way."""
        return any(one.ask.row.turn is Turn.AT_ONCE for one in self.sent.values())

    def waits(self, row: Request[Any, Any]) -> bool:
        """Whether one of a kind waits, or has more to ask."""
        return any(ask.row is row for ask in self._waiting)

    def put(self, ask: Ask[Any, Any]) -> None:
        """Have this asked when its turn comes; one of its kind that waits or is under way is not
        wanted any more, but for a drawing under way: its answer is shown until the newer comes."""
        for other in self._waiting:
            if other.row is ask.row:
                other.is_wanted = False
        busy = self.busy
        if busy is not None and busy.ask.row is ask.row and ask.row.turn is not Turn.DRAWING:
            busy.ask.is_wanted = False
        self._waiting = [other for other in self._waiting if other.row is not ask.row]
        self._waiting.append(ask)

    def drop(self, *turns: Turn) -> None:
        """What has such a turn is not wanted any more, whether it waits or is under way."""
        self._drop(lambda row: row.turn in turns)

    def drop_row(self, row: Request[Any, Any]) -> None:
        """What is of this kind is not wanted any more, whether it waits or is under way."""
        self._drop(lambda other: other is row)

    def _drop(self, is_meant: Callable[[Request[Any, Any]], bool]) -> None:
        for ask in (*self._waiting, *(one.ask for one in self.sent.values())):
            if is_meant(ask.row):
                ask.is_wanted = False
        self._waiting = [ask for ask in self._waiting if ask.is_wanted]

    def send(self, ask: Ask[Any, Any]) -> tuple[int, Any]:
        """This is asked now: gives the request's number, and what to ask."""
        self._number += 1
        asked = ask.next()
        self.sent[self._number] = Sent(ask, asked)
        return self._number, asked

    def next(self) -> Ask[Any, Any] | None:
        """What to ask for now, taken out of those that wait; None where one is under way still, or
        nothing waits. While the recogniser changes, only drawings are asked for: another network
        makes all else worthless."""
        if self.busy is not None:
            return None
        able = [
            ask
            for ask in self._waiting
            if not ask.is_put_off and (ask.row.turn is Turn.DRAWING or not self.is_opening)
        ]
        if not able:
            return None
        ask = min(able, key=lambda one: one.row.turn)
        self._waiting.remove(ask)
        return ask

    def finish(self, number: int, elapsed_ms: float = 0.0) -> None:
        """The last answer to a request came, after so long; what goes on waits for its next
        turn."""
        ask = self.sent.pop(number).ask
        ask.deaths = 0
        if ask.is_wanted and ask.goes_on(elapsed_ms):
            self._waiting.append(ask)

    def put_off(self, number: int) -> None:
        """A request cannot be met before the recogniser has loaded more: it waits for go_on()."""
        ask = self.sent.pop(number).ask
        if ask.is_wanted and not self.waits(ask.row):
            ask.is_put_off = True
            self._waiting.append(ask)

    def go_on(self) -> None:
        """What was put off can be asked again."""
        for ask in self._waiting:
            ask.is_put_off = False

    def end(self, most_deaths: int | None = None) -> list[Ask[Any, Any]]:
        """The recogniser ended: what was under way is asked again, unless it is no drawing and
        the recogniser has ended over it so often; gives those that are not. most_deaths: None
        where it was ended on purpose."""
        given_up = []
        put_off = [ask for ask in self._waiting if ask.is_put_off]
        self._waiting = [ask for ask in self._waiting if not ask.is_put_off]
        for ask in (*put_off, *(one.ask for one in self.sent.values())):
            ask.is_put_off = False
            if ask.row.turn is Turn.AT_ONCE or not ask.is_wanted:
                continue
            ask.deaths += most_deaths is not None
            if ask.row.turn is not Turn.DRAWING and ask.deaths == most_deaths:
                ask.is_wanted = False
                given_up.append(ask)
            elif not self.waits(ask.row):
                self._waiting.insert(0, ask)
        self.sent.clear()
        return given_up
