"""What the recogniser says without being asked: that PyTorch computes from now on, or cannot."""

from __future__ import annotations

from collections.abc import Callable

from digitpad.core.results import NetworkInfo
from digitpad.engine.conversation import Conversation
from digitpad.engine.descriptions import decode_info
from digitpad.engine.fields import Fields
from digitpad.engine.messages import GO_ON, TAKEN_OVER, Message


class Takeover:
    """Hears of networks that are taken over, and has asked again what was put off."""

    def __init__(
        self,
        conversation: Conversation,
        taken_over: Callable[[str, NetworkInfo], None],
        awaiting: Callable[[str], None],
    ) -> None:
        """taken_over: takes the role of a network that is computed otherwise now, and what it is.
        awaiting: takes what waits for PyTorch: "", once that is there, or cannot be had."""
        self._conversation = conversation
        self._taken_over, self._awaiting = taken_over, awaiting

    def take(self, message: Message, fields: Fields) -> bool:
        """Take a message, where it is of these; returns whether it is. Raises ProtocolError where
        it is in a wrong form, or of a network that is not there."""
        if message.request != 0 or not self._conversation.is_open:
            return False
        if message.kind == TAKEN_OVER:
            info = decode_info(fields, message.body)
            self._conversation.take_over(message.role, info)
            self._taken_over(message.role, info)
        elif message.kind == GO_ON:
            fields.end()
            self._awaiting("")
            self._conversation.take_up()
        else:
            return False
        return True
