"""A data set's training or test part, read from the files that were found."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets.finding import find, present
from digitpad.datasets.idx import idx_array
from digitpad.datasets.labelled import LabelledDigits
from digitpad.datasets.registry import DataFile, DataSet, data_set_named
from digitpad.datasets.unpacking import LIMIT_BYTES, unpacked
from digitpad.datasets.usps import USPS_LIMIT_BYTES, usps_digits


def load(
    name: str,
    data: Path | None = None,
    part: str = "train",
    download: bool = True,
    check_digests: bool = True,
) -> LabelledDigits:
    """The training ("train") or test ("test") part of a data set, found as find does.

    check_digests: take only the originals; where no digest is known, their number. Raises
    DigitpadError where there is no such data set, or a file is missing, truncated, of a wrong
    format or size, or not the original.
    """
    entry = data_set_named(name)
    folder = find(name, data, download)
    files, n = {"train": (entry.train, entry.train_n), "test": (entry.test, entry.test_n)}[part]
    paths = [_path(folder, file) for file in files]
    limit = USPS_LIMIT_BYTES if entry.form == "usps" else LIMIT_BYTES
    contents = [
        unpacked(path, file if check_digests else None, limit)
        for path, file in zip(paths, files, strict=True)
    ]
    if entry.form == "usps":
        read = usps_digits(contents[0], paths[0])
    else:
        digits = idx_array(contents[0], "images", paths[0])
        labels = idx_array(
            contents[1], "labels" if entry.form == "idx" else "rows of labels", paths[1]
        )
        read = _together(entry, folder, digits, labels)
    if check_digests and len(read) != n:
        raise DigitpadError(
            _("{folder}: {n:,} pictures where {title} has {wanted:,}; get the files again").format(
                folder=folder, n=len(read), title=entry.title, wanted=n
            )
        )
    return read


def _together(
    entry: DataSet, folder: Path, digits: np.ndarray, labels: np.ndarray
) -> LabelledDigits:
    """Images and labels that belong to each other; raises DigitpadError where they do not."""
    if digits.shape[1:] != (28, 28):
        raise DigitpadError(
            _("{folder}: the digits are {shape} pixels, not (28, 28)").format(
                folder=folder, shape=digits.shape[1:]
            )
        )
    if len(digits) != len(labels):
        raise DigitpadError(
            _("{folder}: {n:,} digits but {labels:,} labels; get the files again").format(
                folder=folder, n=len(digits), labels=len(labels)
            )
        )
    if labels.ndim == 2:
        if labels.shape[1] == 0:
            raise DigitpadError(
                _("{folder}: the rows of labels are empty; get the files again").format(
                    folder=folder
                )
            )
        # QMNIST's rows: the class, then who wrote it and where NIST's files have it.
        labels = labels[:, 0]
    last = len(entry.classes) - 1
    odd = labels[(labels < 0) | (labels > last)]
    if len(odd):
        raise DigitpadError(
            _("{folder}: there is a label {odd}; labels go from 0 to {last}").format(
                folder=folder, odd=odd[0], last=last
            )
        )
    if entry.transposed:
        digits = np.ascontiguousarray(digits.transpose(0, 2, 1))
    return LabelledDigits(digits, labels.astype(np.uint8))


def _path(folder: Path, file: DataFile) -> Path:
    path = present(folder, file)
    if path is None:
        raise DigitpadError(_("{file} is gone; get it again").format(file=folder / file.name))
    return path
