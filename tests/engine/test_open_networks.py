from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.engine import open_networks as opened_module
from digitpad.engine.messages import NETWORK, SECOND
from digitpad.engine.open_networks import MOST_NETWORKS, Networks, OpenedNetworks
from digitpad.engine.opening import NetworkChoice
from digitpad.nets.spec.open_choices import OpenChoices, Remembered, key_of, remember


@pytest.fixture
def reads(tmp_path) -> list[tuple[str, str]]:
    """What was read of the files a, b, c ...: (name, net)."""
    for name in "abcdefghij":
        (tmp_path / name).write_text(name)
    return []


@pytest.fixture
def opened(reads) -> OpenedNetworks:
    def read(weights: Path, device: str, net: str, choices: OpenChoices) -> SimpleNamespace:
        if not weights.exists():
            raise DigitpadError(f"{weights} does not exist")
        reads.append((weights.name, net))
        return SimpleNamespace(info=SimpleNamespace(parameters=1000, metadata={}))

    return OpenedNetworks("cpu", read)


def test_what_was_opened_is_not_read_again(opened, reads, tmp_path):
    first = opened.open(tmp_path / "a", "")
    opened.open(tmp_path / "b", "")
    assert opened.open(tmp_path / "a", "") is first and reads == [("a", ""), ("b", "")]
    opened.open(tmp_path / "a", "lenet5-max")
    assert reads[2:] == [("a", "lenet5-max")]


def test_a_file_that_changed_is_read_again(opened, reads, tmp_path):
    opened.open(tmp_path / "a", "")
    (tmp_path / "a").write_text("more")
    opened.open(tmp_path / "a", "")
    os.utime(tmp_path / "a", ns=(1, 1))
    opened.open(tmp_path / "a", "")
    assert len(reads) == 3


def test_a_module_that_changed_is_run_again(opened, reads, tmp_path):
    net = f"{tmp_path / 'net.py'}:Net"
    (tmp_path / "net.py").write_text("one")
    opened.open(tmp_path / "a", net)
    (tmp_path / "net.py").write_text("two, longer")
    opened.open(tmp_path / "a", net)
    opened.open(tmp_path / "a", net)
    assert reads == [("a", net)] * 2


def test_only_those_used_last_are_kept(opened, reads, tmp_path):
    names = "abcdefghi"
    assert len(names) == MOST_NETWORKS + 1
    for name in names[:-1]:
        opened.open(tmp_path / name, "")
    opened.open(tmp_path / "a", "")
    opened.open(tmp_path / "i", "")
    del reads[:]
    for name in "ai":
        opened.open(tmp_path / name, "")
    assert reads == []
    opened.open(tmp_path / "b", "")
    assert reads == [("b", "")]


def test_large_networks_make_room_for_each_other(opened, reads, tmp_path, monkeypatch):
    monkeypatch.setattr(opened_module, "MOST_PARAMETERS", 1500)
    for name in "aba":
        opened.open(tmp_path / name, "")
    assert len(reads) == 3


def test_what_cannot_be_opened_is_not_remembered(opened, reads, tmp_path):
    for _ in range(2):
        with pytest.raises(DigitpadError):
            opened.open(tmp_path / "none", "")
    (tmp_path / "none").touch()
    opened.open(tmp_path / "none", "")
    assert reads == [("none", "")]


def test_each_role_has_its_network_and_the_one_that_answers_comes_first(opened, tmp_path):
    networks = Networks(opened)
    assert networks.roles == ()
    checked: list[object] = []
    told = networks.open(SECOND, NetworkChoice(tmp_path / "a"), checked.append)
    networks.open(NETWORK, NetworkChoice(tmp_path / "b"), checked.append)
    assert networks.roles == (NETWORK, SECOND) and networks[SECOND].info is told is checked[0]
    networks.close(SECOND)
    networks.close(SECOND)
    assert networks.roles == (NETWORK,)
    with pytest.raises(DigitpadError, match="no second network is open"):
        networks[SECOND]


def test_a_network_that_cannot_be_loaded_or_told_of_leaves_the_one_before(opened, tmp_path):
    networks = Networks(opened)
    networks.open(NETWORK, NetworkChoice(tmp_path / "a"), lambda info: None)
    before = networks[NETWORK]

    def refuse(info: object) -> None:
        raise DigitpadError("cannot be told")

    with pytest.raises(DigitpadError, match="cannot be told"):
        networks.open(NETWORK, NetworkChoice(tmp_path / "b"), refuse)
    with pytest.raises(DigitpadError, match="does not exist"):
        networks.open(NETWORK, NetworkChoice(tmp_path / "none"), lambda info: None)
    assert networks[NETWORK] is before


def test_what_is_said_beside_a_file_makes_another_network_of_it(opened, reads, tmp_path):
    half = OpenChoices(mean=0.5, std=0.5)
    plain = opened.open(tmp_path / "a", "")
    assert opened.open(tmp_path / "a", "", half) is not plain
    assert opened.open(tmp_path / "a", "", half) is not opened.open(tmp_path / "a", "")
    assert len(reads) == 2


def test_what_is_remembered_of_a_file_meanwhile_makes_another_network_of_it(
    opened, reads, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    opened.open(tmp_path / "a", "")
    remember(key_of(tmp_path / "a", ""), Remembered(OpenChoices(mean=0.5, std=0.5)))
    opened.open(tmp_path / "a", "")
    (tmp_path / "a.json").write_text("{}")
    opened.open(tmp_path / "a", "")
    opened.open(tmp_path / "a", "")
    assert len(reads) == 3
