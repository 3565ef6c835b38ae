"""What a reader's Python file defines, where it cannot be run whole.

Many a script loads its data, which is not here, before it comes to its network, or needs a package
that is not installed. Its imports, classes, functions and assignments are then run one by one, and
those that fail are left out.
"""

from __future__ import annotations
import __future__

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from torch import nn

from digitpad.nets.files.holding_back import Training

_KEPT = (
    ast.Import,
    ast.ImportFrom,
    ast.ClassDef,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Assign,
    ast.AnnAssign,
    ast.If,
    ast.Try,
)
_TRAINERS = ("lightning", "lightning.pytorch", "pytorch_lightning")


class _LightningModule(nn.Module):
    """Stands in for Lightning's, of which a network alone needs nothing more than PyTorch's."""

    def save_hyperparameters(self, *_: Any, **__: Any) -> None:
        """What a run was made with is of no use here."""

    def log(self, *_: Any, **__: Any) -> None:
        """Nothing is written down."""


class _Package(ModuleType):
    """Stands in for Lightning where it is not installed: whatever is asked of it but its module is
    a class that does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "LightningModule":
            return _LightningModule
        return sys.modules.get(f"{self.__name__}.{name}") or type(name, (), {})


def run_definitions(module: ModuleType, source: bytes, file: str) -> None:
    """Run the definitions in a program's source within a module; what fails is left out. Raises
    SyntaxError where the source is no Python."""
    statements = ast.parse(source, file).body
    flags = 0
    with _trainers_stood_in():
        for statement in statements:
            if not isinstance(statement, _KEPT):
                continue
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                flags |= sum(getattr(__future__, one.name).compiler_flag for one in statement.names)
                continue
            code = compile(
                ast.Module([statement], []), file, "exec", flags=flags, dont_inherit=True
            )
            try:
                exec(code, vars(module))
            except (Exception, SystemExit, Training):
                continue


@contextmanager
def _trainers_stood_in() -> Iterator[None]:
    """While it lasts, Lightning can be imported where it is not installed."""
    added = []
    for name in _TRAINERS:
        if name.partition(".")[0] not in sys.modules or name.partition(".")[0] in added:
            try:
                __import__(name)
            except ImportError:
                sys.modules[name] = _Package(name)
                added.append(name)
    try:
        yield
    finally:
        for name in added:
            sys.modules.pop(name, None)
