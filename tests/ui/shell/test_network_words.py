from __future__ import annotations

from dataclasses import replace

import pytest

from digitpad.core.paths import user_folder
from digitpad.ui.shell.network_words import (
    first_line,
    heading_words,
    listed_words,
    second_line,
    settings_words,
    title_words,
    told_apart,
    tutorial_words,
)
from tests.ui.choices import HERE, info_of


def test_a_network_in_the_list_has_its_accuracy_its_tutorial_and_its_training_settings():
    assert first_line(HERE[0]) == ("LeNet-5", "99.32 % on MNIST")
    assert first_line(HERE[3])[1] == "90.12 % on Fashion-MNIST"
    assert second_line(HERE[1]).startswith(
        "LeNet-5 in PyTorch, step by step (CSDN), second answer · our training settings · "
    )


def test_an_accuracy_that_is_not_known_is_left_out():
    assert first_line(HERE[2]) == ("LeNet-5 of 1998", "MNIST")
    assert "the tutorial's training settings" in second_line(HERE[2])


@pytest.mark.parametrize(
    ("tutorial", "words"),
    [
        ("004, exercise 3", "Dive into Deep Learning: CNNs in detail (Tencent Cloud), exercise 3"),
        ("999", "999"),
        ("the paper of LeCun", "The paper of LeCun"),
        ("", ""),
    ],
)
def test_where_a_network_comes_from_is_said_by_its_title(tutorial, words):
    assert tutorial_words(tutorial) == words


def test_settings_that_are_not_known_stay_as_the_record_says_them():
    assert settings_words("mine") == "mine"


def test_a_heading_names_network_and_accuracy():
    assert heading_words(info_of("lenet5-sigmoid")) == (
        "LeNet, sigmoid",
        "lenet5-sigmoid · 99.00 % on Fashion-MNIST",
    )
    unknown = replace(info_of("lenet5-relu"), metadata={})
    assert heading_words(unknown) == ("LeNet-5, ReLU", "lenet5-relu")


def test_a_network_of_ones_own_training_has_the_name_that_it_was_given(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    own = user_folder() / "weights" / "my-first.safetensors"
    listed = replace(HERE[0], weights=own)
    assert listed_words(listed).title == "LeNet-5 · my-first" and listed_words(listed).has("first")
    assert listed_words(HERE[0]).title == "LeNet-5"
    assert title_words(replace(info_of("lenet5"), weights_file=str(own))) == "LeNet-5 · my-first"


def test_networks_of_one_title_are_told_apart_by_what_they_differ_in():
    one = replace(HERE[2], recipe="ours")
    other = replace(one, recipe="tutorial", weights=one.weights.with_stem("another"))
    titles = [words.title for words in told_apart([HERE[0], one, other])]
    assert titles == [
        "LeNet-5",
        "LeNet-5 of 1998 · our training settings",
        "LeNet-5 of 1998 · the tutorial's training settings",
    ]
    alike = replace(other, recipe="ours")
    assert [words.title for words in told_apart([one, alike])] == [
        f"LeNet-5 of 1998 · {each.weights.stem}" for each in (one, alike)
    ]
    assert told_apart([alike])[0].title == "LeNet-5 of 1998"
    assert told_apart([one, other])[1].has("1998 tutorial's")
