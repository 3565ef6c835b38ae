"""A reader's own network, out of the reader's own file.

Running that file is what the reader asks for; nothing else that is not ours is ever run. What it
prints is dropped, and what does not come to an end is ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import importlib.util
import io
import itertools
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType

from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.core.languages import _
from digitpad.nets.files.definitions import run_definitions
from digitpad.nets.files.holding_back import Training, held_back

PATIENCE_S = 30.0
_LONGEST_PROGRAM = 10_000_000

_numbers = itertools.count(1)


class EndlessError(DigitpadError):
    """A reader's code did not come to an end in time."""


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
        with (
            contextlib.redirect_stdout(_Nowhere()),
            contextlib.redirect_stderr(_Nowhere()),
            warnings.catch_warnings(),
        ):
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
        raise EndlessError(
            _(
                "{what} takes longer than {n:g} seconds; does it train, or loop "
                "forever? Put what is not the network behind if __name__ == '__main__':"
            ).format(what=what, n=PATIENCE_S)
        ) from error


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Have a thread raise an error before its next step in Python, or none after all."""
    raised = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


@dataclass(frozen=True)
class OwnProgram:
    """A reader's Python file that was run, and what in it makes the network.

    notes: what a person should know of how it ran.
    """

    file: Path
    name: str
    made: object
    notes: tuple[str, ...] = ()

    def build(self) -> nn.Module:
        """The network: of a class or a function, a new one, made without arguments; of a module,
        that one.

        Raises DigitpadError where it wants arguments, fails, or makes no torch.nn.Module.
        """
        if isinstance(self.made, nn.Module):
            return self.made
        whose = _("{name} of {file}").format(name=self.name, file=self.file)
        assert callable(self.made)
        try:
            with limited(_("building {whose}").format(whose=whose)), quiet():
                built = self.made()
        except (DigitpadError, KeyboardInterrupt):
            raise
        except TypeError as error:
            if "argument" not in str(error):
                raise DigitpadError(
                    _("{whose} cannot be built ({why}); mend it").format(
                        whose=whose, why=brief(error)
                    )
                ) from error
            raise DigitpadError(
                _(
                    "{whose} cannot be built without arguments ({why}); give them defaults, "
                    "or add a line behind it, net = {name}(...), and name net in its place"
                ).format(whose=whose, why=brief(error), name=self.name)
            ) from error
        except BaseException as error:
            raise DigitpadError(
                _("{whose} cannot be built ({why}); mend it").format(whose=whose, why=brief(error))
            ) from error
        if not isinstance(built, nn.Module):
            raise DigitpadError(
                _("{whose} gives a {kind}, not a network (torch.nn.Module)").format(
                    whose=whose, kind=type(built).__name__
                )
            )
        return built


def run_program(file: Path) -> tuple[ModuleType, DigitpadError | None]:
    """Run a reader's Python file: the module that it makes, and why it did not come to its end, if
    it did not. Raises DigitpadError where there is no such file, or it is none of Python."""
    module, failure = _run(file)
    if failure is None or isinstance(failure, DigitpadError):
        return module, failure
    if not any(map(_is_maker, vars(module).values())):
        module, _error = _run(file, is_whole=False)
    return module, DigitpadError(
        _("{file} cannot be run ({told}); {advice}").format(
            file=file, told=_told(failure), advice=_advice(failure)
        )
    )


def run_own(file: Path, name: str) -> OwnProgram:
    """Run a reader's Python file, for what it calls by this name: a class of torch.nn.Module, a
    module, or a function that makes one.

    A file that fails once that is there is used as far as it came, which a note tells. Raises
    DigitpadError where the file cannot be run so far, or has nothing of that name.
    """
    module, failure = _run(file)
    made = getattr(module, name, None)
    if failure is not None and not _is_maker(made) and not isinstance(failure, EndlessError):
        module, _error = _run(file, is_whole=False)
        made = getattr(module, name, None)
        if _is_maker(made):
            return OwnProgram(file, name, made, (_in_parts(file, failure),))
    if failure is None or _is_maker(made):
        if not _is_maker(made):
            raise DigitpadError(
                _(
                    "{file} has no network class {name}; {classes} (classes of torch.nn.Module)"
                ).format(file=file, name=name, classes=_there_are(module))
            )
        return OwnProgram(file, name, made, () if failure is None else (_left_off(file, failure),))
    if isinstance(failure, EndlessError):
        raise failure
    raise DigitpadError(
        _("{file} cannot be run ({told}) and has made no {name} before that; {advice}").format(
            file=file, told=_told(failure), name=name, advice=_advice(failure)
        )
    ) from failure


def _is_maker(made: object) -> bool:
    if isinstance(made, type):
        return issubclass(made, nn.Module)
    return isinstance(made, nn.Module | FunctionType | functools.partial)


def _there_are(module: ModuleType) -> str:
    """What of a file may be meant."""
    here = [
        key
        for key, value in vars(module).items()
        if isinstance(value, nn.Module)
        or (isinstance(value, type) and issubclass(value, nn.Module))
    ]
    return (
        _("there are {names}").format(names=", ".join(here[:8]))
        if here
        else _("there is none at all")
    )


def _left_off(file: Path, failure: BaseException) -> str:
    return _(
        "{name} stopped while it ran ({told}), after the network was made, which is used. {advice}."
    ).format(name=file.name, told=_told(failure), advice=_advice(failure).capitalize())


def _in_parts(file: Path, failure: BaseException) -> str:
    return _(
        "{name} cannot be run whole ({told}); of it only what it imports and "
        "defines was run, for its network."
    ).format(name=file.name, told=_told(failure))


def _told(failure: BaseException) -> str:
    """What a file failed with, where a person may not know what that means in words."""
    if isinstance(failure, Training):
        return _("it starts to train")
    if isinstance(failure, SystemExit):
        return _("{why}: it parses arguments, or ends its program, when it is run").format(
            why=brief(failure)
        )
    if isinstance(failure, EndlessError):
        return _("it takes longer than {n:g} seconds").format(n=PATIENCE_S)
    return brief(failure)


def _advice(failure: BaseException) -> str:
    if isinstance(failure, ModuleNotFoundError) and failure.name:
        return _(
            "install {module} beside Digitpad, or put the network into a file of "
            "its own that does without"
        ).format(module=failure.name.partition(".")[0][:40])
    return _(
        "put what parses arguments, loads data or trains behind if __name__ == "
        "'__main__':, or the network into a file of its own"
    )


def brief(error: BaseException) -> str:
    """An error in one line of limited length."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _run(file: Path, is_whole: bool = True) -> tuple[ModuleType, BaseException | None]:
    """The module that a file makes, and what it failed with, if it did; its folder can be imported
    from while it runs, and it sees no arguments. is_whole: not only what it imports and defines is
    run."""
    if not file.is_file():
        raise DigitpadError(
            _(
                "{file} is not there; --net takes a Python file and a class in it, as "
                "net.py:MyLeNet5"
            ).format(file=file)
        )
    name = f"_digitpad_own_{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise DigitpadError(
            _(
                "{file} is no Python file; --net takes one that ends in .py, as net.py:MyLeNet5"
            ).format(file=file)
        )
    module = importlib.util.module_from_spec(spec)
    folder, before, writes_nothing = (
        str(file.resolve().parent),
        set(sys.modules),
        sys.dont_write_bytecode,
    )
    failure: BaseException | None = None
    arguments = sys.argv
    sys.path.insert(0, folder)
    sys.modules[name] = module
    # Nothing is left behind in the reader's folder.
    sys.dont_write_bytecode = True
    # Ours are not for it to parse.
    sys.argv = [str(file)]
    try:
        with limited(_("running {file}").format(file=file)), quiet(), held_back():
            if is_whole:
                spec.loader.exec_module(module)
            else:
                run_definitions(module, read_limited(file, _LONGEST_PROGRAM), str(file))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        failure = error
    finally:
        sys.argv = arguments
        sys.dont_write_bytecode = writes_nothing
        with contextlib.suppress(ValueError):
            sys.path.remove(folder)
        # Its neighbours go too: another folder may have others by the same names, and these may
        # change.
        for added in set(sys.modules) - before:
            if str(getattr(sys.modules[added], "__file__", None) or "").startswith(folder):
                del sys.modules[added]
    return module, failure


def is_lazy(module: nn.Module) -> bool:
    """Whether a module has weights that get their sizes with the first input; not where it has no
    weights."""
    every = [*module.parameters(), *module.buffers()]
    return any(nn.parameter.is_lazy(one) for one in every)
