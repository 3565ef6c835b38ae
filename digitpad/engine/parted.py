"""Questions that are asked in parts, between which drawings are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

from digitpad.core.results import NetworkInfo
from digitpad.engine.asking import Ask
from digitpad.engine.conversation import Conversation
from digitpad.engine.messages import NETWORK
from digitpad.engine.rows import AnswerT, PartedRequest, ResultT
from digitpad.explain.part import Part, QuestionT

_CHUNK_MS = 80.0
_MOST_GROWTH = 4.0


class PartSizes:
    """How many items of each kind of question to ask for at once, by how long they took last, so
    that a drawing never waits much longer than _CHUNK_MS behind them."""

    def __init__(self) -> None:
        self._sizes: dict[str, float] = {}

    def of(self, parted: PartedRequest[Any, Any, Any], weight: float = 1.0) -> int:
        """How many to ask for next, of a question of this weight."""
        size = self._sizes.get(parted.row.name, parted.first_part)
        return max(1, int(size / weight))

    def learn(
        self,
        parted: PartedRequest[Any, Any, Any],
        count: int,
        elapsed_ms: float,
        weight: float = 1.0,
    ) -> None:
        """So many took so long; the next are at most a few times as many, since one quick part
        proves little."""
        fitting = min(_MOST_GROWTH * count, count * _CHUNK_MS / max(elapsed_ms, 1.0))
        self._sizes[parted.row.name] = max(1.0, fitting) * weight

    def forget(self) -> None:
        """Another network may be slower or faster."""
        self._sizes.clear()


class PartedAsk(Generic[QuestionT, AnswerT, ResultT]):
    """What is left to ask of a question, and the answers that came.

    ask: what the order of asking takes; its answers are put together and told once, at the end.
    """

    def __init__(
        self,
        parted: PartedRequest[QuestionT, AnswerT, ResultT],
        question: QuestionT,
        answered: Callable[[ResultT], None],
        refused: Callable[[str], None],
        info_of: Callable[[str], NetworkInfo],
        sizes: PartSizes,
        role: str = NETWORK,
    ) -> None:
        """info_of: gives the description of the network in a role. There is at least one item."""
        self._parted, self._question = parted, question
        self._answered, self._info_of, self._sizes = answered, info_of, sizes
        self._count = parted.count(question)
        self._weight = parted.weight(question)
        self._done = 0
        self._asked = 0
        self._answers: list[AnswerT] = []
        self.ask: Ask[Part[QuestionT], AnswerT] = Ask(
            parted.row, self._next, self._take, refused, role, self._goes_on
        )

    def _next(self) -> Part[QuestionT]:
        self._asked = min(self._count, self._done + self._sizes.of(self._parted, self._weight))
        return Part(self._question, self._done, self._asked)

    def _goes_on(self, elapsed_ms: float) -> bool:
        self._sizes.learn(self._parted, self._asked - self._done, elapsed_ms, self._weight)
        self._done = self._asked
        return self._done < self._count

    def _take(self, role: str, answer: AnswerT) -> None:
        self._answers.append(answer)
        if self._done >= self._count:
            info = self._info_of(role)
            self._answered(self._parted.assemble(self._question, self._answers, info))


class Explanations:
    """Asks for explanations, of each kind the newest only."""

    def __init__(self, conversation: Conversation, refused: Callable[[str], None]) -> None:
        """refused: takes why there is no answer, where nobody else is named."""
        self._conversation, self._refused = conversation, refused
        self._sizes = PartSizes()

    def ask(
        self,
        parted: PartedRequest[QuestionT, AnswerT, ResultT],
        question: QuestionT,
        answered: Callable[[ResultT], None],
        refused: Callable[[str], None] | None = None,
        role: str = NETWORK,
    ) -> None:
        """Ask a question in parts between the drawings.

        answered takes the whole answer, at once where there is no explanation; refused takes why
        the recogniser gives none. Neither is called where a newer question of this kind, stop() or
        another network came between. It is asked once a network is loaded, and goes on where it
        was when the process dies over it.
        """
        self.stop(parted)
        result = parted.refusal(question)
        if result is not None:
            answered(result)
            return
        infos = self._conversation.infos
        asked = PartedAsk(
            parted,
            question,
            answered,
            refused or self._refused,
            infos.__getitem__,
            self._sizes,
            role,
        )
        self._conversation.put(asked.ask)

    def stop(self, parted: PartedRequest[Any, Any, Any]) -> None:
        """The answer to a question of this kind is not wanted any more."""
        self._conversation.drop_row(parted.row)

    def forget_speed(self) -> None:
        """Another network may be slower or faster."""
        self._sizes.forget()
