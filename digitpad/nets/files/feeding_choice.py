"""How a network is fed: as something says it, as its script does, or as it was guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from digitpad.core.languages import N_
from digitpad.core.results import FeedingSource
from digitpad.core.weights_record import WeightsRecord
from digitpad.datasets import DATASETS
from digitpad.nets.files.feeding import Guess, Reader, guess_feeding
from digitpad.nets.files.known_file import KnownFile
from digitpad.nets.inputs import InputForm
from digitpad.nets.spec.open_choices import OpenChoices, Remembered

_MAY_BE_ANOTHER = N_(
    "It may be another network of the same shapes: open it with the Python file that has its class."
)


@dataclass(frozen=True)
class Fed:
    """form: what the network is fed. record: the file's, with all that is known. notes: what is to
    be told of it. by: what says so. guess: what was found out now, where it is news."""

    form: InputForm
    record: WeightsRecord
    notes: tuple[str, ...]
    by: FeedingSource
    guess: Guess | None = None


def choose_feeding(
    file: KnownFile,
    network: Reader,
    form: InputForm,
    classes: int,
    usual: WeightsRecord,
    is_own: bool,
    is_doubtful: bool = False,
) -> Fed:
    """What a network with this many classes is fed.

    network: gives its logits. form: but for mean and std. usual: what is taken where nothing tells
    and nothing can be guessed: as the script feeds it that it is likely from. is_own: it is a
    module of the reader's. is_doubtful: it is one of several networks that the file may be of.
    """
    choices, by, guess = file.choices, file.fed_by, None
    notes: list[str] = []
    if by is FeedingSource.GUESSED:
        notes = [file.remembered.guess]
    elif by is FeedingSource.ACCEPTED:
        notes = [choices.accepted]
    if by is None:
        by = FeedingSource.UNKNOWN if is_own else FeedingSource.SCRIPT
        pair = (usual.mean or 0.0, usual.std or 1.0)
        # Of a module of the reader's whose script is not known, no way is likelier beforehand.
        likely = pair if usual.network else None
        guess = guess_feeding(network, form, classes, likely, may_pad=not choices.fit and is_own)
        if guess is not None:
            is_usual = not is_own and (guess.form.mean, guess.form.std) == pair
            if guess.is_sure:
                notes = [] if is_usual else [guess.words]
                by = FeedingSource.SCRIPT if is_usual else FeedingSource.GUESSED
                choices = choices.completed(_as_choices(guess))
                file.remember_guess(Remembered(choices, "" if is_usual else guess.words, is_usual))
            elif is_own or is_doubtful:
                notes = [guess.words, *([_MAY_BE_ANOTHER] if is_doubtful else [])]
            if (is_usual or not guess.is_sure) and not is_own and not is_doubtful:
                guess = None
    record = _completed(file.record, usual)
    if choices.says_feeding:
        record = replace(
            record,
            mean=0.0 if choices.mean is None else choices.mean,
            std=1.0 if choices.std is None else choices.std,
        )
    if choices.dataset in DATASETS and choices.dataset != record.dataset:
        record = replace(record, dataset=choices.dataset, classes=DATASETS[choices.dataset].classes)
    if choices.classes:
        record = replace(record, classes=choices.classes)
    assert record.mean is not None and record.std is not None
    fit = choices.fit if form.side != 28 and choices.fit else form.fit
    fed = InputForm(form.side, fit, record.mean, record.std)
    return Fed(fed, record, tuple(notes), by, guess)


def _as_choices(guess: Guess) -> OpenChoices:
    fit = guess.form.fit if guess.form.fit != "same" else ""
    return OpenChoices(mean=guess.form.mean, std=guess.form.std, fit=fit, dataset=guess.dataset)


def _completed(record: WeightsRecord, by: WeightsRecord) -> WeightsRecord:
    """A record with what it does not tell taken from another."""
    return WeightsRecord.from_metadata({**by.as_metadata(), **record.as_metadata()})
