"""The networks that Digitpad trains, opens and shows, by name; nothing here needs torch.

A new network is one entry in a module of this package: its layers and recipes in a Network. Its
module, its figure in the window, its recipe and its page in the documentation follow from it.
"""

from __future__ import annotations

import re
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _
from digitpad.nets.spec.catalogue import convnets, d2l, lenet5, lenet5_1998
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.plain_row import plain_row

NETWORKS: dict[str, Network] = {
    entry.name: entry
    for entry in (*lenet5.ENTRIES, *convnets.ENTRIES, *lenet5_1998.ENTRIES, *d2l.ENTRIES)
}
"""By name, the default first, then in the order of the tutorials."""

TUTORIALS = {
    "000": N_("LeNet-5 in PyTorch, step by step (CSDN)"),
    "001": N_("Convolutional networks so that everyone understands them"),
    "002": N_("Handwritten digits with a convolutional network"),
    "003": N_("CNN day 5: the classic LeNet-5"),
    "004": N_("Dive into Deep Learning: CNNs in detail (Tencent Cloud)"),
}
"""The titles of the five tutorials, in English, by the numbers that Network.tutorial names."""


def network_named(name: str) -> Network:
    """The network of that name; raises DigitpadError, naming those that there are, for another
    name."""
    try:
        return NETWORKS[name]
    except KeyError:
        known = ", ".join(NETWORKS)
        raise DigitpadError(
            _("there is no network named {name!r}; known: {known}").format(
                name=name[:40], known=known
            )
        ) from None


def check_belongs(weights: Path, name: str, net: str) -> None:
    """Raise DigitpadError where a file's record names another network than net does; "" names
    none."""
    if net and name != net:
        raise DigitpadError(
            _("{weights} belongs to the network {name!r}, not to {net!r}; leave --net away").format(
                weights=weights, name=name[:40], net=net
            )
        )


def own_class(net: str) -> tuple[Path, str] | None:
    """The file and the class that "net.py:MyLeNet5" names; None for a name of the table, for a row
    of layers (plain_row.py) and for "".

    Raises DigitpadError where a file is named without a class in it.
    """
    if (":" not in net and not net.endswith(".py")) or plain_row(net) is not None:
        return None
    file, _colon, name = net.rpartition(":")
    if not file or not name.isidentifier():
        raise DigitpadError(
            _(
                "--net {net} should name a file and a class in it, as in --net net.py:MyLeNet5"
            ).format(net=net[:200])
        )
    return Path(file), name


_PARTS = (
    N_("second answer"),
    N_("third answer"),
    N_("the paper that it explains"),
    N_("exercise 1"),
    N_("exercise 2.1"),
    N_("exercise 2.2"),
    N_("exercise 2.3"),
    N_("exercise 2.4"),
    N_("exercise 2.5"),
    N_("exercise 3"),
)


def tutorial_words(tutorial: str) -> str:
    """The same as tutorial_title in the language that was chosen."""
    number, _comma, part = tutorial.partition(", ")
    if number not in TUTORIALS:
        return _(tutorial)
    title = _(TUTORIALS[number])
    return _("{tutorial}, {part}").format(tutorial=title, part=_(part)) if part else title


def tutorial_title(tutorial: str) -> str:
    """What a person calls the tutorial of a network.

    tutorial: a number, as "004", or the whole of Network.tutorial, as "004, exercise 1"; each
    number in it becomes its title. What names no tutorial of TUTORIALS stays as it is; "" gives "".
    """
    return re.sub(r"\d{3}", lambda number: TUTORIALS.get(number[0], number[0]), tutorial)
