"""How a network is named on the command line; nothing here needs torch."""

from __future__ import annotations

from pathlib import Path

from digitpad.core.errors import DigitpadError


def own_module(net: str) -> tuple[Path, str] | None:
    """The file and the class that "net.py:MyLeNet5" names; None for a name of the table and for "".

    Raises DigitpadError where a file is named without a class in it.
    """
    if ":" not in net and not net.endswith(".py"):
        return None
    file, _, name = net.rpartition(":")
    if not file or not name.isidentifier():
        raise DigitpadError(
            f"--net {net[:200]} should name a file and a class in it, as in --net net.py:MyLeNet5"
        )
    return Path(file), name
