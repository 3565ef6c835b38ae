"""The networks that the recogniser holds: those that read, and those opened before, which stay at
hand so that one can go back to them at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.results import NetworkInfo
from digitpad.engine.messages import ROLES
from digitpad.nets.recognizer import Recognizer

MOST_NETWORKS = 8
MOST_PARAMETERS = 64_000_000

_Key = tuple[Hashable, ...]


class OpenedNetworks:
    """Opens networks for one device and keeps those used last.

    At most MOST_NETWORKS are kept, with at most MOST_PARAMETERS in all. A file that has changed
    since is opened anew.
    """

    def __init__(
        self, device: str, read: Callable[[Path, str, str], Recognizer] | None = None
    ) -> None:
        self._device = device
        self._read = read or (lambda weights, device, net: Recognizer(weights, device, net))
        self._kept: OrderedDict[_Key, Recognizer] = OrderedDict()

    def open(self, weights: Path, net: str) -> Recognizer:
        """The network of a weights file, with net as Recognizer takes it; raises DigitpadError
        as that does."""
        key = (
            self._device,
            net,
            _state(weights),
            _state(Path(net.rpartition(":")[0])) if ":" in net else None,
        )
        if key not in self._kept:
            self._kept[key] = self._read(weights, self._device, net)
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and (
            len(self._kept) > MOST_NETWORKS
            or sum(kept.info.parameters for kept in self._kept.values()) > MOST_PARAMETERS
        ):
            self._kept.popitem(last=False)
        return self._kept[key]


class Networks:
    """The networks that read, each in its role."""

    def __init__(self, opened: OpenedNetworks) -> None:
        self._opened = opened
        self._reading: dict[str, Recognizer] = {}

    def __getitem__(self, role: str) -> Recognizer:
        """The network in a role; raises DigitpadError where there is none."""
        try:
            return self._reading[role]
        except KeyError:
            raise DigitpadError(f"no {role} network is open") from None

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles in which there is a network, the one that answers first."""
        return tuple(role for role in ROLES if role in self._reading)

    def open(
        self, role: str, weights: Path, net: str, check: Callable[[NetworkInfo], None]
    ) -> NetworkInfo:
        """Load a network and have it read in a role; gives what it is.

        Raises DigitpadError where it cannot be loaded, or check does not take its description; the
        network before it then stays.
        """
        found = self._opened.open(weights, net)
        check(found.info)
        self._reading[role] = found
        return found.info

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
