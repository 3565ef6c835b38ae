"""What in a reader's Python file may make a network."""

from __future__ import annotations

import inspect
import re
import time
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType

from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.nets.files.holding_back import held_back
from digitpad.nets.files.own_module import PATIENCE_S, OwnProgram, run_program

_MOST = 30
_NETWORK = r"(net|model|cnn|mlp|lenet)\w{0,3}"
_MAKING = re.compile(
    rf"(build|make|create|get|define|new|init)_?\w*{_NETWORK}|{_NETWORK}", re.IGNORECASE
)
"""What functions that make a network are called; others are not tried, since they may train one."""


@dataclass(frozen=True)
class Maker:
    """Something in a program that may make a network. module: what it makes, or None where it
    fails, which failure tells in a line. is_lazy: its sizes come with the first input."""

    name: str
    module: nn.Module | None
    failure: str = ""
    is_lazy: bool = False


def makers_of(file: Path) -> list[Maker]:
    """The classes of torch.nn.Module in a program, the modules that it has made, and the functions
    that make one by their names; those of the file itself before what it imports.

    The program is run for it, and each is tried. Raises DigitpadError where it cannot be run, and
    has made none of these before it failed.
    """
    module, failure = run_program(file)
    found = {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("__") and _may_make(value, name, module.__name__)
    }
    if not found and failure is not None:
        raise failure
    until = time.monotonic() + PATIENCE_S
    own = {name: one for name, one in found.items() if _is_of(one, module.__name__)}
    return [
        _made(OwnProgram(file, name, one), until)
        for name, one in list((own or found).items())[:_MOST]
    ]


def _may_make(value: object, name: str, home: str) -> bool:
    if isinstance(value, type):
        return issubclass(value, nn.Module) and not value.__module__.startswith("torch.nn")
    if isinstance(value, FunctionType):
        is_named = _MAKING.fullmatch(name) is not None
        return is_named and value.__module__ == home and _takes_nothing(value)
    # A loss is a module too, but has no weights.
    return isinstance(value, nn.Module) and any(True for _ in value.parameters())


def _takes_nothing(function: FunctionType) -> bool:
    """Whether it can be called without arguments."""
    kinds = inspect.Parameter
    return all(
        one.default is not kinds.empty or one.kind in (kinds.VAR_POSITIONAL, kinds.VAR_KEYWORD)
        for one in inspect.signature(function).parameters.values()
    )


def _is_of(one: object, home: str) -> bool:
    """Whether it was written in the file itself, rather than imported into it."""
    return isinstance(one, nn.Module) or getattr(one, "__module__", "") == home


def _made(program: OwnProgram, until: float) -> Maker:
    if time.monotonic() > until:
        return Maker(program.name, None, _("was not tried, since those before it took too long"))
    try:
        with held_back():
            module = program.build()
    except DigitpadError as error:
        whose = _("{name} of {file}").format(name=program.name, file=program.file)
        return Maker(program.name, None, str(error).removeprefix(whose).lstrip())
    every = [*module.parameters(), *module.buffers()]
    return Maker(program.name, module, is_lazy=any(nn.parameter.is_lazy(one) for one in every))
