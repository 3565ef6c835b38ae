"""Where a data set's files are on this machine."""

from __future__ import annotations

from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_asset, user_folder
from digitpad.datasets.downloading import download
from digitpad.datasets.registry import DataFile, DataSet, data_set_named


def find(name: str, data: Path | None = None, may_download: bool = True) -> Path:
    """The folder that holds all files of a data set, each as it is or packed.

    data: the folder to look in: there itself, in a folder of the data set's name, or where
    torchvision puts it (MNIST/raw). Without it: what came with Digitpad, then what a package of the
    system brought, then the user's own folder, then a download. Raises DigitpadError, naming the
    files and where to put them, where they are not to be had.
    """
    entry = data_set_named(name)
    if data is not None:
        data = Path(data)
        # The folders of its own first: MNIST and others name their files alike.
        below = (
            Path(entry.folder) / "raw",
            Path(entry.folder),
            Path(entry.name),
            Path(),
            Path("raw"),
        )
        for folder in (data / inside for inside in below):
            if is_complete(folder, entry):
                return folder
        raise DigitpadError(f"{data} does not hold {entry.title}; it needs {wanted(entry)}")
    own = user_folder() / entry.folder / "raw"
    shipped = shipped_asset(entry.name)
    places = [*([] if shipped is None else [shipped]), *map(Path, entry.system_folders), own]
    for folder in places:
        if is_complete(folder, entry):
            return folder
    if not may_download:
        package = f"install Debian's package {entry.package}, or " if entry.package else ""
        raise DigitpadError(
            f"{entry.title} is not here; {package}put {wanted(entry)} into {own}, "
            "or have them downloaded by training a network with it: "
            f"python train.py --dataset {entry.name}"
        )
    try:
        download(entry, own)
    except DigitpadError as error:
        raise DigitpadError(
            f"{entry.title} is not here, and {error}; put {wanted(entry)} into {own}, "
            "or name their folder with --data"
        ) from error
    if not is_complete(own, entry):
        raise DigitpadError(
            f"the download left {entry.title} incomplete; put {wanted(entry)} into {own}"
        )
    return own


def is_complete(folder: Path, entry: DataSet) -> bool:
    """Whether all files are there, whatever is in them; a folder that may not be looked into
    holds none."""
    return all(present(folder, file) is not None for file in entry.files)


def present(folder: Path, file: DataFile) -> Path | None:
    """The file in a folder, packed (which is taken first) or not; None where it is not there."""
    for name in (file.published, file.name):
        try:
            if (folder / name).exists():
                return folder / name
        except OSError:
            continue
    return None


def wanted(entry: DataSet) -> str:
    """The files of a data set as an error names them."""
    count = {2: "two", 4: "four"}[len(entry.files)]
    inside = "" if entry.archive is None else f" (from {entry.archive.name})"
    return (
        f"the {count} files "
        + ", ".join(f"{file.name}[{file.packing}]" for file in entry.files)
        + inside
    )
