"""The line at the foot of the window: which network, how good, where it runs, how long the last answer took."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.recognition import NetworkFacts
from digitpad.ui.panel import Panel

_DEVICES = {"cpu": "CPU", "cuda": "NVIDIA GPU", "mps": "Apple GPU"}


class StatusLine(Panel):
    """What the recogniser is and does, in one calm line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = ""
        self._right = ""
        self._device = ""

    @property
    def text(self) -> str:
        """All that the line says."""
        return f"{self._left}   {self._right}".strip()

    def show_loading(self) -> None:
        self._say("The network is loading. Draw already: it reads your drawing as soon as it is there.", "")

    def show_facts(self, facts: NetworkFacts) -> None:
        """Name the network and its device; hovering tells what devices were tried."""
        parts = [facts.title, f"{facts.parameters:,} parameters"]
        accuracy = facts.test_accuracy
        if accuracy is not None:
            n = facts.metadata.get("test_n", "10,000")
            n = f"{int(n):,}" if n.isdigit() else n
            parts.append(f"{accuracy * 100:.2f} % on {facts.metadata.get('test_set', 'MNIST')}'s {n} test images")
        self._say(" · ".join(parts), _DEVICES.get(facts.device, facts.device))
        self._device = self._right
        self.setToolTip("\n".join([f"Weights: {facts.weights_file}", "Devices tried:", *facts.device_report]))

    def show_time(self, milliseconds: float) -> None:
        """The time of the last answer."""
        self._say(
            self._left,
            f"{self._device} · {milliseconds:.1f} ms" if milliseconds >= 0.1 else f"{self._device} · < 0.1 ms",
        )

    def show_trouble(self, text: str) -> None:
        self._say(text, "")

    def _say(self, left: str, right: str) -> None:
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.setAccessibleName(self.text)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.sized_font(12))
        painter.setPen(QColor(self.theme.quiet))
        metrics = painter.fontMetrics()
        right_width = metrics.horizontalAdvance(self._right) + 12
        box = QRectF(self.rect())
        left = metrics.elidedText(self._left, Qt.TextElideMode.ElideRight, int(box.width() - right_width))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, left)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._right)
