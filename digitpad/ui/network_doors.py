"""The doors from the pad to other networks: the list to choose from, the card about one, the window of test images."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from digitpad.datasets import LabelledDigits
from digitpad.engine.client import RecognizerClient
from digitpad.recognition import InstalledNetwork, NetworkFacts
from digitpad.ui.about_network import AboutNetwork
from digitpad.ui.network_choice import NetworkChoice
from digitpad.ui.test_browser import TestBrowser
from digitpad.ui.theme import LIGHT, Theme

_EDGE = 8


class NetworkDoors(QObject):
    """Opens what lies beside the pad, and says what was chosen there.

    Attributes:
        choice: the list of installed networks. about: the card about the network.

    Signals:
        network_chosen (InstalledNetwork): it shall read the drawing. rival_chosen (InstalledNetwork): it shall too.
        image_chosen (object, str): a test image for the pad, uint8 (28, 28), and the name of its class.
        said (str): why a door stays closed.
    """

    network_chosen = Signal(object)
    rival_chosen = Signal(object)
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
        """installed: the networks to choose from. load_images: the test images of the data set of that name, or
        DigitpadError; None where there are none. stage: where the card lies."""
        super().__init__(window)
        self._client, self._window = client, window
        self._installed, self._load_images = installed, load_images
        self._theme = LIGHT
        self._facts: NetworkFacts | None = None
        self._take: Callable[[InstalledNetwork], None] | None = None
        self._browser: TestBrowser | None = None
        self.choice = NetworkChoice(window)
        self.choice.chosen.connect(self._on_chosen)
        self.about = AboutNetwork(stage)

    def show_network(self, facts: NetworkFacts) -> None:
        """Another network is at work."""
        self._facts = facts
        self.about.show_facts(facts)

    def choose_network(self, corner: QPoint) -> None:
        """Open the list of networks with its lower left corner at a global position."""
        self._offer("Networks", self.network_chosen.emit, corner)

    def choose_rival(self, corner: QPoint) -> None:
        """Open the list for a second network."""
        first = self._facts.title if self._facts else "this network"
        self._offer(f"Compare {first} with", self.rival_chosen.emit, corner)

    def _offer(self, title: str, take: Callable[[InstalledNetwork], None], corner: QPoint) -> None:
        networks = self._installed()
        if not networks:
            self.said.emit("No weights are installed; open a file of them, or train a network with train.py.")
            return
        self._take = take
        box = QRect(self._window.mapToGlobal(QPoint(0, 0)), self._window.size())
        current = self._facts.weights_file if self._facts else ""
        self.choice.offer(networks, title, current, corner, box.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))

    def _on_chosen(self, network: InstalledNetwork) -> None:
        if self._take is not None:
            self._take(network)

    def browse(self) -> None:
        """Open the window of all test images."""
        if self._load_images is None:
            self.said.emit("There are no test images in this installation.")
            return
        if self._browser is None:
            self._browser = TestBrowser(self._client, self._load_images, self._facts, self._theme)
            self._browser.image_chosen.connect(self.image_chosen)
        self._browser.show_again()

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
