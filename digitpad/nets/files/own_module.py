"""A reader's own network, out of the reader's own file.

Running that file is what the reader asks for; nothing else that is not ours is ever run. What it
prints is dropped, and what does not come to an end is ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib.util
import io
import itertools
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from torch import nn

from digitpad.core.errors import DigitpadError

PATIENCE_S = 30.0

_numbers = itertools.count(1)


class _TooLong(BaseException):
    """Raised within code that takes too long; no Exception, so that what catches all errors lets
    it pass."""


class _Nowhere(io.TextIOBase):
    """Takes all that is printed."""

    def write(self, text: str) -> int:
        return len(text)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """While it lasts, nothing is printed, warned of or read from standard input by a reader's
    code."""
    keyboard, sys.stdin = sys.stdin, io.StringIO()
    try:
        with contextlib.redirect_stdout(_Nowhere()), warnings.catch_warnings():
            # Their remarks are for whoever wrote the code.
            warnings.simplefilter("ignore")
            yield
    finally:
        sys.stdin = keyboard


@contextlib.contextmanager
def limited(what: str) -> Iterator[None]:
    """While it lasts, Python code of a reader's that does not end is ended after PATIENCE_S, as
    a DigitpadError: what takes too long."""
    thread, is_over = threading.get_ident(), threading.Event()

    def watch() -> None:
        # Raised again and again, since the code may hold it up with an except of its own.
        pause = PATIENCE_S
        while not is_over.wait(pause):
            _raise_in(thread, _TooLong)
            pause = 0.1

    watcher = threading.Thread(target=watch, daemon=True)
    # What is raised within a destructor is lost and harms what it tidies up: garbage waits until
    # this is over.
    collects = gc.isenabled()
    gc.disable()
    watcher.start()
    try:
        try:
            yield
        finally:
            is_over.set()
            watcher.join()
            _raise_in(thread, None)
            if collects:
                gc.enable()
    except _TooLong as error:
        raise DigitpadError(
            f"{what} takes longer than {PATIENCE_S:g} seconds; does it train, or loop forever? Put "
            "what is not the network behind if __name__ == '__main__':"
        ) from error


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Have a thread raise an error before its next step in Python, or none after all."""
    raised = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def build_own(file: Path, name: str) -> nn.Module:
    """A module of the class of this name in a Python file, built without arguments.

    Raises DigitpadError where the file cannot be run, has no such class, or the class wants
    arguments or fails.
    """
    module = _run(file)
    made = getattr(module, name, None)
    if not (isinstance(made, type) and issubclass(made, nn.Module)):
        here = [
            key
            for key, value in vars(module).items()
            if isinstance(value, type) and issubclass(value, nn.Module)
        ]
        there_are = f"there are {', '.join(here[:8])}" if here else "there is none at all"
        raise DigitpadError(
            f"{file} has no network class {name}; {there_are} (classes of torch.nn.Module)"
        )
    try:
        with limited(f"building {name} of {file}"), quiet():
            built = made()
    except (DigitpadError, KeyboardInterrupt):
        raise
    except TypeError as error:
        if "argument" not in str(error):
            raise DigitpadError(
                f"{name} of {file} cannot be built ({brief(error)}); mend it"
            ) from error
        raise DigitpadError(
            f"{name} of {file} cannot be built without arguments ({brief(error)}); give them "
            "defaults, or add a class of its own that passes them"
        ) from error
    except BaseException as error:
        raise DigitpadError(
            f"{name} of {file} cannot be built ({brief(error)}); mend it"
        ) from error
    return built


def brief(error: BaseException) -> str:
    """An error in one line of limited length."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _run(file: Path) -> ModuleType:
    """The module that a file makes; its folder can be imported from while it runs."""
    if not file.is_file():
        raise DigitpadError(
            f"{file} is not there; --net takes a Python file and a class in it, as net.py:MyLeNet5"
        )
    name = f"_digitpad_own_{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise DigitpadError(
            f"{file} is no Python file; --net takes one that ends in .py, as net.py:MyLeNet5"
        )
    module = importlib.util.module_from_spec(spec)
    folder, before, writes_nothing = (
        str(file.resolve().parent),
        set(sys.modules),
        sys.dont_write_bytecode,
    )
    sys.path.insert(0, folder)
    sys.modules[name] = module
    # Nothing is left behind in the reader's folder.
    sys.dont_write_bytecode = True
    try:
        with limited(f"running {file}"), quiet():
            spec.loader.exec_module(module)
    except (DigitpadError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise DigitpadError(
            f"{file} cannot be run ({brief(error)}); mend it, or run it with python to see more"
        ) from error
    finally:
        sys.dont_write_bytecode = writes_nothing
        with contextlib.suppress(ValueError):
            sys.path.remove(folder)
        # Its neighbours go too: another folder may have others by the same names, and these may
        # change.
        for added in set(sys.modules) - before:
            if str(getattr(sys.modules[added], "__file__", None) or "").startswith(folder):
                del sys.modules[added]
    return module
