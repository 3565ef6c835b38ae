"""The doors from the pad to other networks: the list to choose from, the card about one, the
window of test images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from digitpad.core.results import InstalledNetwork, NetworkInfo
from digitpad.datasets import LabelledDigits
from digitpad.engine.client import RecognizerClient
from digitpad.ui.shell.about_network import AboutNetwork
from digitpad.ui.shell.network_choice import NetworkChoice
from digitpad.ui.style.theme import LIGHT, Theme

if TYPE_CHECKING:
    from digitpad.ui.images.image_browser import ImageBrowser

_EDGE = 8


class NetworkDialogs(QObject):
    """Opens what lies beside the pad, and says what was chosen there.

    Attributes:
        choice: the list of installed networks. about: the card about the network.

    Signals:
        network_chosen (InstalledNetwork): it shall read the drawing. second_chosen
            (InstalledNetwork): it shall too.
        image_chosen (object, str): a test image for the pad, uint8 (28, 28), and the name of its
            class.
        said (str): why a door stays closed.
    """

    network_chosen = Signal(object)
    second_chosen = Signal(object)
    image_chosen = Signal(object, str)
    said = Signal(str)

    def __init__(
        self,
        client: RecognizerClient,
        installed: Callable[[], Sequence[InstalledNetwork]],
        load_images: Callable[[str], LabelledDigits] | None,
        window: QWidget,
        stage: QWidget,
    ) -> None:
        """installed: the networks to choose from. load_images: the test images of the data set
        of that name, or DigitpadError; None where there are none. stage: where the card lies."""
        super().__init__(window)
        self._client, self._window = client, window
        self._installed, self._load_images = installed, load_images
        self._theme = LIGHT
        self._info: NetworkInfo | None = None
        self._take: Callable[[InstalledNetwork], None] | None = None
        self._browser: ImageBrowser | None = None
        self.choice = NetworkChoice(window)
        self.choice.chosen.connect(self._on_chosen)
        self.about = AboutNetwork(stage)

    def show_network(self, info: NetworkInfo) -> None:
        """Another network is at work."""
        self._info = info
        self.about.show_info(info)

    def choose_network(self, beside: QWidget) -> None:
        """Open the list of networks beside a widget."""
        networks = self._installed()
        if networks:
            self._offer("Networks", networks, self._own_file, self.network_chosen.emit, beside)
        else:
            self.said.emit(
                "No weights are installed; open a file of them, or train a network with train.py."
            )

    def choose_second(self, beside: QWidget, current: str = "") -> None:
        """Open the list for a second network, of all but the one at work; current: the weights
        file of the second network that there is."""
        networks = [
            network for network in self._installed() if str(network.weights) != self._own_file
        ]
        if networks:
            first = self._info.title if self._info else "this network"
            self._offer(f"Compare {first} with", networks, current, self.second_chosen.emit, beside)
        else:
            self.said.emit("There is no other network to compare with; train one with train.py.")

    @property
    def _own_file(self) -> str:
        return self._info.weights_file if self._info else ""

    def _offer(
        self,
        title: str,
        networks: Sequence[InstalledNetwork],
        current: str,
        take: Callable[[InstalledNetwork], None],
        beside: QWidget,
    ) -> None:
        self._take = take
        place = QRect(beside.mapToGlobal(QPoint(0, 0)), beside.size())
        box = QRect(self._window.mapToGlobal(QPoint(0, 0)), self._window.size())
        self.choice.offer(
            networks, title, current, place, box.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        )

    def _on_chosen(self, network: InstalledNetwork) -> None:
        if self._take is not None:
            self._take(network)

    def browse(self) -> ImageBrowser | None:
        """Open the window of all test images; returns it, or None where there are none."""
        if self._load_images is None:
            self.said.emit("There are no test images in this installation.")
            return None
        if self._browser is None:
            # Here, so that the pad opens sooner.
            from digitpad.ui.images.image_browser import ImageBrowser

            self._browser = ImageBrowser(self._client, self._load_images, self._info, self._theme)
            self._browser.image_chosen.connect(self._on_image_chosen)
        self._browser.show_again()
        return self._browser

    def _on_image_chosen(self, digit: np.ndarray, name: str) -> None:
        """The pad, which the window of test images may cover, comes to the front."""
        self.image_chosen.emit(digit, name)
        self._window.raise_()
        self._window.activateWindow()

    def place(self, network: QRect, unit: float) -> None:
        """Put the card over the network's box of the stage."""
        self.about.set_unit(unit)
        self.about.setGeometry(network)
        self.choice.set_unit(unit)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.about.set_theme(theme)
        self.choice.set_theme(theme)
        if self._browser is not None:
            self._browser.set_theme(theme)

    def close(self) -> None:
        """Close what is open."""
        self.choice.close()
        if self._browser is not None:
            self._browser.close()
