"""Which of the files that are brought belong to a network."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.file_kinds import WEIGHTS_ENDINGS
from digitpad.nets.spec.record import read_record

PROGRAM_ENDING = ".py"
_OF_WEIGHTS = ("weight.npy", "bias.npy", "kernel.npy")
_MOST_NAMES = 1000
_MOST_NEIGHBOURS, _MOST_LOOKED_AT = 6, 2000


def is_weights(file: Path) -> bool:
    """Whether a file is one of weights, by its name; of an .npz file, which may hold pictures too,
    by the names of its arrays."""
    ending = file.suffix.lower()
    return ending in WEIGHTS_ENDINGS and (ending != ".npz" or _names_weights(file))


def network_files(files: Sequence[Path]) -> tuple[Path, ...]:
    """What of the files that were brought at once belongs to a network: weights, the Python file
    that makes it, or both, the Python file first. Empty where the first file is neither."""
    if not files or not (is_weights(files[0]) or _is_program(files[0])):
        return ()
    programs = [file for file in files if _is_program(file)][:1]
    weights = [file for file in files if is_weights(file)][:1]
    return (*programs, *weights)


def _is_program(file: Path) -> bool:
    return file.suffix.lower() == PROGRAM_ENDING


def _names_weights(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()[:_MOST_NAMES]
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
    return any(name.endswith(_OF_WEIGHTS) for name in names)


def names_its_network(weights: Path) -> bool:
    """Whether the record in a file names a network of the catalogue, so that nothing is to be
    asked; what cannot be read is for the recogniser to refuse."""
    try:
        return read_record(weights).network in NETWORKS
    except DigitpadError:
        return False


def beside(file: Path, endings: tuple[str, ...]) -> list[Path]:
    """The files with these endings in the folder of a file: those of a like name first, then the
    newest."""
    from difflib import SequenceMatcher  # here, so that the window opens sooner

    try:
        found = list(islice(file.parent.iterdir(), _MOST_LOOKED_AT))
        found = [path for path in found if path.suffix.lower() in endings and path.is_file()]
        ranked = [
            (-round(SequenceMatcher(None, path.stem, file.stem).ratio(), 1), -path.stat().st_mtime)
            for path in found
        ]
    except OSError:
        return []
    in_order = sorted(zip(ranked, found, strict=True))
    return [path for _, path in in_order[:_MOST_NEIGHBOURS]]
