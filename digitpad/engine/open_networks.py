"""The networks that the recogniser holds: those that read, and those opened before, which stay at
hand so that one can go back to them at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo
from digitpad.engine.film_reading import FilmReader
from digitpad.engine.messages import ROLES
from digitpad.engine.opening import NetworkChoice
from digitpad.nets.digit_reader import DigitReader
from digitpad.nets.plain_reader import PlainReader
from digitpad.nets.spec.open_choices import (
    NOTHING_SAID,
    OpenChoices,
    Remembered,
    key_of,
    recall,
    record_beside,
)
from digitpad.nets.spec.snapshots import is_snapshot

MOST_NETWORKS = 8
MOST_PARAMETERS = 64_000_000

_Key = tuple[Hashable, ...]


def read_plainly(weights: Path, device: str, net: str, choices: OpenChoices) -> PlainReader:
    """A network that is read without PyTorch; raises NeedsTorchError where it cannot be."""
    return PlainReader(weights, net, choices)


class OpenedNetworks:
    """Opens networks for one device and keeps those used last.

    At most MOST_NETWORKS are kept, with at most MOST_PARAMETERS in all. A file that has changed
    since is opened anew.
    """

    def __init__(
        self,
        device: str,
        read: Callable[[Path, str, str, OpenChoices], DigitReader] = read_plainly,
    ) -> None:
        """read: opens one; takes what Recognizer takes."""
        self._device = device
        self._read = read
        self._kept: OrderedDict[_Key, DigitReader] = OrderedDict()
        self._digests: dict[_Key, str] = {}

    @property
    def is_plain(self) -> bool:
        """Whether networks are read without PyTorch."""
        return self._read is read_plainly

    def open(self, weights: Path, net: str, choices: OpenChoices = NOTHING_SAID) -> DigitReader:
        """The network of a weights file, with net and choices as Recognizer takes them; raises
        DigitpadError as that does."""
        key = self._key(weights, net, choices)
        if key not in self._kept:
            found = self._read(weights, self._device, net, choices)
            # What was said of it, or guessed, is remembered by now.
            key = self._key(weights, net, choices)
            # Of snapshots of a run only the last: a slider opens one after the other.
            for other, kept in list(self._kept.items()):
                if is_snapshot(kept.info.metadata):
                    del self._kept[other]
            self._kept[key] = found
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and (
            len(self._kept) > MOST_NETWORKS
            or sum(kept.info.parameters for kept in self._kept.values()) > MOST_PARAMETERS
        ):
            self._kept.popitem(last=False)
        return self._kept[key]

    def _key(self, weights: Path, net: str, choices: OpenChoices) -> _Key:
        """All that the network depends on: the files, what is said, and what stands beside the
        weights or is remembered of them."""
        files = (
            _state(weights),
            _state(Path(net.rpartition(":")[0])) if ":" in net else None,
            _state(record_beside(weights)),
        )
        return self._device, net, choices, *files, self._remembered(weights, net, files)

    def _remembered(self, weights: Path, net: str, files: _Key) -> Remembered:
        of = (net, files)
        try:
            digest = self._digests.get(of) or key_of(weights, net)
        except DigitpadError:
            return Remembered()
        self._digests[of] = digest
        return recall(digest)


class Networks:
    """The networks that read, each in its role.

    troubles: why one could not be opened otherwise, by its role. film: the snapshots of a training
    run, which read beside them.
    """

    def __init__(self, opened: OpenedNetworks) -> None:
        self._opened = opened
        self.troubles: dict[str, str] = {}
        self._reading: dict[str, tuple[NetworkChoice, DigitReader]] = {}
        self.film = FilmReader()

    def __getitem__(self, role: str) -> DigitReader:
        """The network in a role; raises DigitpadError where there is none."""
        try:
            return self._reading[role][1]
        except KeyError:
            raise DigitpadError(_("no {role} network is open").format(role=role)) from None

    @property
    def is_plain(self) -> bool:
        """Whether networks are read without PyTorch."""
        return self._opened.is_plain

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles in which there is a network, the one that answers first."""
        return tuple(role for role in ROLES if role in self._reading)

    @property
    def choices(self) -> dict[str, NetworkChoice]:
        """What was opened, by its role."""
        return {role: self._reading[role][0] for role in self.roles}

    def open(
        self, role: str, choice: NetworkChoice, check: Callable[[NetworkInfo], None]
    ) -> NetworkInfo:
        """Load a network and have it read in a role; gives what it is.

        Raises DigitpadError where it cannot be loaded, or check does not take its description; the
        network before it then stays.
        """
        found = self._opened.open(choice.weights, choice.net, choice.choices)
        check(found.info)
        self._reading[role] = choice, found
        self.troubles.pop(role, None)
        return found.info

    def open_anew(self, opened: OpenedNetworks) -> dict[str, NetworkInfo]:
        """Have all that read opened otherwise; gives what they are then, by their role. One that
        cannot be, or is another by now, stays as it is, and troubles says why."""
        self._opened = opened
        found = {}
        for role, (choice, before) in list(self._reading.items()):
            try:
                reader = opened.open(choice.weights, choice.net, choice.choices)
                if reader.info.layers != before.info.layers:
                    raise DigitpadError(
                        _("{file} was changed; open it again").format(file=choice.weights)
                    )
            except DigitpadError as error:
                self.troubles[role] = str(error)
                continue
            self._reading[role] = choice, reader
            found[role] = reader.info
        return found

    def close(self, role: str) -> None:
        """Have none read in a role."""
        self._reading.pop(role, None)


def _state(path: Path) -> _Key:
    """A file's path, time and size, which tell whether it is the same still."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return (str(path),)
    return str(path), found.st_mtime_ns, found.st_size
