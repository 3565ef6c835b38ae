"""The command line: each subcommand is a module of digitpad.commands and imports what it needs
when it runs."""

from __future__ import annotations

import argparse
import contextlib
import errno
import importlib
import os
import sys
from collections.abc import Sequence

from digitpad import __version__
from digitpad.core import processes
from digitpad.core.command_line import (
    HelpFormatter,
    add_language_option,
    choose_language,
    without_language,
)
from digitpad.core.constants import DEVICE_NAMES
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _

_COMMANDS = {
    "predict": N_("read pictures of digits"),
    "evaluate": N_("measure how many drawings are read rightly"),
    "networks": N_("tell which networks there are; train and measure them all"),
    "screenshot": N_("write a picture of the window"),
    "accuracy": N_(
        "measure the shipped networks from all sides and write docs/reports/accuracy.md"
    ),
    "film": N_("make a film of a training run from its snapshots"),
    "drawings": N_("list, export or import My drawings"),
    "teach": N_("teach a network your own drawings, and list what was kept"),
    "styles": N_("draw the sheet of the ways in which digits are written"),
    "doctor": N_("say what works on this machine, what does not and why"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 it failed (one line on standard error),
    2 wrong usage."""
    # Before any command imports numpy or torch.
    processes.set_up()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in arguments
    choose_language("digitpad", arguments)
    # The names of files may hold what the terminal cannot show.
    with contextlib.suppress(AttributeError):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        if not processes.has_working_folder():
            if arguments[:1] != ["recognizer"]:
                raise DigitpadError(_("the folder you are in was deleted; go to another one (cd)"))
            # The window goes on, and so does its recogniser, which writes no files.
            os.chdir(os.sep)
        status = _run([argument for argument in arguments if argument != "--debug"], debug)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except DigitpadError as error:
        if debug:
            raise
        print(f"digitpad: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does; nothing is to be written there at
        # the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if debug:
            raise
        if isinstance(error, ModuleNotFoundError) and error.name in ("torch", "torchvision"):
            from digitpad.nets.needing_torch import missing_torch

            said = str(missing_torch(_("This needs PyTorch")))
            print(f"digitpad: {said}", file=sys.stderr)
            return 1
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            said = _("there is no room left for what was to be written")
            print(f"digitpad: {said}", file=sys.stderr)
            return 1
        said = _("something unforeseen went wrong ({error}); --debug shows where").format(
            error=f"{type(error).__name__}: {error}"
        )
        print(f"digitpad: {said}", file=sys.stderr)
        return 1


def _run(arguments: list[str], debug: bool) -> int:
    """The exit status of the command that the arguments begin with, or of the window."""
    # The language may be said before the command.
    arguments = without_language(arguments)
    named = arguments[0] if arguments and not arguments[0].startswith("-") else None
    if named == "recognizer":
        return _recognizer(arguments[1:])
    if named in _COMMANDS:
        command = importlib.import_module(f"digitpad.commands.{named}")
        parser = _parser(f"digitpad {named}", command.__doc__)
        command.add_arguments(parser)
        return int(command.run(parser.parse_args(arguments[1:])))
    parser = _parser("digitpad", __doc__)
    parser.description = _("Open the drawing pad, or run a command.")
    commands = [f"  {name:<12}{_(what)}" for name, what in _COMMANDS.items()]
    parser.epilog = "\n".join([_("commands:"), *commands])
    parser.add_argument(
        "--version",
        action="version",
        version=f"digitpad {__version__}",
        help=_("show program's version number and exit"),
    )
    from digitpad.commands import window

    window.add_arguments(parser)
    if named is not None and not _looks_like_a_file(named):
        parser.error(
            _(
                "there is no command {named!r}; there are {commands}, and the window without any"
            ).format(named=named, commands=", ".join(_COMMANDS))
        )
    given = parser.parse_args(arguments)
    given.debug = debug
    return window.run(given)


def _looks_like_a_file(argument: str) -> bool:
    """Whether it is a file, or was meant to be one, rather than a command."""
    return os.path.exists(argument) or bool({os.sep, "/", "."} & set(argument))  # noqa: PTH110


def _parser(name: str, text: str | None) -> argparse.ArgumentParser:
    """A parser as every command has it; text: what the command does, marked for translation."""
    parser = argparse.ArgumentParser(
        prog=name,
        description=_(text.strip()) if text else None,
        formatter_class=HelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--debug", action="store_true", help=_("show the traceback of an error"))
    add_language_option(parser)
    return parser


def _recognizer(arguments: list[str]) -> int:
    """The window's other half; not for people."""
    from pathlib import Path

    parser = _parser(
        "digitpad recognizer", "Answer the window's requests on standard input and output."
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--net", default="")
    parser.add_argument("--device", choices=DEVICE_NAMES, default="auto")
    given = parser.parse_args(arguments)
    from digitpad.engine.server import serve

    return serve(given.weights, given.device, given.net)
