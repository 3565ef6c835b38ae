"""What a network's recipe means for a run: ours, or its page's own."""

from __future__ import annotations

from dataclasses import replace

from digitpad.core.errors import DigitpadError
from digitpad.datasets import DIGITS, data_set_named
from digitpad.nets.spec.catalogue import network_named
from digitpad.nets.spec.declaration import Network, Recipe
from digitpad.training.settings import OURS, ImageAugmentation, TrainingSettings

# Clothes lie in the field as they lie in the shop: turned little, and as good seen in a mirror.
_CLOTHES = ImageAugmentation(
    rotation_deg=4.0,
    scale=0.06,
    shear=0.04,
    shift_px=1.5,
    elastic_px=0.3,
    elastic_knots=5,
    mirrored=0.5,
)


def settings_for(
    network: Network, recipe: str = OURS, dataset: str | None = None
) -> TrainingSettings:
    """The settings of a network's recipe; dataset: the recipe's own unless told.

    Raises DigitpadError for a recipe that the network does not have and for an unknown data set.
    """
    if recipe == OURS:
        return _ours(network, dataset or network.dataset)
    if recipe not in network.recipes:
        known = ", ".join([OURS, *network.recipes])
        raise DigitpadError(f"{network.name} has no recipe {recipe[:40]!r}; known: {known}")
    return _page(network, recipe, network.recipes[recipe], dataset)


def has_pen_styles(dataset: str) -> bool:
    """Whether its pictures are digits, such as are generated and as no digit is told from."""
    return data_set_named(dataset).classes == DIGITS


def departures(settings: TrainingSettings) -> list[str]:
    """What a run does otherwise than the page whose recipe it takes; empty for our own recipe."""
    if settings.recipe == OURS:
        return []
    network = network_named(settings.network)
    plain = _page(network, settings.recipe, network.recipes[settings.recipe], None)
    changes = [
        f"{what} {getattr(settings, what)} where the page has {getattr(plain, what)}"
        for what in ("dataset", "epochs", "batch", "precision")
        if getattr(settings, what) != getattr(plain, what)
    ]
    if settings.limit is not None:
        changes.append(f"only the first {settings.limit:,} of the training set")
    return [*network.recipes[settings.recipe].departures, *changes]


def _ours(network: Network, dataset: str) -> TrainingSettings:
    entry = data_set_named(dataset)
    settings = TrainingSettings(
        network=network.name,
        dataset=dataset,
        epochs=network.our_epochs,
        peak_rate=network.our_rate,
        mean=entry.mean,
        std=entry.std,
    )
    if network.is_large:
        # Wide layers do not mind products of a lower precision; Muon's own would take longer than
        # the layers'. AdamW was tried with this decay.
        settings = replace(settings, precision="bfloat16", optimizer="adamw", weight_decay=0.02)
    if not has_pen_styles(dataset):
        settings = replace(settings, styles="none")
    if dataset == "fashion-mnist":
        settings = replace(settings, deformation=_CLOTHES)
    return settings


def _page(network: Network, name: str, recipe: Recipe, dataset: str | None) -> TrainingSettings:
    chosen = data_set_named(dataset or recipe.dataset).name
    return TrainingSettings(
        network=network.name,
        dataset=chosen,
        recipe=name,
        epochs=recipe.epochs,
        batch=recipe.batch,
        seed=recipe.seed or 0,
        optimizer=recipe.optimizer,
        rates=tuple((epochs, rate) for epochs, rate in recipe.rates),
        momentum=recipe.momentum,
        average_decay=None,
        objective=recipe.loss,
        initialization=recipe.initialization,
        mean=recipe.mean,
        std=recipe.std,
        holds_back=False,
        whole_batches=False,
        deformation=None,
        styles="none",
        settling=0.0,
    )
