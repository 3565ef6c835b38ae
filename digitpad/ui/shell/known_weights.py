"""The weights of the layers that are taken apart, asked of the recogniser once each."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.engine.messages import NETWORK, SECOND
from digitpad.ui.shell.states import Row

if TYPE_CHECKING:
    from digitpad.explain.results import LayerWeights
    from digitpad.ui.shell.session import Session

_Key = tuple[Row, str, int | None]
"""Of which network, of which layer, and of which map, None for all."""


class KnownWeights(QObject):
    """What is known of the weights of both networks; the rest is asked for when it is first wanted.

    One question is under way at a time, since a newer one would take its place. Another network has
    other weights, so that all are forgotten then.

    Signals:
        changed: more is known, or nothing any more.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """Nothing is known yet; session: whose networks they are of."""
        super().__init__(session)
        self._session = session
        self._known: dict[_Key, LayerWeights] = {}
        self._refusals: dict[_Key, str] = {}
        self._wanted: deque[_Key] = deque()
        self._asked: _Key | None = None
        self._network = 0
        session.network_changed.connect(self._forget)
        session.comparison_changed.connect(self._forget)
        session.state_changed.connect(self._forget)

    def of_layer(self, layer: str, row: Row) -> LayerWeights | None:
        """All weights of a layer; None while they are not known. Where they are too many to be told
        whole, the reason says so."""
        return self._get((row, layer, None))

    def of_map(self, layer: str, map_: int, row: Row) -> LayerWeights | None:
        """Weights of a layer that hold those of a map: all, or where they are too many that map's
        alone; None while they are not known."""
        whole = self.of_layer(layer, row)
        if whole is None or not whole.is_too_large:
            return whole
        return self._get((row, layer, map_))

    def refusal(self, layer: str, row: Row) -> str:
        """Why the weights of a layer are not told; "" where they are, or may still be."""
        return self._refusals.get((row, layer, None), "")

    def _get(self, key: _Key) -> LayerWeights | None:
        known = self._known.get(key)
        if known is None and key not in self._refusals and key != self._asked:
            if key not in self._wanted:
                self._wanted.append(key)
            self._ask_next()
        return known

    def _ask_next(self) -> None:
        if self._asked is not None or not self._wanted:
            return
        # Here, so that the pad opens sooner.
        from digitpad.engine.explanations import LAYER_WEIGHTS
        from digitpad.explain.questions import WeightsQuestion

        key = self._asked = self._wanted.popleft()
        row, layer, map_ = key
        network = self._network

        def take(weights: LayerWeights) -> None:
            if network == self._network:
                self._known[key] = weights
                self._go_on()

        def refused(why: str) -> None:
            if network == self._network:
                self._refusals[key] = why
                self._go_on()

        role = SECOND if row is Row.LOWER else NETWORK
        self._session.client.ask(LAYER_WEIGHTS, WeightsQuestion(layer, map_), take, refused, role)

    def _go_on(self) -> None:
        self._asked = None
        self.changed.emit()
        self._ask_next()

    def _forget(self) -> None:
        self._known.clear()
        self._refusals.clear()
        self._wanted.clear()
        self._asked = None
        # An answer that is still under way is of the network before.
        self._network += 1
        self.changed.emit()
