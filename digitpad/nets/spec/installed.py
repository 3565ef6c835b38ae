"""The networks whose weights are on this computer; needs neither torch nor Qt."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights, user_folder
from digitpad.core.results import InstalledNetwork
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.declaration import OURS, Network
from digitpad.nets.spec.record import read_record

__all__ = ["InstalledNetwork", "installed_networks"]

_MOST_FILES = 200


def weights_folders() -> list[Path]:
    """Where weights are looked for: beside the shipped ones, then the user's own folder."""
    try:
        shipped = [shipped_weights().parent]
    except DigitpadError:
        shipped = []
    return [*shipped, user_folder() / "weights"]


def installed_networks(folders: Iterable[Path] | None = None) -> list[InstalledNetwork]:
    """The networks in the weights files of these folders (weights_folders() where not given), by
    their records.

    The default network first, then in the order of the table, each network's recipes by their
    files' names. What is damaged, or for no network of the table, is left out; a file's name counts
    once, in the first folder that has it.
    """
    found: dict[str, InstalledNetwork] = {}
    for folder in weights_folders() if folders is None else folders:
        try:
            files = sorted(folder.glob("*.safetensors"))[:_MOST_FILES]
        except OSError:
            continue
        for path in files:
            if path.name not in found and (network := _network_in(path)) is not None:
                found[path.name] = network
    order = {name: place for place, name in enumerate(NETWORKS)}
    return sorted(
        found.values(),
        key=lambda network: (order[network.name], len(network.weights.name), network.weights),
    )


def untrained_networks() -> list[Network]:
    """The networks of the catalogue of which no weights are installed, in its order."""
    here = {network.name for network in installed_networks()}
    return [network for network in NETWORKS.values() if network.name not in here]


def _network_in(path: Path) -> InstalledNetwork | None:
    try:
        record = read_record(path)
    except DigitpadError:
        return None
    declared = NETWORKS.get(record.network)
    if declared is None:
        return None
    return InstalledNetwork(
        name=declared.name,
        title=declared.title,
        weights=path.resolve(),
        tutorial=declared.tutorial,
        about=declared.about,
        dataset=record.dataset or declared.dataset,
        test_accuracy=record.test_accuracy,
        recipe=record.recipe or OURS,
    )
