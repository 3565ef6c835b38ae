from __future__ import annotations

import re

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets import DATASETS, data_set_named
from digitpad.datasets.registry import current_classes


@pytest.mark.parametrize("entry", DATASETS.values(), ids=list(DATASETS))
def test_every_entry_is_whole(entry):
    assert len(entry.classes) == len(set(entry.classes)) == 10
    assert 0 < entry.mean < entry.std < 1
    assert len(entry.train) == len(entry.test) == (1 if entry.form == "usps" else 2)
    assert entry.train_n > entry.test_n or entry.name == "qmnist"
    assert entry.mirrors and all(re.fullmatch(r"https?://\S+/", mirror) for mirror in entry.mirrors)
    for digest in [*(file.packed_md5 for file in entry.files), *(file.md5 for file in entry.files)]:
        assert re.fullmatch("|[0-9a-f]{32}", digest)
    assert entry.archive or all(file.packed_md5 for file in entry.files)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mnist", "MNIST"),
        ("fashion-mnist", "FashionMNIST"),
        ("kmnist", "KMNIST"),
        ("qmnist", "QMNIST"),
    ],
)
def test_the_digests_are_torchvisions(name, kind):
    import torchvision

    resources = getattr(torchvision.datasets, kind).resources
    if isinstance(resources, dict):
        resources = resources["train"] + resources["test"]
    known = {url.rpartition("/")[2]: md5 for url, md5 in resources}
    assert {file.published: file.packed_md5 for file in DATASETS[name].files} == known


def test_so_are_those_of_usps_and_emnist():
    from torchvision.datasets import EMNIST, USPS

    assert [DATASETS["usps"].mirrors[0] + file.published for file in DATASETS["usps"].files] == [
        USPS.split_list[part][0] for part in ("train", "test")
    ]
    assert [file.packed_md5 for file in DATASETS["usps"].files] == [
        USPS.split_list[part][2] for part in ("train", "test")
    ]
    entry = DATASETS["emnist-digits"]
    assert (entry.mirrors[0] + entry.archive.name, entry.archive.md5) == (EMNIST.url, EMNIST.md5)


def test_clothes_have_the_names_that_people_say():
    classes = DATASETS["fashion-mnist"].classes
    assert (classes[2], classes[4]) == ("pullover", "coat")


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(
        DigitpadError, match=r"no data set 'cifar'; there are mnist, fashion-mnist, kmnist"
    ):
        data_set_named("cifar")


def test_classes_of_older_weights_get_the_names_of_today():
    clothes = DATASETS["fashion-mnist"].classes
    older = tuple("sweater" if name == "pullover" else name for name in clothes)
    assert older != clothes and current_classes(older) == current_classes(clothes) == clothes
    for others in (DATASETS["mnist"].classes, ("sweater", "sock"), ()):
        assert current_classes(others) == others
