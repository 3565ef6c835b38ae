"""The networks of the table in words, and as plain values for JSON; needs no torch."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from digitpad.core.results import InstalledNetwork, LayerInfo
from digitpad.datasets import DATASETS, DIGITS, data_set_named
from digitpad.nets.spec.catalogue import tutorial_title
from digitpad.nets.spec.declaration import OUR_BATCH, OURS, Network, Recipe

_NARROWEST = 70
_KEPT = "\u00a0"  # a space at which no line is broken
_HEAD = ("network", "parameters", "input", "data set")
_OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}


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
    widths = [max(len(row[column]) for row in (_HEAD, *rows)) for column in range(len(_HEAD))]
    lines = _row(_HEAD, widths, width)
    for network, row in zip(networks, rows, strict=True):
        lines += ["", *_row(row, widths, width)]
        if network.tutorial:
            lines += _under("tutorial", tutorial_title(network.tutorial), width)
        lines += _under("layers", layers_in_short(network), width)
        lines += _under("recipes", ", ".join([OURS, *network.recipes]), width)
        for one in _installed(network, installed):
            lines += _under("accuracy", _accuracy(one), width)
    return "\n".join(lines)


def description(network: Network, installed: Sequence[InstalledNetwork], width: int) -> str:
    """One network whole; no line longer than width, or than 70 where that is less, unless a
    table needs more."""
    width = max(width, _NARROWEST)
    lines = textwrap.wrap(f"{network.name}: {network.title}", width)
    if network.tutorial:
        lines += textwrap.wrap(f"tutorial: {tutorial_title(network.tutorial)}", width)
    lines += textwrap.wrap(network.about, width)
    fitted = {
        "same": "",
        "pad": ": a digit of 28 × 28 with paper around it",
        "resize": ": a digit of 28 × 28 stretched",
    }
    lines += ["", f"input {network.side} × {network.side}{fitted[network.fit]}", ""]
    rows = [(f.name, _shape(f), f"{f.parameters:,}", _kind(f)) for f in network.layer_infos]
    head = ("layer", "shape", "parameters", "kind")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        lines += _row(row, widths, width, right=(2,))
    lines += textwrap.wrap(
        f"{network.parameters:,} parameters in all; "
        f"{network.multiply_adds:,} multiplications a digit",
        width,
    )
    lines += [
        "",
        *_wrapped(f"recipe {OURS}: {our_recipe_words(network)}", width),
    ]
    for name, recipe in network.recipes.items():
        lines += [
            "",
            *_wrapped(f"recipe {name}: {recipe_words(recipe)}", width),
        ]
        if recipe.figure:
            lines += _under("the page says", recipe.figure, width)
        for departure in recipe.departures:
            lines += _under("departure", departure, width)
    if network.notes:
        lines.append("")
    for note in network.notes:
        lines += _wrapped(f"note: {note}", width)
    here = _installed(network, installed)
    lines += [
        "",
        *(
            []
            if here
            else textwrap.wrap(
                f"no weights are installed; python train.py --net {network.name}", width
            )
        ),
    ]
    for one in here:
        lines += _wrapped(f"installed: {_accuracy(one)}", width)
    return "\n".join(lines)


def recipe_words(recipe: Recipe) -> str:
    """A page's recipe in a line: optimiser, learning rates, batch, epochs, loss, initialisation,
    data set, and what else."""
    rates = ", then ".join(
        f"{rate:g}" + (f" for {n} epochs" if len(recipe.rates) > 1 else "")
        for n, rate in recipe.rates
    )
    momentum = f" with momentum {recipe.momentum:g}" if recipe.momentum else ""
    scaled = (
        f", mean {recipe.mean:.4g} and std {recipe.std:.4g}"
        if (recipe.mean, recipe.std) != (0, 1)
        else ", in [0, 1]"
    )
    return (
        f"{_OPTIMIZERS[recipe.optimizer]}{momentum}, learning rate {rates}; batch {recipe.batch}; "
        f"{recipe.epochs} epoch{'s' if recipe.epochs > 1 else ''}; loss: {recipe.loss}; "
        f"initialisation: {recipe.initialization}; {data_set_named(recipe.dataset).title}{scaled}"
        + ("" if recipe.seed is None else f"; seed {recipe.seed}")
    )


def our_recipe_words(network: Network) -> str:
    """Our recipe for a network in a line, as recipe_words has a page's."""
    entry = data_set_named(network.dataset)
    pens = (
        ", the same with other pens, and generated pen strokes" if entry.classes == DIGITS else ""
    )
    optimizer = "AdamW" if network.is_large else "Muon and AdamW"
    return (
        f"{optimizer}, one cycle of the learning rate up to {network.our_rate:g}; "
        f"batch {OUR_BATCH}; {network.our_epochs} epochs; loss: cross-entropy; "
        f"initialisation: default; {entry.title} augmented{pens}; "
        "the epoch of the best validation accuracy"
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
        return f"{layer.name}{_KEPT}{layer.shape[0]}"
    return f"{layer.name}{_KEPT}{layer.shape[0]}@{layer.shape[1]}×{layer.shape[2]}"


def _shape(layer: LayerInfo) -> str:
    return " × ".join(map(str, layer.shape))


def _kind(layer: LayerInfo) -> str:
    count = sum(map(len, layer.connections))
    return f"{layer.kind}; {count} connections of maps" if count else layer.kind


def _installed(network: Network, installed: Sequence[InstalledNetwork]) -> list[InstalledNetwork]:
    return [one for one in installed if one.name == network.name]


def _accuracy(one: InstalledNetwork) -> str:
    # The names come out of files: a terminal is to get one plain line.
    recipe, dataset = (_printable(text) for text in (one.recipe, one.dataset))
    title = DATASETS[dataset].title if dataset in DATASETS else dataset
    if one.test_accuracy is None or not _is_share(one.test_accuracy):
        return f"accuracy not known for {title} ({_printable(one.weights.name)}, {recipe})"
    return (
        f"{one.test_accuracy:.2%} of {title}'s test set ({_printable(one.weights.name)}, {recipe})"
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
        f"{cell:>{wide}}" if place in right else f"{cell:<{wide}}"
        for place, (cell, wide) in enumerate(zip(cells[:-1], widths, strict=False))
    )
    last = textwrap.wrap(cells[-1], max(12, width - len(start) - 2)) or [""]
    return [f"{start}  {last[0]}", *(" " * (len(start) + 2) + line for line in last[1:])]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)


def _under(name: str, text: str, width: int) -> list[str]:
    lines = textwrap.wrap(
        f"  {name}: {text}", width, subsequent_indent="    ", break_on_hyphens=False
    )
    return [line.replace(_KEPT, " ") for line in lines]
