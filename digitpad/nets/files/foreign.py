"""Which network of the catalogue a file without a record belongs to: the files that the tutorials'
own scripts save."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _
from digitpad.core.weights_record import WeightsRecord
from digitpad.datasets import DATASETS, MNIST_MEAN, MNIST_STD
from digitpad.nets.files.matching import (
    Shape,
    check_numbers,
    compare,
    is_counter,
    listed,
    name_forms,
    shapes,
)
from digitpad.nets.modules import build
from digitpad.nets.spec.catalogue import NETWORKS, network_named
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.opening_questions import Option, Question, UndecidedError

_OWN_MODULE = N_("open a network of your own with --net FILE.py:CLASS")


def identify_network(
    path: Path, tensors: Mapping[str, torch.Tensor], net: str = ""
) -> tuple[str, dict[str, torch.Tensor]]:
    """The name of the network that tensors belong to, and the tensors by the names that its module
    has for them.

    A network is known by the names and shapes of its page's state_dict, or of our own. net, where
    given, says which it is; order and shapes are then enough. Raises DigitpadError where none fits,
    saying layer by layer what does not, and where several fit alike, naming those: an
    UndecidedError where the answer to a question would help.
    """
    if net:
        network_named(net)
    found = shapes(tensors)
    for form in name_forms(tensors, with_parts=False):
        # Without what wraps them, and without counters, where that fits.
        plain = {name: theirs for name, theirs in form.items() if not is_counter(name)}
        unwrapped = {name: found[theirs] for name, theirs in plain.items()}
        fitting = {name: names for name, names, wanted in _known(net) if wanted == unwrapped}
        if not fitting and net and _in_order(net, unwrapped):
            fitting = {net: tuple(unwrapped)}
        if fitting:
            tensors = {name: tensors[theirs] for name, theirs in plain.items()}
            break
    if len(fitting) > 1:
        choices = _(" or ").join(f"--net {name}" for name in fitting)
        raise UndecidedError(
            _(
                "{path} fits {fitting} alike, since they differ in pooling or activation "
                "only, of which the file says nothing; say which it is: {choices}"
            ).format(path=path, fitting=_(" and ").join(fitting), choices=choices),
            Question.NETWORK,
            tuple(map(_option, fitting)),
            _(
                "It fits several networks, which differ in pooling or activation only; the "
                "file says nothing of those."
            ),
        )
    if not fitting and net:
        raise DigitpadError(f"{path} {_why_none_fits(found, net)}")
    if not fitting:
        alike = [name for name in NETWORKS if _in_order(name, found)]
        raise UndecidedError(
            f"{path} {_why_none_fits(found, net)}",
            Question.PROGRAM,
            tuple(map(_option, alike)),
            _("Its names are of no network of the catalogue, so what it computes is not known.")
            if alike
            else _("It is no network of the catalogue."),
        )
    ((name, names),) = fitting.items()
    for theirs, tensor in tensors.items():
        # Here, where it still has the name that the reader knows.
        check_numbers(path, theirs, tensor, torch.float32)
    return name, {
        own: tensors[theirs] for own, theirs in zip(_own_shapes(name), names, strict=True)
    }


def is_network(tensors: Mapping[str, torch.Tensor], net: str = "") -> bool:
    """Whether tensors may be those of a network of the catalogue, or of the one named."""
    for form in name_forms(tensors, with_parts=False):
        found = {
            name: tuple(tensors[theirs].shape)
            for name, theirs in form.items()
            if not is_counter(name)
        }
        if any(wanted == found for _, _, wanted in _known(net)) or (net and _in_order(net, found)):
            return True
    return False


def says_nothing_of_names(tensors: Mapping[str, torch.Tensor], net: str) -> bool:
    """Whether only net, and the order and shapes of tensors, tell which network they are of."""
    return bool(net) and not any(
        wanted.keys() == form.keys()
        for form in name_forms(tensors, with_parts=False)
        for _, _, wanted in _known(net)
    )


def record_of(network: Network) -> WeightsRecord:
    """What a file of the page's own script would record, did it keep a record: network, mean and
    std of the input that the script fed, and the data set with its classes. Without a page, the
    input is as ours."""
    page = network.recipes.get("tutorial")
    return WeightsRecord(
        network=network.name,
        mean=MNIST_MEAN if page is None else page.mean,
        std=MNIST_STD if page is None else page.std,
        dataset=network.dataset,
        classes=DATASETS[network.dataset].classes,
    )


def networks_like(tensors: Mapping[str, torch.Tensor]) -> list[Network]:
    """The networks of the catalogue whose pages save tensors of just these names and shapes."""
    found = shapes(tensors)
    return [NETWORKS[name] for name, _, wanted in _known("") if wanted == found]


@cache
def _own_shapes(name: str) -> dict[str, Shape]:
    with torch.device("meta"):
        return shapes(build(name).state_dict())


def _known(net: str) -> Iterator[tuple[str, tuple[str, ...], dict[str, Shape]]]:
    """Each network's name, with the names that a file may have for its tensors and their shapes;
    only net's, if any."""
    for name in [net] if net else NETWORKS:
        own = _own_shapes(name)
        pages = tuple(
            f"{layer}.{kind}" for layer in NETWORKS[name].file_names for kind in ("weight", "bias")
        )
        for names in (pages, tuple(own)):
            if names:
                yield name, names, dict(zip(names, own.values(), strict=True))


def _in_order(name: str, found: Mapping[str, Shape]) -> bool:
    return list(_own_shapes(name).values()) == list(found.values())


def _why_none_fits(found: Mapping[str, Shape], net: str) -> str:
    alike = [] if net else [name for name in NETWORKS if _in_order(name, found)]
    if alike:
        offered = _(", or ").join(
            _("{option} ({words})").format(option=f"--net {name}", words=_in_words(name))
            for name in alike
        )
        return _(
            "has no network of the catalogue's names, so what it computes is not "
            "known; bring its class: --net FILE.py:CLASS. If it is a network of the "
            "catalogue that has its shapes, say so: {offered}"
        ).format(offered=offered)
    agreeing, name, wanted = max(
        ((len(wanted.items() & found.items()), name, wanted) for name, _, wanted in _known(net)),
        key=lambda entry: entry[0],
    )
    if net or agreeing:
        like = (
            _("does not fit {net}").format(net=net)
            if net
            else _("fits no network of the catalogue; the nearest is {name}").format(name=name)
        )
        misfits = (
            compare(wanted, found)
            if wanted.keys() & found.keys()
            else _compare_in_order(wanted, found)
        )
        why = _("{name}: {text}").format(name=like, text=listed(misfits))
        return _("{first}; {second}").format(first=why, second=_(_OWN_MODULE))
    names = [f"{name[:60]} {shape}" for name, shape in found.items()]
    return _("fits no network of the catalogue: it holds {names}; {advice}").format(
        names=listed(names), advice=_(_OWN_MODULE)
    )


def _option(name: str) -> Option:
    return Option(name, NETWORKS[name].title, _in_words(name))


def _in_words(name: str) -> str:
    """What a network of the catalogue is, to tell it from others of its shapes."""
    network = NETWORKS[name]
    parts: list[str] = []
    for info in network.layer_infos[:-1]:
        pooling = info.layer_kind.value if "pooling" in info.layer_kind.value else ""
        parts += [part for part in (*info.kind.split(", ")[1:], pooling) if part]
    return _(", ").join([*map(_, dict.fromkeys(parts)), DATASETS[network.dataset].title])


def _compare_in_order(wanted: Mapping[str, Shape], found: Mapping[str, Shape]) -> list[str]:
    """What does not fit where no name is the same."""
    pairs = zip(wanted.items(), found.items(), strict=False)
    misfits = [
        _("{at} is {has} where {name} is {needs}").format(
            at=at[:60], has=has, name=name, needs=needs
        )
        for (name, needs), (at, has) in pairs
        if has != needs
    ]
    surplus = [
        _("{name} {shape} is too many").format(name=name[:60], shape=shape)
        for name, shape in list(found.items())[len(wanted) :]
    ]
    return (
        misfits
        + surplus
        + [
            _("{name} {shape} is missing").format(name=name, shape=shape)
            for name, shape in list(wanted.items())[len(found) :]
        ]
    )
