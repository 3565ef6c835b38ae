"""Requests on their way to the recogniser, and the answers that come back for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer

from digitpad.core.results import NetworkInfo
from digitpad.engine.asking import Ask, AskingOrder
from digitpad.engine.fields import Fields
from digitpad.engine.messages import LATER, NETWORK, REFUSED, Message, ProtocolError, encode
from digitpad.engine.process import RecognizerProcess
from digitpad.engine.requests import AnswerT, AskedT, Request, Turn

START_TIMEOUT_MS = 180_000
ANSWER_TIMEOUT_MS = 2_500
_SLOWER_BY = 20
_LONGEST_REASON = 20_000


class Conversation:
    """Sends one request after the other, and gives each answer to whom it belongs.

    infos: the networks that are open, by their role; nothing is asked for before there is one that
    answers.
    """

    def __init__(self, process: RecognizerProcess, awaiting: Callable[[str], None]) -> None:
        """awaiting: takes what waits for PyTorch, in a sentence, when something begins to."""
        self._process, self._awaiting = process, awaiting
        self._order = AskingOrder()
        self._since_sent = QElapsedTimer()
        self._last_ms = 0.0
        self._is_measured = False
        self.infos: dict[str, NetworkInfo] = {}

    @property
    def is_open(self) -> bool:
        """Whether there is a network that answers."""
        return NETWORK in self.infos

    def put(self, ask: Ask[Any, Any]) -> None:
        """Have this asked when its turn comes."""
        self._order.put(ask)
        self.go_on()

    def at_once(
        self,
        row: Request[AskedT, AnswerT],
        asked: AskedT,
        role: str,
        answered: Callable[[str, AnswerT], None],
        refused: Callable[[str], None],
    ) -> None:
        """Ask this now, whatever is under way."""
        self._is_measured = False
        self._send(Ask(row, lambda: asked, answered, refused, role))

    def drop(self, *turns: Turn) -> None:
        """Nothing is wanted any more that has such a turn."""
        self._order.drop(*turns)

    def drop_row(self, row: Request[Any, Any]) -> None:
        """Nothing of this kind is wanted any more."""
        self._order.drop_row(row)

    def go_on(self) -> None:
        """Ask for what is due, if anything is."""
        ask = self._order.next() if self.is_open else None
        if ask is not None:
            self._since_sent.start()
            self._is_measured = not self._order.is_opening
            self._send(ask)

    def is_reading_drawing(self) -> bool:
        """Whether the answer to a drawing is due."""
        busy = self._order.busy
        return busy is not None and busy.ask.row.turn is Turn.DRAWING

    def forget_speed(self) -> None:
        """Another network may be slower or faster."""
        self._last_ms = 0.0

    def take_over(self, role: str, info: NetworkInfo) -> None:
        """The network in a role is computed otherwise from now on; raises ProtocolError where it is
        another one."""
        before = self.infos.get(role)
        if before is None or (before.layers, before.classes) != (info.layers, info.classes):
            raise ProtocolError("a network was taken over that was not there")
        self.infos[role] = info
        self._last_ms = 0.0

    def take_up(self) -> None:
        """What was put off is asked again."""
        self._order.go_on()
        self.go_on()

    def expect(self) -> None:
        """Have the process wait for as long as what is under way may take; not at all where
        nothing is."""
        if not self.is_open or self._order.is_opening:
            self._process.expect(START_TIMEOUT_MS)
        elif self._order.busy is not None:
            # A network that is slow, or a machine that is busy, gets more time than it took last.
            self._process.expect(max(ANSWER_TIMEOUT_MS, int(_SLOWER_BY * self._last_ms)))
        else:
            self._process.expect_nothing()

    def end(self, most_deaths: int | None = None) -> list[Ask[Any, Any]]:
        """The recogniser is gone; what was under way is asked of the next one, but for those
        returned, over which it has ended so often."""
        self.infos.clear()
        self._last_ms = 0.0
        return self._order.end(most_deaths)

    def take(self, message: Message, fields: Fields) -> None:
        """Take an answer; raises ProtocolError where none like it is due."""
        sent = self._order.sent.get(message.request)
        if sent is None or message.kind not in (sent.ask.row.name, REFUSED, LATER):
            raise ProtocolError("an answer to no question came")
        if message.kind == LATER:
            self._put_off(message, sent.ask, reason(fields))
            return
        ask, row, role = sent.ask, sent.ask.row, message.role
        is_due = role in self.infos if row.of_each else role == ask.role and not message.more
        if not is_due or role in sent.roles:
            raise ProtocolError("an answer came of a network that was not asked")
        sent.roles.add(role)
        answer, why = None, None
        if message.kind == REFUSED:
            why = reason(fields)
        else:
            info = self.infos.get(role, self.infos[NETWORK])
            answer = row.decode_answer(fields, message.body, sent.asked, info)
        is_change = row.turn is Turn.AT_ONCE
        if not message.more:
            self._finish(message.request, is_change)
        if ask.is_wanted:
            if why is None:
                ask.answered(role, answer)
            else:
                ask.refused(why)
        if is_change:
            self.expect()
            self.go_on()

    def _put_off(self, message: Message, ask: Ask[Any, Any], why: str) -> None:
        """It takes PyTorch. What changes the recogniser is answered in time; what else is asked
        would keep drawings waiting."""
        if ask.row.of_each or message.role != ask.role or message.more:
            raise ProtocolError("an answer was put off that cannot be")
        if ask.row.turn is not Turn.AT_ONCE:
            self._order.put_off(message.request)
            self.expect()
            self.go_on()
        self._awaiting(why)

    def _finish(self, request: int, is_change: bool) -> None:
        elapsed_ms = self._since_sent.nsecsElapsed() / 1e6
        if not is_change and self._is_measured:
            self._last_ms = elapsed_ms
        self._order.finish(request, elapsed_ms)
        if not is_change:
            # The process goes on with the next while the window shows this one.
            self.expect()
            self.go_on()

    def _send(self, ask: Ask[Any, Any]) -> None:
        number, asked = self._order.send(ask)
        self._process.write(encode(ask.row.name, number, ask.row.encode(asked), ask.role))
        self.expect()


def reason(fields: Fields) -> str:
    """What a refusal or a failure says; raises ProtocolError where it says nothing."""
    message = fields.text("message", _LONGEST_REASON, is_path=True)
    fields.end()
    return message.encode(errors="backslashreplace").decode()
