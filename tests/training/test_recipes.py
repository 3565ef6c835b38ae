from __future__ import annotations

from dataclasses import replace

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.catalogue import NETWORKS, network_named
from digitpad.training.recipes import (
    departures,
    has_pen_styles,
    settings_for,
)
from digitpad.training.settings import OURS, TrainingSettings

# As the pages print them: optimiser, momentum, rates, batch, loss, initialisation, mean and std,
# data set, seed.
D2L = ("sgd", 0.0, ((10, 0.9),), 256, "cross-entropy", "xavier", 0.0, 1.0, "fashion-mnist", 0)
D2L_RELU = ("sgd", 0.0, ((10, 0.01),), 256, "cross-entropy", "xavier", 0.0, 1.0, "fashion-mnist", 0)
PAGES = {
    "lenet5": ("sgd", 0.9, ((50, 1e-3),), 16, "cross-entropy", "default", 0.0, 1.0, "mnist", 0),
    "lenet5-relu": (
        "sgd",
        0.9,
        ((10, 1e-3),),
        16,
        "cross-entropy",
        "default",
        0.0,
        1.0,
        "mnist",
        0,
    ),
    "cnn-32-64": (
        "sgd",
        0.9,
        ((10, 0.01),),
        32,
        "cross-entropy",
        "default",
        0.1307,
        0.3081,
        "mnist",
        0,
    ),
    "convnet-8-16": (
        "sgd",
        0.0,
        ((10, 0.05),),
        128,
        "cross-entropy",
        "normal 0.01",
        0.0,
        1.0,
        "mnist",
        1,
    ),
    "convnet-dropout": (
        *("adam", 0.0, ((1, 1e-3),), 32, "cross-entropy of probabilities"),
        *("default", 0.0, 1.0, "mnist", 2019),
    ),
    "lenet5-003": (
        "sgd",
        0.9,
        ((10, 0.01),),
        32,
        "squared error",
        "default",
        0.1307,
        0.3081,
        "mnist",
        0,
    ),
    "lenet5-sigmoid": D2L,
    "lenet5-max": D2L,
    "lenet5-windows": D2L_RELU,
    "lenet5-channels": D2L_RELU,
    "lenet5-leaky": D2L_RELU,
    "lenet5-convolutions": D2L_RELU,
    "lenet5-connections": D2L_RELU,
    "lenet5-mnist": (*D2L_RELU[:8], "mnist", 0),
}


def numbers(settings: TrainingSettings) -> tuple:
    return (
        *(
            settings.optimizer,
            settings.momentum,
            settings.learning_rates,
            settings.batch,
            settings.objective,
        ),
        *(settings.initialization, settings.mean, settings.std, settings.dataset, settings.seed),
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_s_recipe_has_the_page_s_numbers(name):
    settings = settings_for(network_named(name), "tutorial")
    assert numbers(settings) == PAGES[name]
    assert (settings.network, settings.recipe) == (name, "tutorial")
    assert settings.epochs == sum(epochs for epochs, _ in settings.learning_rates)


def test_every_page_is_looked_at_and_the_paper_s_rates_are_its_own():
    with_pages = {name for name, network in NETWORKS.items() if "tutorial" in network.recipes}
    assert {*PAGES, "lenet5-1998"} == with_pages
    paper = settings_for(network_named("lenet5-1998"), "tutorial")
    assert paper.epochs == 20 and paper.objective == "map" and paper.initialization == "fan-in 2.4"
    # Its global rates, sixteen-fold for steps of sixteen digits.
    assert [rate / paper.batch for _, rate in paper.learning_rates] == pytest.approx(
        [5e-4, 2e-4, 1e-4, 5e-5, 1e-5]
    )
    # Paper is -0.1 and ink 1.175.
    assert [(value - paper.mean) / paper.std for value in (0, 1)] == pytest.approx([-0.1, 1.175])


@pytest.mark.parametrize("name", NETWORKS)
def test_a_page_s_recipe_takes_nothing_of_ours(name):
    for recipe in network_named(name).recipes:
        settings = settings_for(network_named(name), recipe)
        assert (
            settings.augmentation is None
            and settings.ema_decay is None
            and settings.styles == "none"
        )
        assert (
            not settings.holds_back
            and not settings.whole_batches
            and settings.precision == "float32"
            and settings.annealing == 0.0
        )


def test_the_sixth_change_of_004_lowers_the_rate_alone():
    settings = settings_for(network_named("lenet5-sigmoid"), "exercise-2.6")
    assert numbers(settings) == (*D2L[:2], ((20, 0.001),), *D2L[3:]) and settings.epochs == 20


def test_our_recipe_is_the_default_with_what_the_table_says_of_the_network():
    assert settings_for(network_named("lenet5")) == TrainingSettings()
    assert settings_for(network_named("lenet5"), OURS) == TrainingSettings()
    plain, network = TrainingSettings(), network_named("lenet5-leaky")
    assert settings_for(network) == settings_for(network, OURS, "fashion-mnist")
    leaky = settings_for(network, OURS, "mnist")
    assert leaky.peak_learning_rate == network.best_rate != plain.peak_learning_rate
    assert leaky == replace(
        plain,
        network="lenet5-leaky",
        peak_learning_rate=network.best_rate,
        epochs=network.best_epochs or plain.epochs,
    )
    large = settings_for(network_named("cnn-32-64"))
    assert (large.epochs, large.precision, large.optimizer) == (14, "bfloat16", "adamw")
    assert (large.weight_decay, plain.weight_decay) == (0.02, 0.25)


def test_clothes_are_augmented_as_clothes_and_mixed_with_no_handwriting():
    digits, clothes = (
        settings_for(network_named("lenet5"), dataset=name) for name in ("mnist", "fashion-mnist")
    )
    assert clothes.styles == "none" and clothes.augmentation.mirrored == 0.5
    assert digits.styles == "shipped" and digits.augmentation.mirrored == 0.0
    assert (clothes.mean, clothes.std) != (digits.mean, digits.std)
    assert settings_for(network_named("lenet5-sigmoid")).dataset == "fashion-mnist"


def test_pen_strokes_are_for_digits_only():
    assert [has_pen_styles(name) for name in ("mnist", "usps", "fashion-mnist", "kmnist")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_recipe_and_a_data_set_that_there_are_not_are_refused_with_those_that_there_are():
    with pytest.raises(
        DigitpadError, match=r"lenet5 has no recipe 'exercise-2.6'; known: ours, tutorial$"
    ):
        settings_for(network_named("lenet5"), "exercise-2.6")
    with pytest.raises(DigitpadError, match="'cifar'"):
        settings_for(network_named("lenet5"), "tutorial", "cifar")


def test_what_a_run_does_otherwise_than_its_page_is_said():
    assert departures(TrainingSettings(epochs=3)) == []
    plain = settings_for(network_named("lenet5-003"), "tutorial")
    assert departures(plain) == []
    changed = replace(plain, dataset="kmnist", epochs=2, batch=64, precision="bfloat16", limit=1000)
    assert departures(changed) == [
        "dataset kmnist where the page has mnist",
        "epochs 2 where the page has 10",
        "batch 64 where the page has 32",
        "precision bfloat16 where the page has float32",
        "only the first 1,000 of the training set",
    ]
    lenet5 = settings_for(network_named("lenet5"), "tutorial")
    assert departures(lenet5) == list(network_named("lenet5").recipes["tutorial"].departures) != []


@pytest.mark.parametrize("name", NETWORKS)
def test_every_recipe_survives_a_file(name):
    for recipe in (OURS, *network_named(name).recipes):
        settings = settings_for(network_named(name), recipe)
        assert TrainingSettings.from_record(settings.as_record()) == settings
