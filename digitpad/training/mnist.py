"""MNIST's four files: found, checked, read, and split once for every choice that training makes.

The format is IDX: a big-endian magic number (0x00000801 for labels, 0x00000803 for images), a 32-bit size for
each dimension, then one byte per value. Nothing here needs torch.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import socket
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from digitpad.errors import DigitpadError
from digitpad.files import read_limited
from digitpad.paths import shipped_asset, user_folder

MEAN, STD = 0.1307, 0.3081  # of the training set's pixels in [0, 1]
VALIDATION_N = 5_000
_SPLIT_SEED = 1998
_DOWNLOAD_TIMEOUT_S = 20.0

# The md5 digests of the originals, unpacked.
DIGESTS = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
_LIMIT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class LabelledDigits:
    """digits: uint8 (n, 28, 28), 255 = ink; labels: uint8 (n,), 0 to 9."""

    digits: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, indices: np.ndarray) -> LabelledDigits:
        """Those at the given indices, in their order."""
        return LabelledDigits(self.digits[indices], self.labels[indices])


def find_mnist(data: Path | None = None, download: bool = True) -> Path:
    """The folder that holds the four files, each as it is or with .gz.

    data: the folder to look in (torchvision's DIR/MNIST/raw is found too). Without it: the files that came
    with Digitpad, then the user's own folder, then a download. Raises DigitpadError where they are not to be
    had.
    """
    if data is not None:
        data = Path(data)
        for folder in (data, data / "MNIST" / "raw", data / "raw"):
            if _is_complete(folder):
                return folder
        raise DigitpadError(f"{data} does not hold MNIST; it needs {_four_files()}")
    shipped = shipped_asset("mnist")
    places = [user_folder() / "MNIST" / "raw"] if shipped is None else [shipped, user_folder() / "MNIST" / "raw"]
    for folder in places:
        if _is_complete(folder):
            return folder
    if not download:
        raise DigitpadError(f"MNIST is not here; put {_four_files()} into {places[-1]}")
    return _download(user_folder())


def load_mnist(data: Path | None = None, part: str = "train", check_digests: bool = True) -> LabelledDigits:
    """The training set ("train", 60,000) or the test set ("test", 10,000), found as find_mnist does.

    Raises DigitpadError where a file is missing, truncated, of a wrong format or size, or not the original.
    """
    folder = find_mnist(data)
    prefix = {"train": "train", "test": "t10k"}[part]
    digits = read_idx(_present(folder, f"{prefix}-images-idx3-ubyte"), 3, check_digests)
    labels = read_idx(_present(folder, f"{prefix}-labels-idx1-ubyte"), 1, check_digests)
    if digits.shape[1:] != (28, 28):
        raise DigitpadError(f"{folder}: the digits are {digits.shape[1:]} pixels, not (28, 28)")
    if len(digits) != len(labels):
        raise DigitpadError(f"{folder}: {len(digits):,} digits but {len(labels):,} labels; get the files again")
    if len(labels) and labels.max() > 9:
        raise DigitpadError(f"{folder}: there is a label {labels.max()}; labels go from 0 to 9")
    return LabelledDigits(digits, labels)


def split(training: LabelledDigits, validation_n: int | None = None) -> tuple[LabelledDigits, LabelledDigits]:
    """The part to train on and the part to choose by, the same whatever the run's seed.

    validation_n: 5,000 unless told, or a twelfth of a smaller set. Drawn at random without regard to the
    labels.
    """
    if validation_n is None:
        validation_n = min(VALIDATION_N, len(training) // 12)
    order = np.random.RandomState(_SPLIT_SEED).permutation(len(training))
    kept, chosen = order[: len(order) - validation_n], order[len(order) - validation_n :]
    return training.take(np.sort(kept)), training.take(np.sort(chosen))


def read_idx(path: Path, dimensions: int, check_digest: bool = False) -> np.ndarray:
    """The uint8 array in an IDX file, gzipped or not, with the given number of dimensions.

    check_digest: also compare with the original of that name. Raises DigitpadError for anything that does
    not fit.
    """
    path = Path(path)
    content = _unpacked(path)
    header_bytes = 4 + 4 * dimensions
    if len(content) < header_bytes or content[:4] != bytes((0, 0, 8, dimensions)):
        kind = "images" if dimensions == 3 else "labels"
        raise DigitpadError(f"{path} is not an IDX file of {kind} (its magic number is wrong); get it again")
    shape = tuple(int(size) for size in np.frombuffer(content, ">u4", dimensions, 4))
    if math.prod(shape) != len(content) - header_bytes:
        raise DigitpadError(
            f"{path} says it holds {math.prod(shape):,} values and has {len(content) - header_bytes:,}; get it again"
        )
    name = path.name.removesuffix(".gz")
    if check_digest and hashlib.md5(content, usedforsecurity=False).hexdigest() != DIGESTS.get(name):
        raise DigitpadError(f"{path} is not MNIST's original (its md5 is not {DIGESTS.get(name)}); get it again")
    return np.frombuffer(content, np.uint8, offset=header_bytes).reshape(shape)


def _unpacked(path: Path) -> bytes:
    content = read_limited(path, _LIMIT_BYTES)
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        with gzip.open(path) as stream:
            unpacked = stream.read(_LIMIT_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DigitpadError(f"{path} cannot be unpacked ({error}); get it again") from error
    if len(unpacked) > _LIMIT_BYTES:
        raise DigitpadError(f"{path} unpacks to more than the {_LIMIT_BYTES:,} bytes that are read")
    return unpacked


def _is_complete(folder: Path) -> bool:
    return all((folder / name).exists() or (folder / f"{name}.gz").exists() for name in DIGESTS)


def _present(folder: Path, name: str) -> Path:
    packed = folder / f"{name}.gz"
    return packed if packed.exists() else folder / name


def _four_files() -> str:
    return "the four files " + ", ".join(f"{name}[.gz]" for name in DIGESTS)


def _download(root: Path) -> Path:
    folder = root / "MNIST" / "raw"
    before = socket.getdefaulttimeout()
    # torchvision sets no time-out of its own, and a mirror that is down would be waited for without end.
    socket.setdefaulttimeout(_DOWNLOAD_TIMEOUT_S)
    try:
        from torchvision.datasets import MNIST  # costs two seconds to import, so only here

        MNIST(str(root), train=True, download=True)
    except Exception as error:  # torchvision raises whatever the network or the file system did
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise DigitpadError(
            f"MNIST could not be downloaded ({reason}); put {_four_files()} into {folder}, or name "
            "their folder with --data"
        ) from error
    finally:
        socket.setdefaulttimeout(before)
    if not _is_complete(folder):
        raise DigitpadError(f"the download left MNIST incomplete; put {_four_files()} into {folder}")
    return folder
