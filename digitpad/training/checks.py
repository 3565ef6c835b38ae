"""Checks of settings, for what comes from files and for what people write; each raises ValueError
with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from digitpad.core.languages import _

MOST_EPOCHS = 1_000_000


def check_keys(record: Mapping[str, object], wanted: set[str], what: str) -> None:
    """Raise ValueError unless a record has these keys and no others."""
    missing, strange = wanted - set(record), set(record) - wanted
    if missing:
        raise ValueError(
            _("{what} without {missing}").format(what=what, missing=", ".join(sorted(missing)))
        )
    if strange:
        raise ValueError(
            _("{what} with {strange}").format(
                what=what, strange=", ".join(shown(key) for key in list(strange)[:3])
            )
        )


def check_number(owner: object, name: str, least: float, most: float) -> None:
    """Raise ValueError unless a field is a finite number within bounds."""
    value = getattr(owner, name)
    if not is_number(value, least, most):
        raise ValueError(
            _("{name} is {shown}, not a number from {least:g} to {most:g}").format(
                name=name, shown=shown(value), least=least, most=most
            )
        )


def check_whole(owner: object, name: str, least: int, most: int) -> None:
    """Raise ValueError unless a field is a whole number within bounds."""
    value = getattr(owner, name)
    if not is_whole(value, least, most):
        raise ValueError(
            _("{name} is {shown}, not a whole number from {least} to {most}").format(
                name=name, shown=shown(value), least=least, most=most
            )
        )


def check_switch(owner: object, name: str) -> None:
    """Raise ValueError unless a field is True or False."""
    value = getattr(owner, name)
    if not isinstance(value, bool):
        raise ValueError(
            _("{name} is {shown}, not True or False").format(name=name, shown=shown(value))
        )


def check_one_of(owner: object, name: str, known: tuple[str, ...]) -> None:
    """Raise ValueError unless a field is one of these names."""
    value = getattr(owner, name)
    if not isinstance(value, str) or value not in known:
        raise ValueError(
            _("{name} is {shown}; known: {known}").format(
                name=name, shown=shown(value), known=", ".join(known)
            )
        )


def check_part(owner: object, name: str, kind: type) -> None:
    """Raise ValueError unless a field is of this kind."""
    value = getattr(owner, name)
    if not isinstance(value, kind):
        raise ValueError(
            _("{name} is {shown}, not of {kind}").format(
                name=name, shown=shown(value), kind=kind.__name__
            )
        )


def check_learning_rates(rates: object, optimizer: str) -> None:
    """Raise ValueError unless rates are (epochs, learning rate), some where optimizer needs any."""
    wanted = _("pairs of a number of epochs and a learning rate")
    if not isinstance(rates, tuple):
        raise ValueError(
            _("learning_rates is {shown}, not {wanted}").format(shown=shown(rates), wanted=wanted)
        )
    for pair in rates:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise ValueError(
                _("learning_rates has {shown}, not {wanted}").format(
                    shown=shown(pair), wanted=wanted
                )
            )
        epochs, rate = pair
        if not is_whole(epochs, 1, MOST_EPOCHS) or not is_number(rate, 0, 1_000):
            raise ValueError(
                _("learning_rates has {shown}, not {wanted}").format(
                    shown=shown(pair), wanted=wanted
                )
            )
    if not rates and optimizer in ("adam", "sgd"):
        raise ValueError(
            _("learning_rates is empty, and {optimizer} takes its rate from there").format(
                optimizer=optimizer
            )
        )


def is_number(value: object, least: float, most: float) -> bool:
    """Whether a value is a number within bounds, which infinity and NaN never are."""
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def is_whole(value: object, least: int, most: int) -> bool:
    """Whether a value is a whole number within bounds."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def shown(value: object) -> str:
    """A value in a message: on one line, and not at length."""
    try:
        text = repr(value)
    except ValueError:  # an integer of more digits than Python writes out
        text = _("a huge {name}").format(name=type(value).__name__)
    return text if len(text) <= 40 else text[:37] + "..."
