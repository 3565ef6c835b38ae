"""The data sets that Digitpad trains with and shows examples of, by name; nothing here needs torch.

Each packed file's md5 is the one that torchvision 0.25 checks downloads by. Archives that others
pack again have other digests though their content is the same, so the digest of the content decides
wherever it is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digitpad.core.constants import DIGITS
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _


@dataclass(frozen=True)
class DataFile:
    """One file as it is published. name: its own, unpacked; packing: the ending of the packed
    one; md5: the digest of the content, packed_md5: of the packed file as published; "" where
    not known."""

    name: str
    packing: Literal[".gz", ".bz2"]
    packed_md5: str = ""
    md5: str = ""

    @property
    def published(self) -> str:
        """The name of the packed file."""
        return self.name + self.packing


@dataclass(frozen=True)
class Archive:
    """A zip file that holds the packed files under a folder of it, and much else."""

    name: str
    folder: str
    md5: str


@dataclass(frozen=True)
class DataSet:
    """A data set of pictures of one grey channel, each of one class.

    name: as --dataset takes it; title: as people write it; classes: as a person says them, by
    label. mean and std: of the training pixels in [0, 1], over the 28 x 28 field. train and test:
    the files of each part, images before labels; train_n and test_n: the pictures in them. folder:
    torchvision's own for it. mirrors: where the files are to be had, tried in turn; archive: the
    zip file there that holds them. form: how the files are written: "idx"; "qmnist", whose labels
    are rows of integers; "usps", both in one text. transposed: rows and columns are swapped in the
    files. fills_field: pictures fill the whole 28 x 28 field, where MNIST's digits lie in a box of
    20 x 20 about its middle. noun: what one picture shows. renamed: former names of
    classes, which the records of older weights hold, and today's. system_folders and package: where
    a package of Debian and Ubuntu puts it, and which.
    """

    name: str
    title: str
    classes: tuple[str, ...]
    mean: float
    std: float
    train: tuple[DataFile, ...]
    test: tuple[DataFile, ...]
    train_n: int
    test_n: int
    folder: str
    mirrors: tuple[str, ...]
    archive: Archive | None = None
    form: Literal["idx", "qmnist", "usps"] = "idx"
    transposed: bool = False
    fills_field: bool = False
    noun: str = "digit"
    renamed: tuple[tuple[str, str], ...] = ()
    system_folders: tuple[str, ...] = ()
    package: str = ""

    @property
    def files(self) -> tuple[DataFile, ...]:
        """Those of both parts."""
        return self.train + self.test


def _mnist_like(digests: dict[str, tuple[str, str]]) -> tuple[DataFile, ...]:
    """The four files as MNIST names them, from what is in their names to (packed_md5, md5)."""
    kinds = {"images": "idx3", "labels": "idx1"}
    return tuple(
        DataFile(f"{part}-{kind}-{kinds[kind]}-ubyte", ".gz", *digests[f"{part}-{kind}"])
        for part in ("train", "t10k")
        for kind in kinds
    )


MNIST_MEAN, MNIST_STD = 0.1307, 0.3081
"""Of MNIST's training pixels in [0, 1], as the files in assets/mnist give them."""


_MNIST_FILES = _mnist_like(
    {
        "train-images": ("f68b3c2dcbeaaa9fbdd348bbdeb94873", "6bbc9ace898e44ae57da46a324031adb"),
        "train-labels": ("d53e105ee54ea40749a09fcbcd1e9432", "a25bea736e30d166cdddb491f175f624"),
        "t10k-images": ("9fb629c4189551a2d022fa330f9573f3", "2646ac647ad5339dbf082846283269ea"),
        "t10k-labels": ("ec29112dd5afa0611ce80d1b7f02629c", "27ae3e4e09519cfbb04c329615203637"),
    }
)
_FASHION_FILES = _mnist_like(
    {
        "train-images": ("8d4fb7e6c68d591d4c3dfef9ec88bf0d", "f4a8712d7a061bf5bd6d2ca38dc4d50a"),
        "train-labels": ("25c81989df183df01b3e8a0aad5dffbe", "9018921c3c673c538a1fc5bad174d6f9"),
        "t10k-images": ("bef4ecab320f06d8554ea6380940ec79", "8181f5470baa50b63fa0f6fddb340f0a"),
        "t10k-labels": ("bb300cfdad3c16e7a12a480ee83cd310", "15d484375f8d13e6eb1aabb0c3f46965"),
    }
)
_KMNIST_FILES = _mnist_like(
    {
        "train-images": ("bdb82020997e1d708af4cf47b453dcf7", ""),
        "train-labels": ("e144d726b3acfaa3e44228e80efcd344", ""),
        "t10k-images": ("5c965bf0a639b31b8f53240b1b52f4d7", ""),
        "t10k-labels": ("7320c461ea6c1c855c0b718fb2a4b134", ""),
    }
)

_ENTRIES = (
    # LeCun, Cortes and Burges; the files in assets/mnist give mean and std.
    DataSet(
        "mnist",
        "MNIST",
        DIGITS,
        mean=MNIST_MEAN,
        std=MNIST_STD,
        train=_MNIST_FILES[:2],
        test=_MNIST_FILES[2:],
        train_n=60_000,
        test_n=10_000,
        folder="MNIST",
        mirrors=(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "http://yann.lecun.com/exdb/mnist/",
        ),
    ),
    # Xiao, Rasul and Vollgraf, "Fashion-MNIST" (2017); Debian's files give mean and std.
    DataSet(
        "fashion-mnist",
        "Fashion-MNIST",
        (
            N_("T-shirt"),
            N_("trouser"),
            N_("pullover"),
            N_("dress"),
            N_("coat"),
            N_("sandal"),
            N_("shirt"),
            N_("sneaker"),
            N_("bag"),
            N_("ankle boot"),
        ),
        mean=0.2860,
        std=0.3530,
        train=_FASHION_FILES[:2],
        test=_FASHION_FILES[2:],
        train_n=60_000,
        test_n=10_000,
        folder="FashionMNIST",
        mirrors=(
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        ),
        renamed=(("sweater", "pullover"),),
        fills_field=True,
        noun="garment",
        system_folders=("/usr/share/datasets/fashion-mnist",),
        package="dataset-fashion-mnist",
    ),
    # Clanuwat et al., "Deep Learning for Classical Japanese Literature" (2018); mean and std as
    # published with programs that train on it, not measured by us.
    DataSet(
        "kmnist",
        "Kuzushiji-MNIST",
        ("o お", "ki き", "su す", "tsu つ", "na な", "ha は", "ma ま", "ya や", "re れ", "wo を"),
        mean=0.1918,
        std=0.3483,
        train=_KMNIST_FILES[:2],
        test=_KMNIST_FILES[2:],
        train_n=60_000,
        test_n=10_000,
        folder="KMNIST",
        mirrors=(
            "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
            "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
        ),
        fills_field=True,
        noun="character",
    ),
    # Cohen, Afshar, Tapson and van Schaik, "EMNIST: an extension of MNIST to handwritten letters"
    # (2017), its digits; mean and std as published for this part of it, not measured by us. The
    # digest of the whole archive is known.
    DataSet(
        "emnist-digits",
        "EMNIST digits",
        DIGITS,
        mean=0.1733,
        std=0.3317,
        train=(
            DataFile("emnist-digits-train-images-idx3-ubyte", ".gz"),
            DataFile("emnist-digits-train-labels-idx1-ubyte", ".gz"),
        ),
        test=(
            DataFile("emnist-digits-test-images-idx3-ubyte", ".gz"),
            DataFile("emnist-digits-test-labels-idx1-ubyte", ".gz"),
        ),
        train_n=240_000,
        test_n=40_000,
        folder="EMNIST",
        mirrors=(
            "https://biometrics.nist.gov/cs_links/EMNIST/",
            "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/",
        ),
        archive=Archive("gzip.zip", "gzip", "58c8d27c78d21e728a6bc7b3cc06412e"),
        transposed=True,
    ),
    # Yadav and Bottou, "Cold Case: The Lost MNIST Digits" (2019): MNIST's training digits made
    # again, and all 60,000 test digits, of which the first 10,000 are MNIST's. Its pixels lie
    # within 3/255 of MNIST's, so mean and std are MNIST's.
    DataSet(
        "qmnist",
        "QMNIST",
        DIGITS,
        mean=MNIST_MEAN,
        std=MNIST_STD,
        train=(
            DataFile("qmnist-train-images-idx3-ubyte", ".gz", "ed72d4157d28c017586c42bc6afe6370"),
            DataFile("qmnist-train-labels-idx2-int", ".gz", "0058f8dd561b90ffdd0f734c6a30e5e4"),
        ),
        test=(
            DataFile("qmnist-test-images-idx3-ubyte", ".gz", "1394631089c404de565df7b7aeaf9412"),
            DataFile("qmnist-test-labels-idx2-int", ".gz", "5b5b05890a5e13444e108efe57b788aa"),
        ),
        train_n=60_000,
        test_n=60_000,
        folder="QMNIST",
        mirrors=(
            "https://raw.githubusercontent.com/facebookresearch/qmnist/master/",
            "https://github.com/facebookresearch/qmnist/raw/master/",
        ),
        form="qmnist",
    ),
    # Hull, "A Database for Handwritten Text Recognition Research" (1994), in LIBSVM's form. Its 16
    # x 16 digits are put into MNIST's geometry as they are read, which makes what is published for
    # them (0.2469, 0.2989) no longer true; MNIST's own figures, of the same geometry, stand in:
    # nobody has measured these.
    DataSet(
        "usps",
        "USPS",
        DIGITS,
        mean=MNIST_MEAN,
        std=MNIST_STD,
        train=(DataFile("usps", ".bz2", "ec16c51db3855ca6c91edd34d0e9b197"),),
        test=(DataFile("usps.t", ".bz2", "8ea070ee2aca1ac39742fdd1ef5ed118"),),
        train_n=7_291,
        test_n=2_007,
        folder="USPS",
        mirrors=(
            "https://www.csie.ntu.edu.tw/~cjlin/libsvmtools/datasets/multiclass/",
            "http://www.csie.ntu.edu.tw/~cjlin/libsvmtools/datasets/multiclass/",
        ),
        form="usps",
    ),
)

DATASETS = {entry.name: entry for entry in _ENTRIES}


def data_set_named(name: str) -> DataSet:
    """The data set of that name; raises DigitpadError with all names where there is none."""
    if name not in DATASETS:
        raise DigitpadError(
            _("there is no data set {name!r}; there are {datasets}").format(
                name=name, datasets=", ".join(DATASETS)
            )
        )
    return DATASETS[name]


def current_classes(recorded: tuple[str, ...]) -> tuple[str, ...]:
    """The classes that a weights file records, by the names that they have today; those of no data
    set here stay as they are."""
    for data_set in DATASETS.values():
        names = dict(data_set.renamed)
        current = tuple(names.get(name, name) for name in recorded)
        if names and current == data_set.classes:
            return current
    return recorded
