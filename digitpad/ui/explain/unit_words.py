"""What the card of a unit says besides its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, LayerKind, Unit
from digitpad.core.texts import in_a_row
from digitpad.explain.results import LayerWeights, MapTerms, NoReason, PooledTerms, UnitTrace
from digitpad.nets.spec.layer_words import kind_words, layer_name
from digitpad.ui.explain.shown_terms import DECIMALS, in_digits, shown_terms
from digitpad.ui.style.panel import MINUS

_MOST_SAID = 4


def unit_name(unit: Unit, classes: Sequence[str] = ()) -> str:
    """A unit's name, counted from 1 as people do; classes: what the units are called where they
    are the network's answers."""
    if len(unit.layer.shape) == 1 and unit.map < len(classes):
        return _("{layer}, {name}").format(
            layer=layer_name(unit.layer.name), name=classes[unit.map]
        )
    if len(unit.layer.shape) == 1:
        return _("{name}, unit {map}").format(name=layer_name(unit.layer.name), map=unit.map + 1)
    place = _("row {row}, column {column}").format(row=unit.row + 1, column=unit.column + 1)
    return _("{name}, map {map}, {place}").format(
        name=layer_name(unit.layer.name), map=unit.map + 1, place=place
    )


def trace_words(name: str, trace: UnitTrace) -> str:
    """How a unit's value comes about, in a sentence: "C3, map 1, row 2, column 7 is +0.19: map sums
    +0.31, bias −0.12, together +0.19; tanh(+0.19) = +0.19"."""
    said = _("{unit_name} is {in_digits}").format(
        unit_name=name, in_digits=in_digits(trace.shown, DECIMALS)
    )
    try:
        shown = shown_terms(trace, _MOST_SAID, DECIMALS)
    except ValueError:
        return said
    sums = _(", ").join(f"{token.name} {token.number}" for token in shown.tokens)
    said = _("{name}: {text}").format(name=said, text=sums)
    if not shown.function:
        return said
    end = f"{shown.function}({shown.before}) = {shown.value}"
    return _("{first}; {second}").format(first=said, second=end)


def why_not(reason: NoReason, layer: LayerInfo, operation: str) -> str:
    """Why a unit is not taken apart, in a line."""
    what = operation or kind_words(layer.kind) or _("this layer")
    if reason is NoReason.HIDDEN_INPUT:
        return _(
            "{name} works on numbers that are not among the layers shown, so its sum "
            "cannot be told in parts."
        ).format(name=layer_name(layer.name))
    if reason is NoReason.TOO_LARGE:
        return _("{name} has more weights than can be shown for one unit.").format(
            name=layer_name(layer.name)
        )
    if reason is NoReason.NOT_FINITE:
        return _("A number in it is NaN or infinite, so that nothing adds up.")
    return _(
        "{name} ({what}) cannot be taken apart here; its value is all there is to tell."
    ).format(name=layer_name(layer.name), what=what)


def rim_words(terms: MapTerms | PooledTerms, weights: LayerWeights) -> str:
    """What the unit sees beyond the edge of what feeds it; "" where it sees none of that."""
    if not terms.is_padding.any():
        return ""
    if isinstance(terms, PooledTerms):
        return _("The crossed squares lie beyond the edge: padding.")
    if terms.source:
        return _("The crossed squares lie beyond the edge: padding is 0.")
    if weights.mean <= 0 or weights.std <= 0:
        return _("The crossed squares lie beyond the edge: padding is 0, which is paper here.")
    paper = f"{MINUS}{weights.mean / weights.std:.2f}"
    return _(
        "The crossed squares are padding: 0, which is grey ({mean:.2f} of ink), "
        "not paper ({paper})."
    ).format(mean=weights.mean, paper=paper)


def shared_words(unit: Unit, weights: LayerWeights, inputs: int) -> str:
    """What is particular about the layer's kernels: that maps share one, or see some maps only."""
    found = []
    if unit.layer.connections:
        seen = len(unit.layer.connections[unit.map])
        found.append(_("sees {seen} of {inputs} maps").format(seen=seen, inputs=inputs))
    place = unit.map - weights.first
    if weights.layer and len(weights.groups) > 1 and place < len(weights.groups):
        same = [
            weights.first + other
            for other, group in enumerate(weights.groups)
            if group == weights.groups[place] and other != place
        ]
        if same:
            maps = in_a_row([str(one + 1) for one in same[:4]]) + (" …" if len(same) > 4 else "")
            found.append(_("shares its kernel with map {maps}").format(maps=maps))
    return _("; ").join(found)


def row_names(terms: MapTerms, kind: LayerKind) -> tuple[str, str, str]:
    """What the three rows of pictures are."""
    return (
        _("patch of {source}").format(source=terms.source or _("input")),
        _("× kernel"),
        _("= products"),
    )
