"""What the window's actions do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.ui.explain.drawer import Drawer
from digitpad.ui.explain.tools import FILM_TOOL
from digitpad.ui.images.pad_pictures import PadPictures
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.shell.choice_menu import ChoiceMenu, Choices
from digitpad.ui.shell.documents import Documents
from digitpad.ui.shell.drawing_collection import DrawingCollection
from digitpad.ui.shell.exchange import Exchange
from digitpad.ui.shell.network_dialogs import NetworkDialogs
from digitpad.ui.shell.notice import Notice
from digitpad.ui.shell.offer_bar import OfferBar
from digitpad.ui.shell.presentation import Presentation
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import Mode
from digitpad.ui.shell.tab_order import TabOrder
from digitpad.ui.shell.taking_away import TakingAway

if TYPE_CHECKING:
    from digitpad.ui.shell.lifetime import Lifetime
    from digitpad.ui.shell.settings_store import SettingsStore
    from digitpad.ui.training.teaching_desk import TeachingDesk

_PEN_STEP = 3


class Controller(QObject):
    """Where the rows of actions.py find what they do: the session and the dialogs, and here what
    takes more than one of them.

    Attributes:
        session, exchange, dialogs, notice, taking, documents, offers: what actions work on.
        lifetime: has the window's journal; set by the window.
        views: the network views, of which one layer may be shown large; set by the window.
        drawer: in which tools explain; order: in which the keyboard visits the window's controls;
            set by the window.
        collection: what was corrected and kept; teaching: teaches it; set by the window.
        pictures: the picture on the pad; presentation: full screen, one step at a time; set by the
            window, None without one.

    Signals:
        keys_wanted (): the list of keys shall be shown.
        settings_wanted (): the settings shall be shown.
        about_wanted (): what Digitpad is, and its version, shall be shown.
        steps_wanted (): the first steps shall be shown, from the first one on.
        quit_wanted (): the window shall close.
    """

    keys_wanted = Signal()
    settings_wanted = Signal()
    about_wanted = Signal()
    steps_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        session: Session,
        exchange: Exchange,
        dialogs: NetworkDialogs,
        notice: Notice,
        taking: TakingAway,
        documents: Documents,
        offers: OfferBar,
        parent: QObject,
    ) -> None:
        """taking: takes pictures of the window and its panels."""
        super().__init__(parent)
        self.session = session
        self.exchange = exchange
        self.dialogs = dialogs
        self.notice = notice
        self.views: tuple[NetworkView, ...] = ()
        self.drawer: Drawer | None = None
        self.pictures: PadPictures | None = None
        self.presentation: Presentation | None = None
        self.taking = taking
        self.collection: DrawingCollection | None = None
        self.teaching: TeachingDesk | None = None
        self.documents, self.offers = documents, offers
        self.lifetime: Lifetime | None = None
        self.order: TabOrder | None = None

    def go_to_part(self, is_on: bool) -> None:
        """Give the keyboard to the next part of the window, or to the one before."""
        if self.order is not None:
            self.order.go_to_part(is_on)

    def choice_menu(self, name: str, choices: Callable[[], Choices]) -> ChoiceMenu:
        """A menu in which the setting of this name is chosen."""
        window = self.parent()
        # An action does not take its menu with it.
        return ChoiceMenu(
            name, choices, self._settings, window if isinstance(window, QWidget) else None
        )

    def _settings(self) -> SettingsStore:
        if self.lifetime is not None:
            return self.lifetime.settings()
        from digitpad.ui.shell.settings_store import SettingsStore

        return SettingsStore()

    def change_pen_width(self, steps: int) -> None:
        """Make the pen so many steps wider; thinner for a negative number."""
        pad = self.session.pad
        pad.set_pen_width(pad.pen_width + steps * _PEN_STEP)

    def compare(self) -> None:
        """Choose a second network to read the drawing too, or leave comparing."""
        if self.session.mode is Mode.SINGLE:
            self.dialogs.choose_second()
        else:
            self.session.leave_comparing()

    def teach(self) -> None:
        """Open what teaches the network from My drawings."""
        if self.teaching is not None:
            self.teaching.teach()

    def show_versions(self) -> None:
        """Open the list of all states that were kept."""
        if self.teaching is not None:
            self.teaching.show_versions()

    def train(self, net: str = "") -> None:
        """Ask what to train, over the tool that shows it; net: what is proposed, by its name."""
        from digitpad.ui.training.film_panel import FilmPanel

        self.session.selection.open_tool(FILM_TOOL)
        panel = None if self.drawer is None else self.drawer.panel
        if isinstance(panel, FilmPanel):
            panel.train(net)

    def look_at_picture(self) -> None:
        """Look at the picture on the pad, or end looking."""
        if self.pictures is not None:
            self.pictures.toggle()

    def bring_back(self) -> None:
        """Put a drawing on the pad that was on it when a window was closed."""
        keeping = None if self.lifetime is None else self.lifetime.keeping
        if keeping is None:
            self.documents.said.emit(_("There is no earlier drawing to bring back."))
        elif self.documents.may_go_on():
            keeping.bring_back()

    def present(self) -> None:
        """Present the network full screen, or leave that."""
        if self.presentation is not None:
            self.presentation.toggle()

    def go_back(self) -> None:
        """One step back: take a message away, ask no more what a drawing is, go back in what is
        asked about a file, read the picture as before, close the card, go back in the drawer or
        close it, show all layers again, let the pinned unit go, leave presenting or comparing."""
        enlarged = [view for view in self.views if view.enlarged is not None]
        if not self.notice.isHidden():
            self.notice.dismiss()
        elif self.collection is not None and self.collection.go_back():
            pass
        elif not self.offers.isHidden():
            self.offers.dismiss()
        elif self.dialogs.opening.is_open:
            self.dialogs.opening.go_back()
        elif self.pictures is not None and self.pictures.is_open:
            self.pictures.cancel()
        elif not self.dialogs.about.isHidden():
            self.dialogs.about.toggle()
        elif (self.drawer is not None and self.drawer.go_back()) or (
            self.presentation is not None and self.presentation.go_back()
        ):
            pass
        elif enlarged:
            enlarged[0].toggle_size(str(enlarged[0].enlarged))
        elif self.session.selection.pinned is not None:
            self.session.selection.unpin()
        elif self.session.mode is not Mode.SINGLE:
            self.session.leave_comparing()
