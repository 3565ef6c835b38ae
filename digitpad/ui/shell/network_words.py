"""What is said of a network in the window: where it comes from, how good it is, how it was
trained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digitpad.core.languages import N_, _
from digitpad.core.results import FeedingSource, InstalledNetwork, NetworkInfo
from digitpad.core.weights_record import TAUGHT
from digitpad.datasets import DATASETS
from digitpad.nets.spec import catalogue
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.given_names import can_be_named, given_name
from digitpad.nets.spec.opened_networks import OpenedFile

_LONGEST_NAME = 24
# What the notes begin with that tell how a network is fed.
_FEEDING_NOTE = N_("How it was fed")
_SETTINGS = {
    "ours": N_("our training settings"),
    "tutorial": N_("the tutorial's training settings"),
}

_DEVICES = {"cpu": "CPU", "cuda": N_("NVIDIA GPU"), "mps": N_("Apple GPU")}

_FED_BY = {
    FeedingSource.SAID: N_("as was said when it was opened"),
    FeedingSource.BESIDE: N_("as the record beside its file says"),
    FeedingSource.RECORD: N_("as its file says"),
    FeedingSource.REMEMBERED: N_("remembered: said when this file was opened before"),
    FeedingSource.GUESSED: N_("guessed"),
    FeedingSource.ACCEPTED: N_("guessed, and accepted when it was opened"),
    FeedingSource.SCRIPT: N_("as the script feeds it that such files are of"),
    FeedingSource.UNKNOWN: N_("nothing says how it was fed"),
}


def fed_by_words(source: FeedingSource) -> str:
    """What says how a network is fed."""
    return _(_FED_BY[source])


def guess_words(info: NetworkInfo) -> str:
    """What was guessed of how a network is fed, or that it could not be, where nobody took it;
    nothing else."""
    if info.fed_by not in (FeedingSource.GUESSED, FeedingSource.UNKNOWN):
        return ""
    return next((note for note in info.notes if note.startswith(_(_FEEDING_NOTE))), "")


def dataset_title(name: str) -> str:
    """A data set's name as people write it."""
    return DATASETS[name].title if name in DATASETS else name


def settings_words(recipe: str) -> str:
    """How a network was trained, in words; what is unknown stays as its record says it."""
    return _(_SETTINGS[recipe]) if recipe in _SETTINGS else recipe


def tutorial_words(tutorial: str) -> str:
    """Where a network comes from, in words: its tutorial's title, or what the catalogue says in
    place of a number."""
    title = catalogue.tutorial_words(tutorial)
    return title[:1].upper() + title[1:]


def accuracy_words(accuracy: float | None, dataset: str) -> str:
    """A test accuracy in [0, 1] and on what, such as "99.32 % on MNIST"; the data set alone where
    the accuracy is not known."""
    where = dataset_title(dataset)
    if accuracy is None:
        return where
    return _("{share:.2f} % on {where}").format(share=accuracy * 100, where=where)


def is_taught(info: NetworkInfo) -> bool:
    """Whether a network was taught a person's own drawings (teaching/versions.py)."""
    return TAUGHT in info.metadata


def title_words(info: NetworkInfo) -> str:
    """A network's title, with the name that the person gave it, or that it was taught where it
    was."""
    weights = Path(info.weights_file)
    if is_taught(info) and not given_name(weights):
        return _("{title}, taught").format(title=_(info.title))
    return _with_own_name(_(info.title), weights, info.network)


def _with_own_name(title: str, weights: Path, network: str) -> str:
    """A title with the name that a person gave to the network, where it is of their own training;
    it may have the title of one that comes with Digitpad."""
    name = own_name(weights)
    if not name or name == network:
        return title
    return f"{title} · {name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + '…'}"


def own_name(weights: Path) -> str:
    """What a network of the person's own is called: the name that was given it, else its file's;
    "" for others."""
    return (given_name(weights) or weights.stem) if can_be_named(weights) else ""


def heading_words(info: NetworkInfo) -> tuple[str, str]:
    """A network's title, and what stands behind it over its row."""
    details = [info.network]
    if info.test_accuracy is not None:
        details.append(accuracy_words(info.test_accuracy, info.metadata.get("dataset", "mnist")))
    return title_words(info), " · ".join(details)


@dataclass(frozen=True)
class ListedWords:
    """What is said of a network in the list. title: at the left, figure at the right of the first
    line; second: the second line. is_faint: it cannot be opened as it is. names: what letters that
    are typed may be part of."""

    title: str
    figure: str
    second: str
    is_faint: bool = False
    names: str = ""

    def has(self, letters: str) -> bool:
        """Whether all words of what was typed are somewhere in its names."""
        names = self.names.casefold()
        return all(word in names for word in letters.casefold().split())


Listed = InstalledNetwork | OpenedFile | Network
"""What may stand in the list: a network that is installed, a file that was opened, or a network of
the catalogue of which there are no weights."""


def listed_words(one: Listed) -> ListedWords:
    """What is said of it in the list."""
    if isinstance(one, InstalledNetwork):
        return ListedWords(
            _with_own_name(_(one.title), one.weights, one.name),
            first_line(one)[1],
            second_line(one),
            names=f"{one.title} {_(one.title)} {one.name} {one.weights.stem} "
            + own_name(one.weights),
        )
    if isinstance(one, OpenedFile):
        return _opened_words(one)
    origin = tutorial_words(one.tutorial)
    second = " · ".join(filter(None, [origin, _(one.about)]))
    names = f"{one.title} {_(one.title)} {one.name}"
    return ListedWords(_(one.title), _("Train …"), second, names=names)


def told_apart(listed: Sequence[Listed]) -> list[ListedWords]:
    """What is said of each in a list, those of one title told apart: by how they were trained, or
    by their files."""
    every = [listed_words(one) for one in listed]
    counts = Counter(words.title for words in every)
    return [
        replace(words, title=f"{words.title} · {mark}", names=f"{words.names} {mark}")
        if counts[words.title] > 1 and (mark := _mark(one, listed))
        else words
        for one, words in zip(listed, every, strict=True)
    ]


def _mark(one: Listed, listed: Sequence[Listed]) -> str:
    """What tells a network from others of its title; "" where nothing has to."""
    if isinstance(one, OpenedFile):
        return one.weights.name
    if isinstance(one, Network) or own_name(one.weights):
        return ""
    alike = [
        each for each in listed if isinstance(each, InstalledNetwork) and each.title == one.title
    ]
    recipes = Counter(each.recipe for each in alike)
    if len(alike) < 2:
        return ""
    return settings_words(one.recipe) if recipes[one.recipe] == 1 else one.weights.stem


def _opened_words(one: OpenedFile) -> ListedWords:
    program = one.program
    files = ", ".join(path.name for path in (one.weights, program) if path is not None)
    names = f"{one.title} {files}"
    if one.missing is not None:
        return ListedWords(
            _(one.title),
            _("gone"),
            _("{missing} is not there any more").format(missing=one.missing),
            is_faint=True,
            names=names,
        )
    return ListedWords(
        _(one.title),
        _("{parameters:,} parameters").format(parameters=one.parameters),
        _("Opened by you · {files} · {parent}").format(files=files, parent=one.weights.parent),
        names=names,
    )


def train_command(network: Network) -> str:
    """The command that makes a network's weights, in a terminal, in Digitpad's own folder."""
    return f"python train.py --net {network.name}"


def first_line(network: InstalledNetwork) -> tuple[str, str]:
    """A network's title, and what stands behind it in the list: its accuracy and on what."""
    return network.title, accuracy_words(network.test_accuracy, network.dataset)


def second_line(network: InstalledNetwork) -> str:
    """Where a network comes from, how it was trained, and what it is."""
    origin, settings = tutorial_words(network.tutorial), settings_words(network.recipe)
    return f"{origin} · {settings} · {_(network.about)}"


def device_words(info: NetworkInfo) -> str:
    """Where a network runs."""
    return _(_DEVICES[info.device]) if info.device in _DEVICES else info.device
