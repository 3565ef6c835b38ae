from __future__ import annotations

import json

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.given_names import (
    LONGEST_NAME,
    NAMES_FILE,
    can_be_named,
    give_name,
    given_name,
    given_names,
)
from tests.support import full_disk, read_only


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """A taught network of the person's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "digitpad" / "versions"
    folder.mkdir(parents=True)
    (folder / "one.safetensors").write_bytes(b"weights")
    return folder / "one.safetensors"


def test_a_name_is_kept_beside_the_weights_and_taken_away_again(weights):
    assert given_name(weights) == ""
    assert give_name(weights, "  My  sevens ") == "My sevens"
    assert give_name(weights.with_name("other.safetensors"), "数字") == "数字"
    assert given_name(weights) == "My sevens" and weights.read_bytes() == b"weights"
    give_name(weights, "")
    assert given_names(weights.parent) == {"other.safetensors": "数字"}


@pytest.mark.parametrize("text", ["x" * (LONGEST_NAME + 1), "a\0b", "a\x1b[31m"])
def test_what_is_no_name_is_refused_and_changes_nothing(weights, text):
    give_name(weights, "before")
    with pytest.raises(DigitpadError, match="a name"):
        give_name(weights, text)
    assert given_name(weights) == "before"


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"garbage",
        b"[]",
        b"[" * 100_000,
        b'{"names": []}',
        json.dumps({"names": {"one.safetensors": 7}}).encode(),
        json.dumps({"names": {"one.safetensors": "x" * 999}}).encode(),
        json.dumps({"names": {"one.safetensors": "a\nb"}}).encode(),
        b" " * (2 << 20),
    ],
)
def test_a_file_of_names_that_makes_no_sense_names_nothing(weights, held):
    (weights.parent / NAMES_FILE).write_bytes(held)
    assert given_name(weights) == ""
    give_name(weights, "anew")
    assert given_name(weights) == "anew"


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_where_it_cannot_be_written_it_is_said_and_the_old_name_stays(weights, trouble):
    give_name(weights, "before")
    with (
        full_disk() if trouble == "full" else read_only(weights.parent),
        pytest.raises(DigitpadError, match="cannot be written"),
    ):
        give_name(weights, "after")
    assert given_name(weights) == "before"


def test_only_networks_of_ones_own_are_named(weights, tmp_path):
    assert can_be_named(weights)
    elsewhere = tmp_path / "lenet5.safetensors"
    assert not can_be_named(elsewhere)
    (tmp_path / NAMES_FILE).write_text(json.dumps({"names": {elsewhere.name: "not mine"}}))
    assert given_name(elsewhere) == ""
