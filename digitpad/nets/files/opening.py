"""From a weights file, and what is said about it, to a network that can be read with.

Each step is a function: the file is read once (known_file.py), its network is found and its weights
are put in (_open_declared, _open_own), and how the network is fed (feeding_choice.py) and what its
outputs mean (_classes) follows from what was said, from the record, from what is remembered of the
file, or from a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _
from digitpad.core.results import FeedingSource
from digitpad.core.weights_record import WeightsRecord
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.files.feeding import Guess
from digitpad.nets.files.feeding_choice import choose_feeding
from digitpad.nets.files.foreign import (
    identify_network,
    is_network,
    networks_like,
    record_of,
    says_nothing_of_names,
)
from digitpad.nets.files.known_file import KnownFile, read_known
from digitpad.nets.files.layouts import layouts
from digitpad.nets.files.matching import fitting_form, match_state_dict, shapes
from digitpad.nets.files.own_module import (
    EndlessError,
    OwnProgram,
    is_lazy,
    limited,
    quiet,
    run_own,
)
from digitpad.nets.files.plain import is_row, row_module
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.files.watching import Ending
from digitpad.nets.files.weight_sets import Tensors, one_set
from digitpad.nets.inputs import InputForm
from digitpad.nets.modules import DeclaredNetwork, build
from digitpad.nets.spec.catalogue import check_belongs, network_named, own_class
from digitpad.nets.spec.class_names import classes_of
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices
from digitpad.nets.spec.plain_row import PlainRow, plain_row

_ROW_NOTE = N_(
    "Its class is not known: what joins its layers was chosen when it was "
    "opened, from the shapes of its weights."
)


@dataclass(frozen=True)
class OpenedNetwork:
    """A network with its weights, on the CPU.

    form: what it is fed. record: the file's, completed where the file has none. classes: what its
    outputs stand for, one for each. is_own: it is a module of the reader's. gives_sigmoids: its
    outputs are numbers in [0, 1], each class's own. guess: how it was most likely fed, where that
    was found out now and is news to a person. The rest as NetworkInfo has it.
    """

    network: DeclaredNetwork | TracedNetwork
    form: InputForm
    record: WeightsRecord
    classes: tuple[str, ...]
    parameters: int
    gives_distances: bool = False
    gives_sigmoids: bool = False
    tutorial: str = ""
    notes: tuple[str, ...] = ()
    is_own: bool = False
    fed_by: FeedingSource = FeedingSource.RECORD
    guess: Guess | None = None


def open_weights(
    weights: Path | str,
    net: str = "",
    choices: OpenChoices = NOTHING_SAID,
    asks: bool = False,
) -> OpenedNetwork:
    """The network of a weights file: one that train.py wrote, one that a tutorial's script saved,
    or any with net.

    net: a name of the catalogue, "file.py:Class" for a module of the reader's own, which is run, a
    PlainRow's net, or "" where the file tells: by its record, or by the names and shapes of its
    tensors. choices: what is said of how it is fed and of which weights are meant, which is
    remembered for that file; what is not said is looked for in the record beside it, in what is
    remembered, in its own record, and how a file without a record is fed is guessed. asks: a person
    can be asked, so that nothing is remembered yet, and which of several outputs is the answer is
    not decided here. The file is read once. Raises UndecidedError where a question has to be
    answered first, and DigitpadError where the file cannot be read, fits no network, several, or
    not that one, where its record or choices cannot be used, and where the module cannot be run or
    read with.
    """
    weights = Path(weights)
    own, row = own_class(net), plain_row(net)
    file = read_known(weights, net, choices, asks)
    if own is not None:
        opened = _open_own(file, *own)
    elif row is not None:
        opened = _open_row(file, row)
    else:
        opened = _open_declared(file, net)
    file.remember_options()
    return opened


def _open_declared(file: KnownFile, net: str) -> OpenedNetwork:
    """A network of the catalogue: the one that the record names, or that the tensors are of."""
    weights, record, choices = file.path, file.record, file.choices
    name, is_guessed = record.network, False
    if not name:
        tensors = one_set(weights, file.sets, choices.set, lambda one: is_network(one, net))
        is_guessed = says_nothing_of_names(tensors, net)
        name, tensors = identify_network(weights, tensors, net)
        usual = record_of(network_named(name))
    else:
        check_belongs(weights, name, net)
        tensors = one_set(weights, file.sets, choices.set, lambda one: True)
        usual = WeightsRecord(mean=MNIST_MEAN, std=MNIST_STD)
    network = build(name)
    state, notes = match_state_dict(weights, network.state_dict(), tensors, name)
    network.load_state_dict(state)
    declaration = network.declaration
    if choices.side not in (None, declaration.side):
        raise DigitpadError(
            _("{name} takes {side} × {side}, not {wanted}; leave --side away").format(
                name=name, side=declaration.side, wanted=choices.side
            )
        )
    form = network.form if not choices.fit else replace(network.form, fit=choices.fit)
    fed = choose_feeding(
        file, network, form, declaration.classes, usual, is_own=False, is_doubtful=is_guessed
    )
    return OpenedNetwork(
        network=network,
        form=fed.form,
        record=fed.record,
        classes=classes_of(weights, fed.record, declaration.classes),
        parameters=declaration.parameters,
        gives_distances=declaration.gives_distances,
        tutorial=declaration.tutorial,
        notes=(*declaration.notes, *notes, *fed.notes),
        fed_by=fed.by,
        guess=fed.guess,
    )


def _open_own(file: KnownFile, path: Path, name: str) -> OpenedNetwork:
    """A reader's own module."""
    weights, choices, whose = (
        file.path,
        file.choices,
        _("{name} of {path}").format(name=name, path=path),
    )
    program = run_own(path, name)
    module = _sized(program, file.sets, choices.side)
    wanted = module.state_dict()
    tensors = one_set(
        weights,
        file.sets,
        choices.set,
        lambda one: fitting_form(shapes(wanted), shapes(one)) is not None,
    )
    state, notes = match_state_dict(weights, wanted, tensors, whose)
    try:
        module.load_state_dict(state)
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:200]
        raise DigitpadError(
            _("{weights} cannot be loaded into {whose}: {reason}").format(
                weights=weights, whose=whose, reason=reason
            )
        ) from error
    return _traced(file, module, name, choices.side, (*program.notes, *notes))


def _open_row(file: KnownFile, row: PlainRow) -> OpenedNetwork:
    """A file of which nothing but its weights is known, as a row of layers."""
    tensors = one_set(file.path, file.sets, file.choices.set, is_row)
    module = row_module(file.path, row, tensors)
    return _traced(file, module, row.title, row.side, (_ROW_NOTE,))


def _traced(
    file: KnownFile, module: nn.Module, name: str, side: int | None, notes: tuple[str, ...]
) -> OpenedNetwork:
    """A module with its weights in it, its layers found by tracing. How it is fed is said,
    recorded, remembered or guessed, and only where it cannot be guessed it is fed raw digits in [0,
    1], or what a tutorial's script feeds whose weights are named alike."""
    choices = file.choices
    classes = len(choices.classes or file.record.classes)
    network = TracedNetwork(module, name, side, choices.fit, classes, choices.output, file.asks)
    count = network.layer_infos()[-1].shape[0]
    alike = [like for like in networks_like(module.state_dict()) if like.side == network.form.side]
    usual = (
        replace(record_of(alike[0]), network=name) if alike else WeightsRecord(mean=0.0, std=1.0)
    )
    fed = choose_feeding(file, network, network.form, count, usual, is_own=True)
    return OpenedNetwork(
        network=network,
        form=fed.form,
        record=fed.record,
        classes=classes_of(file.path, fed.record, count),
        parameters=sum(parameter.numel() for parameter in module.parameters()),
        gives_sigmoids=network.ending is Ending.SIGMOIDS,
        notes=(*notes, *network.notes, *fed.notes),
        is_own=True,
        fed_by=fed.by,
        guess=fed.guess,
    )


def _sized(program: OwnProgram, sets: dict[str, Tensors], side: int | None) -> nn.Module:
    """The module of a program, with the sizes of its lazy layers: those of the first input that it
    takes with which the file's weights fit, or, where none does, of the first that it takes."""
    module = program.build()
    if not is_lazy(module):
        return module
    first: nn.Module | None = None
    for layout in layouts(side):
        try:
            with (
                limited(_("one forward pass of {name}").format(name=program.name)),
                quiet(),
                torch.inference_mode(),
            ):
                module.eval()(layout.of(layout.sample(1)))
        except (EndlessError, KeyboardInterrupt):
            raise
        except BaseException:
            module = program.build()
            continue
        if not is_lazy(module):
            wanted = shapes(module.state_dict())
            if any(fitting_form(wanted, shapes(one)) is not None for one in sets.values()):
                return module
            first = first or module
        module = program.build()
    if first is None:
        raise DigitpadError(
            _(
                "{name} of {file} has lazy layers, and takes no input that was tried; have "
                "its forward take 1 × 1 × 28 × 28, or say its side"
            ).format(name=program.name, file=program.file)
        )
    return first
