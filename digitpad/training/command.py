"""python train.py: the options, and what its exit status means.

0: done. 1: it failed or was stopped, and one line on standard error says what and what to do. 2:
wrong usage.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from digitpad.core import processes
from digitpad.core.command_line import HelpFormatter, add_language_option, choose_language
from digitpad.core.constants import DEVICE_NAMES
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import DATASETS
from digitpad.nets.needing_torch import has_torch, missing_torch
from digitpad.training.interrupts import ends_are_stops, ignore_ends
from digitpad.training.option_values import positive, seed

if TYPE_CHECKING:
    from digitpad.training.settings import TrainingSettings

# What a run is made of comes from the state of the run when it is resumed.
_RECIPE = (
    "net",
    "recipe",
    "dataset",
    "epochs",
    "batch",
    "seed",
    "limit",
    "styles",
    "no_augment",
    "quick",
    "precision",
)

# What belongs to our recipe only.
_OURS_ONLY = ("styles", "no_augment", "quick", "strokes")


def parser() -> argparse.ArgumentParser:
    """The options of train.py; those of the recipe are None or False where they are not given."""
    options = argparse.ArgumentParser(
        prog="train.py",
        formatter_class=HelpFormatter,
        description=_(
            "Train a network to read digits, or whatever a data set shows. Our recipe "
            "chooses on 5,000 pictures held back from the training set; a page's own "
            "recipe holds nothing back. The test set is read once, at the end."
        ),
        epilog=_(
            "digitpad networks lists the networks and their recipes. Several devices: "
            "torchrun --nproc-per-node 2 train.py. Ctrl-C saves the best so far."
        ),
    )
    recipe = options.add_argument_group(_("the recipe"))
    recipe.add_argument(
        "--net",
        metavar="NAME",
        help=_(
            "the network (default: lenet5), or a class of your own, as "
            "net.py:MyLeNet5; the file is run for it"
        ),
    )
    recipe.add_argument(
        "--recipe",
        metavar="NAME",
        help=_(
            "ours (default), or the network's own: tutorial trains as its page does, "
            "on all training pictures"
        ),
    )
    recipe.add_argument(
        "--dataset",
        choices=list(DATASETS),
        help=_("what to train on (default: what the network's page takes)"),
    )
    recipe.add_argument(
        "--epochs", type=positive, metavar="N", help=_("rounds through the training set")
    )
    recipe.add_argument("--batch", type=positive, metavar="N", help=_("digits per step"))
    recipe.add_argument(
        "--seed",
        type=seed,
        metavar="N",
        help=_("the same seed gives the same weights (default: 0)"),
    )
    recipe.add_argument(
        "--limit",
        type=positive,
        metavar="N",
        help=_("train on the first N digits only, for a trial"),
    )
    recipe.add_argument(
        "--no-augment", action="store_true", help=_("train on the digits as they are")
    )
    recipe.add_argument(
        "--quick", action="store_true", help=_("few epochs: about half a minute on two CPU cores")
    )
    recipe.add_argument(
        "--styles",
        choices=["shipped", "none"],
        help=_("mix in synthetic handwriting (default: shipped), or learn from the data set alone"),
    )
    recipe.add_argument(
        "--precision",
        choices=["float32", "bfloat16"],
        help=_(
            "bfloat16 computes large networks several times as fast on devices that "
            "have units for it (default: bfloat16 for large networks by our recipe)"
        ),
    )
    options.add_argument(
        "--strokes",
        type=Path,
        nargs="+",
        metavar="FILE",
        help=_(
            "learn from labelled drawings of your own too (digitpad-strokes; the same "
            "files with --resume)"
        ),
    )
    options.add_argument(
        "--data", type=Path, metavar="DIR", help=_("the folder of the data set's files")
    )
    options.add_argument(
        "--device",
        choices=DEVICE_NAMES,
        default="auto",
        help=_("what to compute on"),
    )
    options.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help=_(
            "the weights file (default: weights/NAME.safetensors, with the names of "
            "another recipe and data set)"
        ),
    )
    options.add_argument(
        "--replace", action="store_true", help=_("replace FILE even if it is better")
    )
    options.add_argument(
        "--resume",
        type=Path,
        metavar="FILE",
        help=_("go on with a run that was stopped (its .resume file)"),
    )
    options.add_argument(
        "--snapshots",
        type=Path,
        metavar="DIR",
        help=_(
            "keep the weights at steps 0, 1, 2, 4 ... and of each epoch in this "
            "folder, from which the window shows how the network learns"
        ),
    )
    options.add_argument(
        "--plot",
        type=Path,
        metavar="FILE.svg",
        help=_("draw loss and validation accuracy into this file, anew after each epoch"),
    )
    options.add_argument(
        "--patience",
        type=positive,
        metavar="N",
        help=_("end early once N epochs were no better than the best (default: train all epochs)"),
    )
    options.add_argument(
        "--background",
        action="store_true",
        help=_("give way to other programs: low priority, and one core left to them"),
    )
    options.add_argument(
        "--steered",
        action="store_true",
        help=_("take the lines pause, continue and stop from standard input; its end is a stop"),
    )
    options.add_argument(
        "--json-progress", action="store_true", help=_("report as JSON, an object a line")
    )
    options.add_argument("--debug", action="store_true", help=_("show the traceback of a failure"))
    add_language_option(options)
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the command line says; the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    choose_language("train.py", arguments)
    options = parser()
    args = options.parse_args(arguments)
    if args.resume and any(getattr(args, name) for name in _RECIPE):
        given = ", ".join("--" + name.replace("_", "-") for name in _RECIPE if getattr(args, name))
        options.error(_("{given}: a resumed run keeps its own recipe").format(given=given))
    if args.recipe not in (None, "ours") and any(getattr(args, name) for name in _OURS_ONLY):
        given = ", ".join(
            "--" + name.replace("_", "-") for name in _OURS_ONLY if getattr(args, name)
        )
        options.error(
            _("{given}: belongs to our recipe, not to {recipe}").format(
                given=given, recipe=args.recipe
            )
        )
    # Before numpy or torch is imported.
    processes.set_threads()
    if args.background:
        from digitpad.core.priority import give_way

        give_way()
    with ends_are_stops():
        return _status(args, " ".join(["python train.py", *arguments]))


def program() -> NoReturn:
    """train.py as a process of its own."""
    status = main()
    # Who is impatient with what Python has yet to tidy up changes nothing any more.
    ignore_ends()
    sys.exit(status)


def _status(args: argparse.Namespace, command: str) -> int:
    """Train as the options say; the exit status, what failed being said."""
    try:
        if not processes.has_working_folder():
            raise DigitpadError(_("the folder you are in was deleted; go to another one (cd)"))
        if not has_torch():
            raise missing_torch(_("Training needs PyTorch"))
        _train(args, command)
        return 0
    except KeyboardInterrupt:
        return _fail(args, _("stopped before training began; nothing was changed"))
    except DigitpadError as error:
        if args.debug:
            raise
        return _fail(args, str(error))
    except Exception as error:
        if args.debug:
            raise
        from digitpad.training.failures import in_a_line

        return _fail(args, in_a_line(error))


def settings_of(args: argparse.Namespace) -> TrainingSettings:
    """The recipe that the options (of parser()) name; what they leave out is the recipe's own.

    Raises DigitpadError where there is no such network, recipe or data set, or they do not go
    together.
    """
    from digitpad.nets.spec.catalogue import network_named, own_class
    from digitpad.training.recipes import check_names, settings_for, settings_for_own
    from digitpad.training.settings import OURS, TrainingSettings

    net, recipe = args.net or TrainingSettings.network, args.recipe or OURS
    if own_class(net) is None:
        settings = settings_for(network_named(net), recipe, args.dataset)
    else:
        settings = settings_for_own(net, recipe, args.dataset)
    if args.quick:
        settings = settings.quick()
    options = ("epochs", "batch", "seed", "limit", "styles", "precision")
    given = {name: getattr(args, name) for name in options}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if args.no_augment:
        changes["augmentation"] = None
    try:
        settings = replace(settings, **changes)
    except ValueError as error:
        raise DigitpadError(str(error)) from error
    check_names(settings)
    return settings


def _train(args: argparse.Namespace, command: str) -> None:
    """Train as the options say, and report on standard output."""
    from digitpad.training.events import Listener, together
    from digitpad.training.reporters import JsonReporter, TextReporter
    from digitpad.training.run import train

    reporter = JsonReporter() if args.json_progress else TextReporter()
    listeners: list[Listener] = [reporter]
    if args.snapshots:
        from digitpad.training.snapshots import SnapshotWriter

        listeners.append(SnapshotWriter(args.snapshots, reporter, bool(args.resume)))
    if args.steered:
        from digitpad.training.steering import Steering

        listeners.append(Steering(sys.stdin.fileno()))
    if args.plot:
        from digitpad.training.plot import CurvePlot

        listeners.append(CurvePlot(args.plot, reporter))
    try:
        train(
            None if args.resume else settings_of(args),
            out=args.out,
            data=args.data,
            strokes=args.strokes or (),
            device=args.device,
            events=together(*listeners),
            resume=args.resume,
            replace=args.replace,
            patience=args.patience,
            command=command,
        )
    finally:
        reporter.close()


def _fail(args: argparse.Namespace, message: str) -> int:
    """Say what went wrong where anybody still listens; the exit status."""
    # The terminal, or whoever read the output, may be gone: what is saved stays saved.
    if args.json_progress:
        from digitpad.training.reporters import JsonReporter

        with contextlib.suppress(OSError, ValueError):
            JsonReporter().error(message)
    with contextlib.suppress(OSError, ValueError):
        print(f"train.py: {message}", file=sys.stderr, flush=True)
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        return 1
    # Python would fail once more as it ends, on what is still to be written.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
