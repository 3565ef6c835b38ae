"""What a network's recipe means for a run: ours, or its page's own."""

from __future__ import annotations

from dataclasses import replace

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import DIGITS, data_set_named
from digitpad.nets.spec.catalogue import network_named, own_class
from digitpad.nets.spec.declaration import Network, Recipe
from digitpad.training.settings import OURS, ImageAugmentation, TrainingSettings

_OWN_RATE, _OWN_DECAY = 2e-3, 0.02
"""The highest learning rate and the weight decay for a class of the reader's own."""

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
        raise DigitpadError(
            _("{name} has no recipe {recipe!r}; known: {known}").format(
                name=network.name, recipe=recipe[:40], known=known
            )
        )
    return _page(network, recipe, network.recipes[recipe], dataset)


def settings_for_own(net: str, recipe: str = OURS, dataset: str | None = None) -> TrainingSettings:
    """The settings by which a class of the reader's own is trained: ours, with an optimiser and
    a learning rate that suit most networks. net: "net.py:MyLeNet5"; dataset: MNIST unless told.

    Raises DigitpadError where there is no such file, for another recipe and for an unknown data
    set.
    """
    own = own_class(net)
    assert own is not None
    file, name = own
    if not file.is_file():
        raise DigitpadError(
            _(
                "{file} is not there; --net takes a name of the catalogue, or a Python "
                "file and a class in it, as net.py:MyLeNet5"
            ).format(file=file)
        )
    if recipe != OURS:
        raise DigitpadError(
            _("{name} is a class of your own, which only our recipe trains").format(name=name)
        )
    entry = data_set_named(dataset or TrainingSettings.dataset)
    settings = TrainingSettings(
        # Whole, so that a run can be resumed from elsewhere.
        network=f"{file.resolve()}:{name}",
        dataset=entry.name,
        optimizer="adamw",
        peak_learning_rate=_OWN_RATE,
        weight_decay=_OWN_DECAY,
        mean=entry.mean,
        std=entry.std,
    )
    return settings if has_pen_styles(entry.name) else replace(settings, styles="none")


def network_title(settings: TrainingSettings) -> str:
    """What a person calls the network of a run."""
    own = own_class(settings.network)
    return network_named(settings.network).title if own is None else own[1]


def network_record(settings: TrainingSettings) -> dict[str, str]:
    """What the record of a run's weights says of the network: its name in the catalogue, or of a
    class of the reader's own its file's name and its own."""
    own = own_class(settings.network)
    if own is None:
        return {"network": settings.network}
    file, name = own
    return {"network": "", "class": f"{file.name}:{name}"}


def has_pen_styles(dataset: str) -> bool:
    """Whether its pictures are digits, as synthetic handwriting is."""
    return data_set_named(dataset).classes == DIGITS


def weights_name(settings: TrainingSettings) -> str:
    """What a run's weights are called, after what sets them apart: the network, the recipe if it
    is not ours, the data set if it is not the recipe's own."""
    own_file = own_class(settings.network)
    if own_file is not None:
        parts = [own_file[0].stem, own_file[1]]
        return "-".join(parts if settings.dataset == "mnist" else [*parts, settings.dataset])
    network = network_named(settings.network)
    own = network.dataset if settings.recipe == OURS else network.recipes[settings.recipe].dataset
    parts = [settings.network]
    if settings.recipe != OURS:
        parts.append(settings.recipe)
    if settings.dataset != own:
        parts.append(settings.dataset)
    return "-".join(parts)


def check_names(settings: TrainingSettings) -> None:
    """Raise DigitpadError where there is no such network, recipe or data set, or where they do not
    go together."""
    if own_class(settings.network) is None:
        settings_for(network_named(settings.network), settings.recipe, settings.dataset)
    else:
        settings_for_own(settings.network, settings.recipe, settings.dataset)
    if settings.styles != "none" and not has_pen_styles(settings.dataset):
        title = data_set_named(settings.dataset).title
        raise DigitpadError(
            _(
                "pen strokes are generated for digits, and {title} has none; leave --styles out"
            ).format(title=title)
        )
    if settings.styles != "none" and settings.objective != "cross-entropy":
        raise DigitpadError(
            _('the loss {objective!r} knows no non-digits; take styles "none" with it').format(
                objective=settings.objective
            )
        )


def departures(settings: TrainingSettings) -> list[str]:
    """What a run does otherwise than the page whose recipe it takes; empty for our own recipe."""
    if settings.recipe == OURS:
        return []
    network = network_named(settings.network)
    plain = _page(network, settings.recipe, network.recipes[settings.recipe], None)
    changes = [
        # Kept in the record of the weights, which is in English.
        f"{what} {getattr(settings, what)} where the page has {getattr(plain, what)}"
        for what in ("dataset", "epochs", "batch", "precision")
        if getattr(settings, what) != getattr(plain, what)
    ]
    if settings.limit is not None:
        changes.append(f"only the first {settings.limit:,} of the training set")
    return [*network.recipes[settings.recipe].departures, *changes]


def _ours(network: Network, dataset: str) -> TrainingSettings:
    """Our recipe, with what a large network or another data set needs."""
    entry = data_set_named(dataset)
    settings = TrainingSettings(
        network=network.name,
        dataset=dataset,
        epochs=network.our_epochs,
        peak_learning_rate=network.our_rate,
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
        settings = replace(settings, augmentation=_CLOTHES)
    return settings


def _page(network: Network, name: str, recipe: Recipe, dataset: str | None) -> TrainingSettings:
    """A page's recipe as it declares it, on its data set or another."""
    chosen = data_set_named(dataset or recipe.dataset).name
    return TrainingSettings(
        network=network.name,
        dataset=chosen,
        recipe=name,
        epochs=recipe.epochs,
        batch=recipe.batch,
        seed=recipe.seed or 0,
        optimizer=recipe.optimizer,
        learning_rates=tuple((epochs, rate) for epochs, rate in recipe.rates),
        momentum=recipe.momentum,
        ema_decay=None,
        objective=recipe.loss,
        initialization=recipe.initialization,
        mean=recipe.mean,
        std=recipe.std,
        holds_back=False,
        whole_batches=False,
        augmentation=None,
        styles="none",
        annealing=0.0,
    )
