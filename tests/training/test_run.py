from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.devices import DeviceChoice
from digitpad.nets.spec.catalogue import network_named
from digitpad.training import command, run
from digitpad.training.events import MemoryExhausted
from digitpad.training.failures import is_out_of_memory
from digitpad.training.recipes import settings_for, weights_name
from digitpad.training.settings import OURS, TrainingSettings

CPU, CUDA = (DeviceChoice(torch.device(kind), (f"{kind}: taken",)) for kind in ("cpu", "cuda"))


def settings(*arguments: str) -> TrainingSettings:
    return command.settings_of(command.parser().parse_args(arguments))


def test_without_options_the_default_network_is_trained_by_our_recipe():
    assert settings() == TrainingSettings()


@pytest.mark.parametrize(
    ("arguments", "changes"),
    [
        (("--epochs", "3"), {"epochs": 3}),
        (("--batch", "32"), {"batch": 32}),
        (("--seed", "0"), {"seed": 0}),
        (("--seed", "9"), {"seed": 9}),
        (("--limit", "100"), {"limit": 100}),
        (("--styles", "none"), {"styles": "none"}),
        (("--precision", "bfloat16"), {"precision": "bfloat16"}),
        (("--no-augment",), {"augmentation": None}),
        (("--recipe", OURS), {}),
        (("--dataset", "mnist"), {}),
    ],
)
def test_an_option_changes_its_own_setting_alone(arguments, changes):
    for network in ("lenet5", "lenet5-relu"):
        plain = settings_for(network_named(network))
        assert settings("--net", network, *arguments) == replace(plain, **changes)


def test_options_go_before_what_the_recipe_says():
    page = settings("--net", "convnet-dropout", "--recipe", "tutorial")
    assert page == settings_for(network_named("convnet-dropout"), "tutorial") and page.seed == 2019
    assert settings("--net", "convnet-dropout", "--recipe", "tutorial", "--seed", "0") == replace(
        page, seed=0
    )
    assert settings("--net", "cnn-32-64", "--precision", "float32").precision == "float32"
    clothes = settings("--dataset", "fashion-mnist")
    assert (
        clothes == settings_for(network_named("lenet5"), dataset="fashion-mnist")
        and clothes.styles == "none"
    )


def test_quick_is_quick_for_any_network_and_gives_way_to_what_is_told():
    for network in ("lenet5", "cnn-32-64"):
        assert settings("--net", network, "--quick") == settings_for(network_named(network)).quick()
    assert settings("--quick", "--epochs", "7").epochs == 7


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--net", "alexnet"), "no network named 'alexnet'"),
        (
            ("--recipe", "exercise-2.6"),
            "lenet5 has no recipe 'exercise-2.6'; known: ours, tutorial",
        ),
        (
            ("--dataset", "fashion-mnist", "--styles", "shipped"),
            "pen strokes are generated for digits, and ",
        ),
    ],
)
def test_what_does_not_go_together_is_said(arguments, words):
    with pytest.raises(DigitpadError, match=words):
        settings(*arguments)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((), "lenet5"),
        (("--epochs", "3"), "lenet5"),
        (("--recipe", "tutorial"), "lenet5-tutorial"),
        (("--dataset", "fashion-mnist"), "lenet5-fashion-mnist"),
        (("--recipe", "tutorial", "--dataset", "kmnist"), "lenet5-tutorial-kmnist"),
        (("--net", "lenet5-sigmoid"), "lenet5-sigmoid"),
        (("--net", "lenet5-sigmoid", "--dataset", "mnist"), "lenet5-sigmoid-mnist"),
        (("--net", "lenet5-sigmoid", "--recipe", "exercise-2.6"), "lenet5-sigmoid-exercise-2.6"),
    ],
)
def test_weights_are_called_after_what_sets_them_apart(arguments, name):
    assert weights_name(settings(*arguments)) == name


def test_too_little_memory_halves_the_batch_then_takes_the_cpu_then_gives_up():
    seen, tried, now, choice = [], [], TrainingSettings(batch=100), CUDA
    while (smaller := run._smaller(now, 100, choice, seen.append)) is not None:
        now, choice = smaller
        tried.append((now.batch, choice.device.type))
    assert tried == [(50, "cuda"), (25, "cuda"), (100, "cpu"), (50, "cpu"), (25, "cpu")]
    assert seen == [
        MemoryExhausted("cuda", 50),
        MemoryExhausted("cuda", 25),
        MemoryExhausted("cuda", None),
        MemoryExhausted("cpu", 50),
        MemoryExhausted("cpu", 25),
    ]


def test_a_batch_that_is_small_already_is_not_halved():
    assert run._smaller(TrainingSettings(batch=16), 16, CPU, lambda event: None) is None


@pytest.mark.parametrize(
    ("error", "is_memory"),
    [
        (torch.OutOfMemoryError("CUDA"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 1 GB)"), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
    ],
)
def test_too_little_memory_is_told_from_other_errors(error, is_memory):
    assert is_out_of_memory(error) is is_memory


def test_a_page_s_run_holds_nothing_back_keeps_its_last_epoch_and_says_what_it_does_otherwise(
    tmp_path, capsys
):
    from digitpad.nets.spec.record import read_metadata

    out: Path = tmp_path / "net.safetensors"
    options = [
        "--net",
        "lenet5",
        "--recipe",
        "tutorial",
        "--limit",
        "320",
        "--epochs",
        "2",
        "--device",
        "cpu",
    ]
    assert command.main([*options, "--out", str(out)]) == 0
    record = read_metadata(out)
    assert (record["network"], record["recipe"], record["validation_n"]) == (
        "lenet5",
        "tutorial",
        "0",
    )
    assert (record["mean"], record["std"], record["best_epoch"]) == ("0.0", "1.0", "2")
    assert (
        "validation_accuracy" not in record
        and "temperature" not in record
        and "reject_energy" not in record
    )
    assert (
        "epochs 2 where the page has 50; only the first 320 of the training set"
        in record["departures"]
    )
    assert "departure: epochs 2 where the page has 50" in capsys.readouterr().out
