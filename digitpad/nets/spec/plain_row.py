"""A network of which only the shapes of its weights are known, and what they are most likely joined
by: a plain row of convolutions and fully connected layers. Needs no torch."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _

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


_JOINED = {
    ("max", False): N_("{activation} and max pooling"),
    ("max", True): N_("{activation} and max pooling after the last"),
    ("average", False): N_("{activation} and average pooling"),
    ("average", True): N_("{activation} and average pooling after the last"),
}


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
        if not self.paddings:
            return _("Layers with {words}").format(words=self.words)
        if self.side == 28:
            return _("Convolutions with {words}").format(words=self.words)
        return _("Convolutions with {words}, {side} × {side}").format(
            words=self.words, side=self.side
        )

    @property
    def words(self) -> str:
        """What its layers are joined by."""
        activation = _WORDS[self.activation]
        if self.place == "none":
            return activation
        is_last = self.place == "last" and len(self.paddings) > 1
        joined = _JOINED[self.pooling, is_last]
        return _(joined).format(activation=activation)


def plain_row(net: str) -> PlainRow | None:
    """The row that net names; None where it names none. Raises DigitpadError where it begins as one
    and is none."""
    if not net.startswith(_PREFIX):
        return None
    found = _FORM.fullmatch(net)
    if found is None:
        raise DigitpadError(
            _("{net!r} is no row of layers; open the file once more").format(net=net[:80])
        )
    activation, pooling, place, side, paddings = found.groups()
    numbers = tuple(int(one) for one in paddings.split("-")) if paddings else ()
    return PlainRow(activation, pooling, place, int(side), numbers)
