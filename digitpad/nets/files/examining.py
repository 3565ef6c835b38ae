"""What has to be asked of a person before a network's file can be opened."""

from __future__ import annotations

from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.results import FeedingSource
from digitpad.nets.files.known_file import read_known
from digitpad.nets.files.makers import Maker, makers_of
from digitpad.nets.files.matching import compare, fitting_form, listed, shapes
from digitpad.nets.files.opening import OpenedNetwork, open_weights
from digitpad.nets.files.plain import likely_rows
from digitpad.nets.files.weight_sets import Tensors
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices
from digitpad.nets.spec.opening_questions import (
    Examination,
    Option,
    Question,
    UndecidedError,
)

_OPEN_QUESTIONS = (FeedingSource.GUESSED, FeedingSource.UNKNOWN)


def examine(weights: Path, net: str = "", choices: OpenChoices = NOTHING_SAID) -> Examination:
    """The next question that has to be answered before open_weights can open a file as a person
    means it; NOTHING where all is known.

    net and choices: as open_weights takes them, with all answers so far; net may also be a Python
    file alone, of which the class is still to be chosen. It is taken without asking where only one
    is in the file, or only one fits the weights; the option's value is then the only one. Nothing
    is remembered by it. Raises DigitpadError where no answer would help.
    """
    try:
        if net.endswith(".py"):
            return _class_of(weights, Path(net), choices)
        return _of(open_weights(weights, net, choices, asks=True), net)
    except UndecidedError as error:
        likely: tuple[Option, ...] = ()
        if error.question in (Question.PROGRAM, Question.NETWORK):
            likely = _likely_rows(weights, choices, error.question)
        return Examination(error.question, (*likely, *error.options), error.why)


def _likely_rows(weights: Path, choices: OpenChoices, question: Question) -> tuple[Option, ...]:
    """What a file may be of whose class is not known, by what its weights read. Where networks of
    the catalogue fit, which read clothes, only what reads digits is offered beside."""
    sets = read_known(weights, "", choices, asks=True).sets
    tensors = sets.get(choices.set) or next(iter(sets.values()))
    return likely_rows(tensors, ("mnist",) if question is Question.NETWORK else ())


def _of(opened: OpenedNetwork, net: str) -> Examination:
    is_open = opened.guess is not None or (opened.is_own and opened.fed_by in _OPEN_QUESTIONS)
    return Examination(
        Question.FEEDING if is_open else Question.NOTHING,
        why=_why(opened) if is_open else "",
        title=opened.network.title,
        side=opened.form.side,
        classes=opened.classes,
        trials=opened.guess.trials if opened.guess is not None else (),
        is_sure=opened.guess is not None and opened.guess.is_sure,
    )


def _why(opened: OpenedNetwork) -> str:
    if opened.guess is not None:
        return opened.guess.words
    return _(
        "How it was fed is not in the file, and there are no labelled test images "
        "of {n} classes here to find it out with."
    ).format(n=len(opened.classes))


def _class_of(weights: Path, program: Path, choices: OpenChoices) -> Examination:
    """Which class of a program makes the network of a file."""
    makers = makers_of(program)
    if not makers:
        raise DigitpadError(
            _(
                "{program} has no network in it: no class of torch.nn.Module, and no "
                "module; choose the file that has"
            ).format(program=program)
        )
    sets = read_known(weights, "", choices, asks=True).sets
    if choices.set in sets:
        sets = {choices.set: sets[choices.set]}
    options = tuple(_option(maker, sets) for maker in makers)
    fitting = tuple(option for option in options if option.fits)
    only = fitting if len(fitting) == 1 else options if len(options) == 1 else ()
    return Examination(
        Question.CLASS,
        only or tuple(sorted(options, key=lambda option: not option.fits)),
        ""
        if only
        else _("Several of its networks fit the weights.")
        if fitting
        else _("None of its networks fits the weights."),
    )


def _option(maker: Maker, sets: dict[str, Tensors]) -> Option:
    if maker.module is None:
        return Option(maker.name, maker.name, maker.failure, fits=False)
    wanted = maker.module.state_dict()
    if maker.is_lazy:
        return Option(maker.name, maker.name, _("its sizes come with its first input"))
    needed = shapes(wanted)
    if any(fitting_form(needed, shapes(one)) is not None for one in sets.values()):
        numbers = sum(one.numel() for one in wanted.values())
        return Option(
            maker.name,
            maker.name,
            _("fits the weights, {numbers:,} numbers").format(numbers=numbers),
        )
    nearest = min((compare(needed, shapes(one)) for one in sets.values()), key=len)
    return Option(
        maker.name,
        maker.name,
        _("does not fit: {misfits}").format(misfits=listed(nearest)),
        fits=False,
    )
