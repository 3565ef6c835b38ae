from __future__ import annotations

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.open_choices import (
    NOTHING_SAID,
    OpenChoices,
    Remembered,
    choices_beside,
    choices_from,
    feeding_words,
    key_of,
    recall,
    remember,
)

WHOLE = OpenChoices(0.5, -0.5, 32, "pad", "model", ("a", "b"), "mnist")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))


def test_choices_come_back_from_what_json_holds_of_them():
    assert choices_from(WHOLE.as_mapping(), "it") == WHOLE
    assert choices_from({"epochs": 3}, "it") == NOTHING_SAID and NOTHING_SAID.as_mapping() == {}


@pytest.mark.parametrize(
    "held",
    [
        [],
        {"mean": "0.5"},
        {"mean": True},
        {"mean": float("nan")},
        {"mean": 10**400},
        {"std": 0},
        {"side": 28.5},
        {"side": 7},
        {"side": 10**9},
        {"side": float("nan")},
        {"fit": "stretch"},
        {"fit": 3},
        {"set": "x" * 1001},
        {"classes": "abc"},
        {"classes": [1, 2]},
        {"classes": ["a,b"]},
        {"classes": ["a"] * 1001},
    ],
)
def test_what_makes_no_sense_is_refused_with_whose_it_is(held):
    with pytest.raises(DigitpadError, match=r"^it"):
        choices_from(held, "it")


def test_a_shift_is_not_completed_by_another_one_s_scale():
    said = OpenChoices(mean=0.1).completed(WHOLE)
    assert (said.mean, said.std, said.side, said.fit) == (0.1, None, 32, "pad")
    assert NOTHING_SAID.completed(WHOLE) == WHOLE


def test_the_record_beside_a_file_is_read_and_its_damage_told(tmp_path):
    weights = tmp_path / "net.pth"
    assert choices_beside(weights) == NOTHING_SAID
    beside = tmp_path / "net.pth.json"
    beside.write_text('{"mean": 0.5}')
    assert choices_beside(weights) == OpenChoices(mean=0.5)
    for content in ("{", "[" * 60_000, "{" + " " * 70_000 + "}"):
        beside.write_text(content)
        with pytest.raises(DigitpadError, match=r"net\.pth\.json"):
            choices_beside(weights)


def test_what_is_remembered_belongs_to_the_content_of_a_file(tmp_path):
    weights, other = tmp_path / "a.pth", tmp_path / "b.pth"
    weights.write_bytes(b"one")
    other.write_bytes(b"one")
    assert recall(key_of(weights, "")) == Remembered()
    known = Remembered(WHOLE, "guessed")
    remember(key_of(weights, ""), known)
    assert recall(key_of(other, "")) == known
    other.write_bytes(b"two")
    assert recall(key_of(other, "")) == Remembered()
    (tmp_path / "net.py").write_text("class Net: pass")
    own = f"{tmp_path / 'net.py'}:Net"
    assert recall(key_of(weights, own)) == Remembered()
    assert key_of(weights, own) != key_of(weights, f"{tmp_path / 'net.py'}:Other")


def test_what_was_remembered_and_is_damaged_is_forgotten(tmp_path):
    remember("key", Remembered(WHOLE))
    (place,) = (tmp_path / "user").rglob("key.json")
    for content in ("{", '{"mean": "x"}', "[]"):
        place.write_text(content)
        assert recall("key") == Remembered()
    place.write_text('{"mean": 0.5, "guess": 7}')
    assert recall("key") == Remembered(OpenChoices(mean=0.5))


@pytest.mark.parametrize(
    ("mean", "std", "words"),
    [
        (0.0, 1.0, "0..1"),
        (1.0, -1.0, "1..0 (ink low)"),
        (0.0, 1 / 255, "0..255"),
        (1.0, -1 / 255, "255..0 (ink low)"),
        (0.1307, 0.3081, "(x - 0.1307) / 0.3081"),
        (0.5, -0.5, "(1 - x - 0.5) / 0.5"),
    ],
)
def test_how_a_network_is_fed_is_written_as_a_person_would(mean, std, words):
    assert feeding_words(mean, std) == words
