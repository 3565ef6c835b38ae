"""Versions: every taught state of a network that was kept, in files of their own in the user's
folder.

    for version in list_versions().versions:    # newest first
        print(version.path, version.teaching.taught_at, version.teaching.figures)

A version is a weights file as any other, whose record tells what it was taught: `digitpad
--weights` opens it. Files are only ever added, each whole or not at all, so that any number of
windows may teach at once, and the shipped network is never touched. Needs no torch.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from digitpad.core.constants import NON_DIGIT
from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.core.languages import _
from digitpad.core.paths import user_folder
from digitpad.core.weights_record import TAUGHT, WeightsRecord
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.given_names import given_names
from digitpad.nets.spec.record import FILE_LIMIT_BYTES, parse_header
from digitpad.teaching.figures import Figure, from_record

BODY = "taught_body"
"""The entry of a record that has the SHA-256 of the weights, which tells a damaged file."""
_MOST_FILES = 500


@dataclass(frozen=True, eq=False)
class Teaching:
    """What a version's record tells of its teaching.

    taught_at: when, UTC. parent: the digest of the weights file that was taught, parent_name: that
    file's name without its ending. labels: how many drawings of each label it was taught. drawings:
    digest_of_drawings of them. figures: before and after, without pictures. overruled: kept against
    the program's verdict. departures: what the recipe had otherwise.
    """

    taught_at: datetime
    parent: str
    parent_name: str
    labels: Mapping[int, int]
    drawings: str
    figures: tuple[Figure, ...]
    overruled: bool = False
    departures: Mapping[str, object] | None = None

    @property
    def n(self) -> int:
        """How many drawings it was taught."""
        return sum(self.labels.values())


@dataclass(frozen=True, eq=False)
class Version:
    """A kept state. path: its file. digest: of that file, as a child names it. network: the name
    of the network in the catalogue; title: as people know it. name: that the person gave it, "" for
    none."""

    path: Path
    digest: str
    network: str
    title: str
    teaching: Teaching
    name: str = ""


@dataclass(frozen=True)
class Versions:
    """versions: newest first. notices: a line for each file that is none of them, and why."""

    versions: tuple[Version, ...] = ()
    notices: tuple[str, ...] = ()

    def of(self, weights: Path) -> Version | None:
        """The version of a file; None where it is none."""
        wanted = Path(weights).resolve()
        return next((one for one in self.versions if one.path.resolve() == wanted), None)

    def parent_of(self, version: Version) -> Version | None:
        """The version that one was taught from; None where that was no version, or is gone."""
        found = (one for one in self.versions if one.digest == version.teaching.parent)
        return next(found, None)


class _DamagedError(DigitpadError):
    """A file that is not as it was kept."""


def versions_folder() -> Path:
    """Where versions lie; it may not exist yet."""
    return user_folder() / "versions"


def list_versions(folder: Path | None = None) -> Versions:
    """The versions of a folder (default: the user's own). A damaged one is set aside under another
    name, never deleted; what is no version, or cannot be read, stays as it is. Raises nothing."""
    folder = folder or versions_folder()
    found, notices = [], []
    try:
        paths = sorted(folder.glob("*.safetensors"))[-_MOST_FILES:]
    except (OSError, DigitpadError):
        return Versions()
    names = given_names(folder)
    for path in paths:
        try:
            found.append(replace(read_version(path), name=names.get(path.name, "")))
        except _DamagedError as error:
            notices.append(_set_aside(path, str(error)))
        except DigitpadError as error:
            notices.append(str(error))
    found.sort(key=lambda one: (one.teaching.taught_at, one.path.name), reverse=True)
    return Versions(tuple(found), tuple(notices))


def read_version(path: Path) -> Version:
    """The version of a file, checked whole. Raises DigitpadError where it is none or is damaged."""
    content = read_limited(path, FILE_LIMIT_BYTES)
    try:
        metadata = parse_header(path, content, len(content))
        record = WeightsRecord.from_metadata(metadata, path)
    except DigitpadError as error:
        raise _DamagedError(str(error)) from error
    declared = NETWORKS.get(record.network)
    if TAUGHT not in metadata or declared is None:
        raise DigitpadError(
            _("{path} is no network that was taught; open it as any other").format(path=path)
        )
    if metadata.get(BODY) != body_digest(content):
        raise _DamagedError(
            _("{path} is damaged: its weights are not those that were kept").format(path=path)
        )
    try:
        teaching = parse_teaching(metadata[TAUGHT])
    except ValueError as error:
        raise _DamagedError(
            _("{path} is damaged: {reason}").format(path=path, reason=error)
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    return Version(path, digest, declared.name, declared.title, teaching)


def body_digest(content: bytes) -> str:
    """The SHA-256 of the weights in a safetensors file's content."""
    start = 8 + int.from_bytes(content[:8], "little")
    return hashlib.sha256(memoryview(content)[start:]).hexdigest()


def write_teaching(teaching: Teaching) -> str:
    """The record's entry of a teaching."""
    from digitpad.teaching.figures import as_record

    return json.dumps(
        {
            "at": teaching.taught_at.astimezone(timezone.utc).isoformat(timespec="seconds"),
            "parent": teaching.parent,
            "parent_name": teaching.parent_name,
            "labels": {str(label): n for label, n in teaching.labels.items()},
            "drawings": teaching.drawings,
            "figures": as_record(teaching.figures),
            "overruled": teaching.overruled,
            "departures": dict(teaching.departures or {}),
        }
    )


def parse_teaching(text: str) -> Teaching:
    """What write_teaching wrote; raises ValueError, saying what, where it makes no sense."""
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("its record is not JSON") from error
    if not isinstance(entry, dict):
        raise ValueError("its record is no object")
    texts = [entry.get(name) for name in ("at", "parent", "parent_name", "drawings")]
    if not all(isinstance(one, str) and len(one) <= 300 for one in texts):
        raise ValueError("its record lacks a text")
    at, parent, parent_name, drawings = (str(one) for one in texts)
    try:
        taught_at = datetime.fromisoformat(at)
    except ValueError as error:
        raise ValueError("its time is none") from error
    if taught_at.tzinfo is None:
        raise ValueError("its time has no time zone")
    return Teaching(
        taught_at,
        parent,
        parent_name,
        _labels(entry.get("labels")),
        drawings,
        from_record(entry.get("figures")),
        entry.get("overruled") is True,
        entry["departures"] if isinstance(entry.get("departures"), dict) else None,
    )


def _labels(entry: object) -> dict[int, int]:
    if not isinstance(entry, dict) or len(entry) > 11:
        raise ValueError("its labels are none")
    names = {str(label): label for label in range(NON_DIGIT, 10)}
    for name, n in entry.items():
        if name not in names or type(n) is not int or not 0 <= n < 1 << 31:
            raise ValueError("its labels are none")
    return {names[name]: n for name, n in sorted(entry.items())}


def _set_aside(path: Path, why: str) -> str:
    """Rename a damaged file, so that it is looked at no more; what happened, in a line."""
    number, free = 1, path.with_name(path.name + ".damaged")
    while free.exists() and number < 1_000:
        number += 1
        free = path.with_name(f"{path.name}.damaged-{number}")
    with contextlib.suppress(OSError):
        path.rename(free)
        return _("{reason}. It was set aside as {name}; nothing was deleted.").format(
            reason=why, name=free.name
        )
    return why


def shares_of(figures: Sequence[Figure]) -> dict[str, float]:
    """The figures after, as shares, by the name of what they are measured on; without those of no
    digits."""
    return {one.measure.value: one.after / one.n for one in figures if one.n}
