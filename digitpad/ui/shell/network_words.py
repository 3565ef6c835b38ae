"""What is said of a network in the window: where it comes from, how good it is, how it was
trained."""

from __future__ import annotations

from digitpad.core.results import InstalledNetwork, NetworkInfo
from digitpad.datasets import DATASETS
from digitpad.nets.spec.catalogue import tutorial_title

_SETTINGS = {"ours": "our training settings", "tutorial": "the tutorial's training settings"}


def dataset_title(name: str) -> str:
    """A data set's name as people write it."""
    return DATASETS[name].title if name in DATASETS else name


def settings_words(recipe: str) -> str:
    """How a network was trained, in words; what is unknown stays as its record says it."""
    return _SETTINGS.get(recipe, recipe)


def tutorial_words(tutorial: str) -> str:
    """Where a network comes from, in words: its tutorial's title, or what the catalogue says in
    place of a number."""
    title = tutorial_title(tutorial)
    return title[:1].upper() + title[1:]


def accuracy_words(accuracy: float | None, dataset: str) -> str:
    """A test accuracy in [0, 1] and on what, such as "99.32 % on MNIST"; the data set alone where
    the accuracy is not known."""
    where = dataset_title(dataset)
    return where if accuracy is None else f"{accuracy * 100:.2f} % on {where}"


def heading_words(info: NetworkInfo) -> tuple[str, str]:
    """A network's title, and what stands behind it over its row."""
    details = [info.network]
    if info.test_accuracy is not None:
        details.append(accuracy_words(info.test_accuracy, info.metadata.get("dataset", "mnist")))
    return info.title, " · ".join(details)


def first_line(network: InstalledNetwork) -> tuple[str, str]:
    """A network's title, and what stands behind it in the list: its accuracy and on what."""
    return network.title, accuracy_words(network.test_accuracy, network.dataset)


def second_line(network: InstalledNetwork) -> str:
    """Where a network comes from, how it was trained, and what it is."""
    origin, settings = tutorial_words(network.tutorial), settings_words(network.recipe)
    return f"{origin} · {settings} · {network.about}"
