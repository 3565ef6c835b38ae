"""A weights file that was read, and all that is known of it: what its record, the one beside it and
a person say, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from digitpad.core.files import read_limited
from digitpad.core.results import FeedingSource
from digitpad.core.weights_record import WeightsRecord
from digitpad.nets.files.torch_file import parse_torch_file
from digitpad.nets.files.weight_sets import Tensors
from digitpad.nets.files.weights_file import parse_weights
from digitpad.nets.spec.file_kinds import LOOKED_AT_BYTES, check_kind
from digitpad.nets.spec.open_choices import (
    OpenChoices,
    Remembered,
    choices_beside,
    key_of_content,
    recall,
    remember,
)
from digitpad.nets.spec.record import FILE_LIMIT_BYTES, is_torch_content


@dataclass(frozen=True)
class KnownFile:
    """What is in a file, and what is known of it.

    record: its own. sets: its tensors. key: by which it is remembered. options: what a person says
    now; beside: what the record beside it says; remembered: from before. asks: a person can be
    asked, so that nothing is remembered yet, and a guess that nobody was shown counts for nothing.
    """

    path: Path
    record: WeightsRecord
    sets: dict[str, Tensors]
    key: str
    options: OpenChoices
    beside: OpenChoices
    remembered: Remembered
    asks: bool = False

    @property
    def said(self) -> OpenChoices:
        """What is said of it now, by options or beside it."""
        return self.options.completed(self.beside)

    @property
    def choices(self) -> OpenChoices:
        """All that is known of it but for its own record."""
        return self.said.completed(self.remembered.choices)

    @property
    def fed_by(self) -> FeedingSource | None:
        """What says how it is fed; None where nothing does."""
        if self.said.says_feeding:
            if not self.options.says_feeding:
                return FeedingSource.BESIDE
            return FeedingSource.ACCEPTED if self.options.accepted else FeedingSource.SAID
        known = self.remembered
        if known.choices.says_feeding:
            if known.is_usual:
                return FeedingSource.SCRIPT
            if known.guess:
                return FeedingSource.GUESSED
            accepted = bool(known.choices.accepted)
            return FeedingSource.ACCEPTED if accepted else FeedingSource.REMEMBERED
        if self.record.mean is None and self.record.std is None and not self.record.network:
            return None
        return FeedingSource.RECORD

    def remember_options(self) -> None:
        """Keep what a person says, where nothing is to be asked."""
        if self.options != OpenChoices() and not self.asks:
            remember(self.key, recall(self.key).after(self.said))

    def remember_guess(self, known: Remembered) -> None:
        """Keep what was found out, where nothing is to be asked."""
        if not self.asks:
            remember(self.key, known)


def read_known(weights: Path, net: str, options: OpenChoices, asks: bool) -> KnownFile:
    """Read a file once, and what is known of it.

    net: as open_weights takes it. Raises DigitpadError where the file, or the record beside it,
    cannot be read or used.
    """
    content = read_limited(weights, FILE_LIMIT_BYTES)
    if is_torch_content(content):
        record, sets = WeightsRecord(), parse_torch_file(weights, content)
    else:
        check_kind(weights, content[:LOOKED_AT_BYTES])
        record, tensors = parse_weights(weights, content)
        sets = {"": tensors}
    key, beside = key_of_content(content, net), choices_beside(weights)
    remembered, said = recall(key), options.completed(beside)
    # What was found out of other weights in the same file, or what nobody has seen.
    is_of_others = bool(said.set) and said.set != remembered.choices.set
    if is_of_others or (asks and remembered.guess):
        remembered = Remembered()
    return KnownFile(weights, record, sets, key, options, beside, remembered, asks)
