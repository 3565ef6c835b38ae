"""What opens beside the pad: the list of networks, the card about one, the card that asks about a
file, the window of test images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.results import InstalledNetwork, NetworkInfo
from digitpad.datasets import LabelledDigits
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.given_names import give_name
from digitpad.nets.spec.opened_networks import OpenedFile, OpenedList
from digitpad.nets.spec.snapshots import is_snapshot
from digitpad.ui.shell.about_network import AboutNetwork
from digitpad.ui.shell.network_opening import NetworkOpening
from digitpad.ui.shell.network_words import Listed, guess_words, is_taught
from digitpad.ui.shell.opening_card import OpeningCard
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import LIGHT, Theme

if TYPE_CHECKING:
    from digitpad.ui.images.image_browser import ImageBrowser
    from digitpad.ui.shell.network_choice import NetworkChoice

_EDGE = 8


class NetworkDialogs(QObject):
    """Opens what lies beside the pad, and gives what was chosen there to the session.

    Attributes:
        choice: the list of networks. about: the card about the network. opening: takes files of
            networks, and asks what is not known of them.
        network_anchor, second_anchor: what the list opens beside; the window itself until it is
            set.

    Signals:
        said (str): why nothing opens. file_wanted (): a network's file shall be asked for.
        train_wanted (str): the network of this name shall be trained. list_closed (): the list of
            networks was open, and is closed. renamed (): a network has another name.
    """

    said = Signal(str)
    file_wanted = Signal()
    train_wanted = Signal(str)
    list_closed = Signal()
    renamed = Signal()

    def __init__(
        self,
        session: Session,
        installed: Callable[[], Sequence[InstalledNetwork]],
        load_images: Callable[[str], LabelledDigits] | None,
        window: QWidget,
        stage: QWidget,
        opened: OpenedList | None = None,
        untrained: Callable[[], Sequence[Network]] = tuple,
    ) -> None:
        """installed: the networks to choose from; opened: the files that were opened before, to
        which those are added that are opened now; untrained: the networks without weights.
        load_images: the test images of the data set of that name, or DigitpadError; None where
        there are none. stage: where the cards lie."""
        super().__init__(window)
        self._session, self._window = session, window
        self._installed, self._load_images = installed, load_images
        self._theme = LIGHT
        self._opened, self._untrained = opened, untrained
        self._take: Callable[[Path, str], None] | None = None
        self._is_for_second = False
        self._told_of = ""
        self._browser: ImageBrowser | None = None
        self.network_anchor = self.second_anchor = window
        self._choice: NetworkChoice | None = None
        self._unit = 1.0
        self.about = AboutNetwork(stage)
        self.opening = NetworkOpening(session, OpeningCard(stage), window)
        self.opening.said.connect(self.said)
        session.network_changed.connect(self._show_network)
        session.reader_changed.connect(self._show_reader)

    @property
    def choice(self) -> NetworkChoice:
        """The list of networks, made when it is first wanted, so that the pad opens sooner."""
        if self._choice is None:
            from digitpad.ui.shell.network_choice import NetworkChoice

            self._choice = NetworkChoice(self._window)
            self._choice.chosen.connect(self._on_chosen)
            self._choice.removed.connect(self._on_removed)
            self._choice.named.connect(self._on_named)
            self._choice.file_wanted.connect(self.file_wanted)
            self._choice.train_wanted.connect(self.train_wanted)
            self._choice.closed.connect(self.list_closed)
            self._choice.set_theme(self._theme)
            self._choice.set_unit(self._unit)
        return self._choice

    def _show_reader(self) -> None:
        if self._session.info is not None:
            self.about.show_info(self._session.info)

    def _show_network(self) -> None:
        info = self._session.info
        if info is None:
            return
        self.about.show_info(info)
        self._tell_guess(info)
        if is_taught(info) or is_snapshot(info.metadata):
            # Its place is among the versions, or in the film of its training.
            return
        if self._opened is None or {info.weights_file, _resolved(info)} & self._installed_files():
            return
        net = self._session.client.choice.net
        file = OpenedFile(Path(info.weights_file).absolute(), net, info.title, info.parameters)
        if self._opened.read()[:1] != [file]:
            self._note(self._opened.add, file)

    def _tell_guess(self, info: NetworkInfo) -> None:
        """Say once of a file that nobody was asked about, as one that was named on the command
        line, that how it is fed is a guess."""
        guess = guess_words(info)
        if guess and info.weights_file != self._told_of:
            self._told_of = info.weights_file
            self.said.emit(
                _("{guess} To say how it was fed, choose it in the list of networks (N).").format(
                    guess=guess
                )
            )

    def _installed_files(self) -> set[str]:
        return {str(network.weights) for network in self._installed()}

    def _note(self, change: Callable[[OpenedFile], None], file: OpenedFile) -> None:
        """Change the list of opened files; one that cannot be written is said."""
        try:
            change(file)
        except DigitpadError as error:
            self.said.emit(str(error))

    def _on_removed(self, file: OpenedFile) -> None:
        if self._opened is not None:
            self._note(self._opened.remove, file)

    def _on_named(self, weights: Path, name: str) -> None:
        try:
            give_name(weights, name)
        except DigitpadError as error:
            self.said.emit(str(error))
        self.renamed.emit()

    def _all(self) -> list[Listed]:
        """All that may stand in the list: what is installed, what was opened, what can be
        trained."""
        installed = self._installed()
        opened = [] if self._opened is None else self._opened.read()
        return [*installed, *opened, *self._untrained()]

    def choose_network(self, beside: QWidget | None = None) -> None:
        """Open the list of networks beside a widget, or beside its anchor."""
        networks = self._all()
        if networks:
            self._offer(
                _("Networks"),
                networks,
                self._own_file,
                self._session.open_network,
                beside or self.network_anchor,
            )
        else:
            self.said.emit(
                _(
                    "No network is installed. To open a file of weights, drop it on this "
                    "window, or choose “Open a network's weights” in the menu “Network”."
                )
            )

    def choose_second(self) -> None:
        """Open the list for a second network, of all but the one at work."""
        networks = [
            network
            for network in self._all()
            if not isinstance(network, Network) and str(network.weights) != self._own_file
        ]
        if networks:
            info = self._session.info
            self._offer(
                _("Compare {title} with").format(title=_(info.title))
                if info
                else _("Compare this network with"),
                networks,
                self._session.second_file,
                self._session.open_second,
                self.second_anchor,
            )
        else:
            self.said.emit(
                _(
                    "There is no other network here to compare with. “digitpad networks” in a "
                    "terminal lists those that can be trained."
                )
            )

    @property
    def _own_file(self) -> str:
        return self._session.info.weights_file if self._session.info else ""

    def _offer(
        self,
        title: str,
        networks: Sequence[Listed],
        current: str,
        take: Callable[[Path, str], None],
        beside: QWidget,
    ) -> None:
        self._take = take
        self._is_for_second = take == self._session.open_second
        reads = self._session.second if self._is_for_second else self._session.info
        name = "" if reads is None else reads.network
        place = QRect(beside.mapToGlobal(QPoint(0, 0)), beside.size())
        box = QRect(self._window.mapToGlobal(QPoint(0, 0)), self._window.size())
        self.choice.offer(
            networks,
            title,
            current,
            place,
            box.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE),
            name,
        )

    def _on_chosen(self, network: InstalledNetwork | OpenedFile) -> None:
        if self._take is None:
            return
        if isinstance(network, InstalledNetwork):
            self._take(network.weights, "")
        elif network.missing is not None:
            self.said.emit(
                _(
                    "{missing} is not there any more; put it back, or take “{title}” off the list"
                ).format(missing=network.missing, title=_(network.title))
            )
        elif self._is_for_second:
            self._take(network.weights, network.net)
        else:
            # What is not known of it any more, as where the file was written anew, is asked.
            self.opening.open(network.weights, network.net)

    def browse(self) -> ImageBrowser | None:
        """Open the window of all test images; returns it, or None where there are none."""
        if self._load_images is None:
            self.said.emit(_("There are no test images in this installation."))
            return None
        if self._browser is None:
            # Here, so that the pad opens sooner.
            from digitpad.ui.images.image_browser import ImageBrowser

            self._browser = ImageBrowser(self._session, self._load_images, self._theme)
            self._browser.image_chosen.connect(self._on_image_chosen)
        self._browser.show_again()
        return self._browser

    def _on_image_chosen(self, digit: np.ndarray, name: str) -> None:
        """The pad, which the window of test images may cover, comes to the front."""
        self._session.put_on_pad(digit, name)
        self._window.raise_()
        self._window.activateWindow()

    def place(self, network: QRect, answer: QRect, unit: float) -> None:
        """Put the cards over the network's box of the stage, the one that asks over the answer's
        too."""
        self.opening.card.set_place(network.united(answer), unit)
        self.about.set_unit(unit)
        self.about.setGeometry(network)
        self._unit = unit
        if self._choice is not None:
            self._choice.set_unit(unit)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.about.set_theme(theme)
        if self._choice is not None:
            self._choice.set_theme(theme)
        if self._browser is not None:
            self._browser.set_theme(theme)

    def close(self) -> None:
        """Close what is open."""
        self.opening.stop()
        if self._choice is not None:
            self._choice.close()
        if self._browser is not None:
            self._browser.close()


def _resolved(info: NetworkInfo) -> str:
    """A network's file without links on the way to it, as those that are installed are named."""
    try:
        return str(Path(info.weights_file).resolve())
    except (OSError, RuntimeError):
        return info.weights_file
