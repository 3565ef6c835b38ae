"""The networks of the table in words, and as plain values for JSON; needs no torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from digitpad.core.columns import columns_of, padded, wrapped
from digitpad.core.languages import N_, _, ngettext
from digitpad.core.results import InstalledNetwork, LayerInfo
from digitpad.datasets import DATASETS, DIGITS, data_set_named
from digitpad.nets.spec.catalogue import tutorial_title, tutorial_words
from digitpad.nets.spec.declaration import OUR_BATCH, OURS, Network, Recipe
from digitpad.nets.spec.layer_words import kind_words, layer_name

_NARROWEST = 70
_KEPT = "\u00a0"  # a space at which no line is broken
_HEAD = (N_("network"), N_("parameters"), N_("input"), N_("data set"))
_LAYER_HEAD = (N_("layer"), N_("shape"), N_("parameters"), N_("kind"))
_INPUT = {
    "same": N_("input {side} × {side}"),
    "pad": N_("input {side} × {side}: a digit of 28 × 28 with paper around it"),
    "resize": N_("input {side} × {side}: a digit of 28 × 28 stretched"),
}
_OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}
# What a recipe may say, as its values are called.
_VALUES = (
    N_("cross-entropy"),
    N_("cross-entropy of probabilities"),
    N_("squared error"),
    N_("map"),
    N_("default"),
)


def listing(networks: Sequence[Network], installed: Sequence[InstalledNetwork], width: int) -> str:
    """All networks: a row of a table each, and below it layers, recipes and the accuracy of the
    weights installed; no line longer than width, or than 70 where that is less."""
    width = max(width, _NARROWEST)
    rows = [
        (
            n.name,
            f"{n.parameters:,}",
            f"{n.side} × {n.side}",
            data_set_named(n.dataset).title,
        )
        for n in networks
    ]
    head = tuple(map(_, _HEAD))
    widths = _widths((head, *rows))
    lines = _row(head, widths, width)
    for network, row in zip(networks, rows, strict=True):
        lines += ["", *_row(row, widths, width)]
        if network.tutorial:
            lines += _under(_("tutorial"), tutorial_words(network.tutorial), width)
        lines += _under(_("layers"), layers_in_short(network), width)
        lines += _under(_("recipes"), ", ".join([OURS, *network.recipes]), width)
        for one in _installed(network, installed):
            lines += _under(_("accuracy"), _accuracy(one), width)
    return "\n".join(lines)


def description(network: Network, installed: Sequence[InstalledNetwork], width: int) -> str:
    """One network whole; no line longer than width, or than 70 where that is less, unless a
    table needs more."""
    width = max(width, _NARROWEST)
    lines = _wrapped(_("{name}: {text}").format(name=network.name, text=_(network.title)), width)
    if network.tutorial:
        lines += _named(_("tutorial"), tutorial_words(network.tutorial), width)
    lines += _wrapped(_(network.about), width)
    lines += ["", _(_INPUT[network.fit]).format(side=network.side), ""]
    rows = [
        (layer_name(f.name), _shape(f), f"{f.parameters:,}", _kind(f)) for f in network.layer_infos
    ]
    head = tuple(map(_, _LAYER_HEAD))
    widths = _widths((head, *rows))
    for row in (head, *rows):
        lines += _row(row, widths, width, right=(2,))
    lines += _wrapped(
        _("{parameters:,} parameters in all; {products:,} multiplications a digit").format(
            parameters=network.parameters, products=network.multiply_adds
        ),
        width,
    )
    lines += [
        "",
        *_recipe(OURS, our_recipe_words(network), width),
    ]
    for name, recipe in network.recipes.items():
        lines += [
            "",
            *_recipe(name, recipe_words(recipe), width),
        ]
        if recipe.figure:
            lines += _under(_("the page says"), _(recipe.figure), width)
        for departure in recipe.departures:
            lines += _under(_("departure"), _(departure), width)
    if network.notes:
        lines.append("")
    for note in network.notes:
        lines += _named(_("note"), _(note), width)
    here = _installed(network, installed)
    lines += [
        "",
        *(
            []
            if here
            else _wrapped(
                _("no weights are installed; python train.py --net {name}").format(
                    name=network.name
                ),
                width,
            )
        ),
    ]
    for one in here:
        lines += _named(_("installed"), _accuracy(one), width)
    return "\n".join(lines)


def recipe_words(recipe: Recipe) -> str:
    """A page's recipe in a line: optimiser, learning rates, batch, epochs, loss, initialisation,
    data set, and what else."""
    rate = _("learning rate {rates}").format(
        rates=_(", then ").join(
            (_("{rate:g} for {n} epochs") if len(recipe.rates) > 1 else "{rate:g}").format(
                rate=rate, n=n
            )
            for n, rate in recipe.rates
        )
    )
    optimizer = _OPTIMIZERS[recipe.optimizer]
    if recipe.momentum:
        optimizer = _("{optimizer} with momentum {momentum:g}").format(
            optimizer=optimizer, momentum=recipe.momentum
        )
    title = data_set_named(recipe.dataset).title
    digits = (
        _("{dataset}, mean {mean:.4g} and std {std:.4g}")
        if (recipe.mean, recipe.std) != (0, 1)
        else _("{dataset}, in [0, 1]")
    ).format(dataset=title, mean=recipe.mean, std=recipe.std)
    parts = [
        _("{optimizer}, {rate}").format(optimizer=optimizer, rate=rate),
        _("batch {n}").format(n=recipe.batch),
        ngettext("{n} epoch", "{n} epochs", recipe.epochs).format(n=recipe.epochs),
        _("loss: {loss}").format(loss=_(recipe.loss)),
        _("initialisation: {how}").format(how=_(recipe.initialization)),
        digits,
    ]
    if recipe.seed is not None:
        parts.append(_("seed {value}").format(value=recipe.seed))
    return _("; ").join(parts)


def our_recipe_words(network: Network) -> str:
    """Our recipe for a network in a line, as recipe_words has a page's."""
    entry = data_set_named(network.dataset)
    words = (
        _(
            "{optimizer}, one cycle of the learning rate up to {rate:g}; batch {batch}; {epochs} "
            "epochs; loss: cross-entropy; initialisation: default; {dataset} augmented, the same "
            "with other pens, and generated pen strokes; the epoch of the best validation accuracy"
        )
        if entry.classes == DIGITS
        else _(
            "{optimizer}, one cycle of the learning rate up to {rate:g}; batch {batch}; {epochs} "
            "epochs; loss: cross-entropy; initialisation: default; {dataset} augmented; the epoch "
            "of the best validation accuracy"
        )
    )
    return words.format(
        optimizer="AdamW" if network.is_large else _("Muon and AdamW"),
        rate=network.our_rate,
        batch=OUR_BATCH,
        epochs=network.our_epochs,
        dataset=entry.title,
    )


def layers_in_short(network: Network) -> str:
    """As "C1 6@28×28, S2 6@14×14, ..., output 10", with no space within a layer at which a line
    may end."""
    return ", ".join(map(_short, network.layer_infos))


def as_values(network: Network, installed: Sequence[InstalledNetwork]) -> dict[str, Any]:
    """One network as plain values that JSON can hold."""
    return {
        "name": network.name,
        "title": network.title,
        "tutorial": network.tutorial,
        "tutorial_title": tutorial_title(network.tutorial),
        "about": network.about,
        "layers": [
            {
                "name": layer.name,
                "kind": layer.kind,
                "shape": list(layer.shape),
                "parameters": layer.parameters,
                "connections": [list(maps) for maps in layer.connections],
            }
            for layer in network.layer_infos
        ],
        "parameters": network.parameters,
        "multiply_adds": network.multiply_adds,
        "side": network.side,
        "fit": network.fit,
        "dataset": network.dataset,
        "recipes": {
            name: asdict(recipe) | {"epochs": recipe.epochs}
            for name, recipe in network.recipes.items()
        },
        "best_rate": network.best_rate,
        "best_epochs": network.best_epochs,
        "notes": list(network.notes),
        "figures": [
            {
                "weights": one.weights.name,
                "recipe": one.recipe,
                "dataset": one.dataset,
                "test_accuracy": one.test_accuracy if _is_share(one.test_accuracy) else None,
            }
            for one in _installed(network, installed)
        ],
    }


def _short(layer: LayerInfo) -> str:
    if len(layer.shape) == 1:
        return f"{layer_name(layer.name)}{_KEPT}{layer.shape[0]}"
    return f"{layer_name(layer.name)}{_KEPT}{layer.shape[0]}@{layer.shape[1]}×{layer.shape[2]}"


def _shape(layer: LayerInfo) -> str:
    return " × ".join(map(str, layer.shape))


def _kind(layer: LayerInfo) -> str:
    count = sum(map(len, layer.connections))
    words = kind_words(layer.kind)
    if not count:
        return words
    return _("{kind}; {n} connections of maps").format(kind=words, n=count)


def _installed(network: Network, installed: Sequence[InstalledNetwork]) -> list[InstalledNetwork]:
    return [one for one in installed if one.name == network.name]


def _accuracy(one: InstalledNetwork) -> str:
    # The names come out of files: a terminal is to get one plain line.
    recipe, dataset = (_printable(text) for text in (one.recipe, one.dataset))
    title = DATASETS[dataset].title if dataset in DATASETS else dataset
    if one.test_accuracy is None or not _is_share(one.test_accuracy):
        return _("accuracy not known for {dataset} ({file}, {recipe})").format(
            dataset=title, file=_printable(one.weights.name), recipe=recipe
        )
    return _("{share:.2%} of {dataset}'s test set ({file}, {recipe})").format(
        share=one.test_accuracy, dataset=title, file=_printable(one.weights.name), recipe=recipe
    )


def _is_share(number: float | None) -> bool:
    return number is not None and math.isfinite(number) and 0 <= number <= 1


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text[:80])


def _row(
    cells: Sequence[str], widths: Sequence[int], width: int, right: tuple[int, ...] = (1,)
) -> list[str]:
    """The cells in their columns, figures to the right; the last one is wrapped in what is left
    of the width."""
    start = "  ".join(
        padded(cell, wide, right=place in right)
        for place, (cell, wide) in enumerate(zip(cells[:-1], widths, strict=False))
    )
    left = columns_of(start) + 2
    last = wrapped(cells[-1], max(12, width - left)) or [""]
    return [f"{start}  {last[0]}", *(" " * left + line for line in last[1:])]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(columns_of, column)) for column in zip(*rows, strict=True)]


def _wrapped(text: str, width: int) -> list[str]:
    return wrapped(text, width, others="  ")


def _named(name: str, text: str, width: int) -> list[str]:
    return _wrapped(_("{name}: {text}").format(name=name, text=text), width)


def _recipe(name: str, words: str, width: int) -> list[str]:
    return _wrapped(_("recipe {name}: {words}").format(name=name, words=words), width)


def _under(name: str, text: str, width: int) -> list[str]:
    said = _("{name}: {text}").format(name=name, text=text)
    lines = wrapped(said, width, "  ", "    ")
    return [line.replace(_KEPT, " ") for line in lines]
