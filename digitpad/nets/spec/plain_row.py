"""A network of which only the shapes of its weights are known, and what they are most likely joined
by: a plain row of convolutions and fully connected layers. Needs no torch."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digitpad.core.errors import DigitpadError

ACTIVATIONS = ("relu", "tanh", "sigmoid")
POOLINGS = ("max", "average")
PLACES = ("every", "last", "none")
_PREFIX = "row:"
_WORDS = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid"}
_MOST_CONVOLUTIONS = 6
_FORM = re.compile(
    rf"{_PREFIX}({'|'.join(ACTIVATIONS)}),({'|'.join(POOLINGS)}),({'|'.join(PLACES)}),(28|32),"
    rf"((?:[0-9](?:-[0-9]){{0,{_MOST_CONVOLUTIONS - 1}}})?)"
)


@dataclass(frozen=True)
class PlainRow:
    """activation: after every layer but the last. pooling: of 2 x 2, after every convolution, after
    the last one or nowhere, as place says. side: of the input. paddings: of the convolutions, in
    their order; empty where there are none."""

    activation: str
    pooling: str
    place: str
    side: int
    paddings: tuple[int, ...]

    @property
    def net(self) -> str:
        """It in one word, as open_weights takes it for net."""
        paddings = "-".join(map(str, self.paddings))
        return f"{_PREFIX}{self.activation},{self.pooling},{self.place},{self.side},{paddings}"

    @property
    def title(self) -> str:
        """What a person calls it."""
        kind = "Convolutions" if self.paddings else "Layers"
        size = f", {self.side} × {self.side}" if self.paddings and self.side != 28 else ""
        return f"{kind} with {self.words}{size}"

    @property
    def words(self) -> str:
        """What its layers are joined by."""
        activation = _WORDS[self.activation]
        if self.place == "none":
            return activation
        where = " after the last" if self.place == "last" and len(self.paddings) > 1 else ""
        return f"{activation} and {self.pooling} pooling{where}"


def plain_row(net: str) -> PlainRow | None:
    """The row that net names; None where it names none. Raises DigitpadError where it begins as one
    and is none."""
    if not net.startswith(_PREFIX):
        return None
    found = _FORM.fullmatch(net)
    if found is None:
        raise DigitpadError(f"{net[:80]!r} is no row of layers; open the file once more")
    activation, pooling, place, side, paddings = found.groups()
    numbers = tuple(int(one) for one in paddings.split("-")) if paddings else ()
    return PlainRow(activation, pooling, place, int(side), numbers)
