"""Where a data set's files are on this machine."""

from __future__ import annotations

from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _
from digitpad.core.paths import shipped_asset, user_folder
from digitpad.datasets.downloading import download
from digitpad.datasets.registry import DataFile, DataSet, data_set_named

_FILES = {2: N_("the two files {names}"), 4: N_("the four files {names}")}


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
        raise DigitpadError(
            _("{data} does not hold {title}; it needs {wanted}").format(
                data=data, title=entry.title, wanted=wanted(entry)
            )
        )
    own = user_folder() / entry.folder / "raw"
    shipped = shipped_asset(entry.name)
    places = [*([] if shipped is None else [shipped]), *map(Path, entry.system_folders), own]
    for folder in places:
        if is_complete(folder, entry):
            return folder
    if not may_download:
        way = (
            _(
                "{title} is not here; install Debian's package {package}, or put {wanted} into "
                "{own}, or have them downloaded by training a network with it: "
                "python train.py --dataset {name}"
            )
            if entry.package
            else _(
                "{title} is not here; put {wanted} into {own}, or have them downloaded by "
                "training a network with it: python train.py --dataset {name}"
            )
        )
        raise DigitpadError(
            way.format(
                title=entry.title,
                package=entry.package,
                wanted=wanted(entry),
                own=own,
                name=entry.name,
            )
        )
    try:
        download(entry, own)
    except DigitpadError as error:
        raise DigitpadError(
            _(
                "{title} is not here, and {error}; put {wanted} into {own}, or name their "
                "folder with --data"
            ).format(title=entry.title, error=error, wanted=wanted(entry), own=own)
        ) from error
    if not is_complete(own, entry):
        raise DigitpadError(
            _("the download left {title} incomplete; put {wanted} into {own}").format(
                title=entry.title, wanted=wanted(entry), own=own
            )
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
    names = ", ".join(f"{file.name}[{file.packing}]" for file in entry.files)
    files = _(_FILES[len(entry.files)]).format(names=names)
    if entry.archive is None:
        return files
    return _("{files} (from {archive})").format(files=files, archive=entry.archive.name)
