"""The window: puts the parts on their places and connects them with the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from digitpad.core.languages import _
from digitpad.core.results import InstalledNetwork, LayerInfo
from digitpad.datasets import LabelledDigits
from digitpad.engine.client import RecognizerClient
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.opened_networks import OpenedList
from digitpad.ui.answer.answer_panel import AnswerPanel
from digitpad.ui.explain.drawer import Drawer
from digitpad.ui.network.entry_mark import EntryMark
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.pad.digit_view import DigitView
from digitpad.ui.shell.actions import make_actions, verbs_of
from digitpad.ui.shell.brought_pictures import BroughtPictures
from digitpad.ui.shell.comparison import Comparison
from digitpad.ui.shell.controller import Controller
from digitpad.ui.shell.documents import Documents
from digitpad.ui.shell.drawing_collection import DrawingCollection
from digitpad.ui.shell.exchange import Exchange
from digitpad.ui.shell.keys_list import KeysDialog
from digitpad.ui.shell.lifetime import Lifetime
from digitpad.ui.shell.menu_bar import MenuBar
from digitpad.ui.shell.network_dialogs import NetworkDialogs
from digitpad.ui.shell.notice import Notice
from digitpad.ui.shell.offer_bar import OfferBar
from digitpad.ui.shell.placing import find_room, place_parts
from digitpad.ui.shell.presentation import Presentation
from digitpad.ui.shell.samples import draw_sample
from digitpad.ui.shell.session import Example, Session
from digitpad.ui.shell.showing import Showing
from digitpad.ui.shell.shown_panels import ShownPanels
from digitpad.ui.shell.speaking import Speaking
from digitpad.ui.shell.stage import Stage
from digitpad.ui.shell.states import Mode, RecognizerState
from digitpad.ui.shell.status_line import StatusLine
from digitpad.ui.shell.tab_order import order_of
from digitpad.ui.shell.taking_away import TakingAway
from digitpad.ui.shell.tools import ToolBox
from digitpad.ui.shell.window_title import WindowTitle
from digitpad.ui.style.dressing import dress_application, palette
from digitpad.ui.style.screen import COMFORTABLE, SMALLEST, fitted_to_screen
from digitpad.ui.style.screen_following import ScreenFollowing
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import THEMES, system_theme, when_system_changes
from digitpad.ui.training.teaching_desk import TeachingDesk
from digitpad.ui.training.work_shown import WorkShown


class MainWindow(QMainWindow):
    """The drawing pad, the network at work, and the answer.

    Attributes:
        session: what is shown; the parts read it, and it tells them when it changes.
        menu_bar: in which every action is; stage: all that is beneath it.
        canvas, tools, digit_view, network_view, answer_panel, status_line: the parts, from left to
            right. entry_mark: what the first layer does, before it.
        comparison: the second row, beneath the network and the answer.
        drawer: over the network's lower part, in which tools explain.
        presentation: full screen, one step at a time. notice_card: what is said over the network.
        pictures: those that are brought. collection: My drawings, and what is said of them.
        teaching: teaches the network these, and lists what was kept. work: says how far that and
            a training are.
        dialogs, exchange: what opens beside the pad; files and the clipboard.
        documents: the drawing as a file. offer_bar: what is offered over the window.
        lifetime: its settings and its journal.
        taking: pictures of the window and of its panels.
        theme_name, theme: its colours, by the name that was chosen, None for the system's.
        actions_by_name: what can be done, by the ids of actions.py.

    Signals:
        theme_changed (object): a Theme was taken.
    """

    theme_changed = Signal(object)

    def __init__(
        self,
        client: RecognizerClient,
        layers: tuple[LayerInfo, ...] = (),
        next_example: Callable[..., Example] | None = None,
        theme: str | None = None,
        installed: Callable[[], Sequence[InstalledNetwork]] = tuple,
        load_images: Callable[[str], LabelledDigits] | None = None,
        opened: OpenedList | None = None,
        untrained: Callable[[], Sequence[Network]] = tuple,
    ) -> None:
        """layers: the panels to show until the recogniser tells its own. next_example: a random
        test image of the data set of that name, and of a class's number where one is given;
        load_images: all of them; both may raise DigitpadError. theme: a name of THEMES; not given,
        the system's. installed, opened, untrained: the networks to choose from, as NetworkDialogs
        takes them."""
        super().__init__()
        self.theme_name = theme
        self.session = Session(client, layers, next_example, self)
        central = self.stage = Stage()
        self.setCentralWidget(central)
        self.exchange = Exchange(self)
        self.dialogs = NetworkDialogs(
            self.session, installed, load_images, self, central, opened, untrained
        )
        self.notice_card = Notice(central)
        self.taking = TakingAway(central, self.exchange, self.notice_card)
        self.documents = Documents(self.session, self.exchange, self)
        self.offer_bar = OfferBar(central, self.notice_card)
        self.lifetime = Lifetime(self)
        self._controller = Controller(
            self.session,
            self.exchange,
            self.dialogs,
            self.notice_card,
            self.taking,
            self.documents,
            self.offer_bar,
            self,
        )
        self.actions_by_name = make_actions(self, self._controller)
        self.canvas = Canvas(self.session.pad, central)
        self.tools = ToolBox(self.actions_by_name, self.session.pad, central)
        self.digit_view = DigitView(central)
        self.network_view = NetworkView(central)
        self.entry_mark = EntryMark(self.network_view, central)
        self.answer_panel = AnswerPanel(central, verbs_of(self.actions_by_name))
        self.comparison = Comparison(self.session, central)
        self.status_line = StatusLine(self.session, self.actions_by_name, central)
        self.drawer = Drawer(self.session, central)
        self.pictures = BroughtPictures(
            self.session, self.exchange, self.actions_by_name["look"], central
        )
        self._controller.pictures = self.pictures.on_pad
        self.collection = DrawingCollection(self.session, self.answer_panel, self.offer_bar, self)
        self._controller.collection = self.collection
        self.teaching = TeachingDesk(self.session, self)
        self._controller.teaching = self.teaching
        self.collection.teach = self.teaching.teach
        self.work = WorkShown(self.session, self.teaching)
        self._showing = Showing(
            self.session, self.canvas, self.digit_view, self.network_view, self.answer_panel
        )
        self._speaking = Speaking(self.session, self.answer_panel, self.comparison)
        self._parts = (
            self.canvas,
            self.tools,
            self.digit_view,
            self.network_view,
            self.entry_mark,
            self.answer_panel,
            self.status_line,
        )
        self.presentation = Presentation(
            self.session, self.network_view, central, self.canvas.setFocus
        )
        key_pen = self.canvas.key_pen
        key_pen.sample_wanted = partial(draw_sample, self.session)
        key_pen.leaves = lambda key: self.presentation.wants_key(key, key_pen.is_shown)
        self._controller.drawer = self.drawer
        self._controller.lifetime = self.lifetime
        self._controller.presentation = self.presentation
        self._controller.order = self._order = order_of(self)
        self.taking.panels = ShownPanels(self, central)
        self._controller.views = (self.network_view, self.comparison.view)
        self.dialogs.network_anchor = self.status_line.network_button
        self._connect()
        self._apply_theme()
        self.menu_bar = MenuBar(self.actions_by_name, self._controller, self)
        self.setMenuBar(self.menu_bar)
        ScreenFollowing(self, SMALLEST)
        self.resize(fitted_to_screen(self, COMFORTABLE))
        find_room(self)
        # The layers come last, so that they are laid out for their place alone.
        self._showing.show_answer()
        self._show_comparison()
        self._showing.show_network()
        self.canvas.setFocus()

    def _connect(self) -> None:
        session = self.session
        session.selection.tool_changed.connect(self.lay_out)
        self.comparison.hint.changed.connect(self.lay_out)
        self.presentation.changed.connect(partial(find_room, self))
        self.presentation.changed.connect(self.lay_out)
        self.stage.resized.connect(self.lay_out)
        self.drawer.keys_left.connect(lambda: self._order.leave(self.drawer))
        session.pad.touched_in_replay.connect(self._say_read_only)
        session.state_changed.connect(self._show_state)
        session.comparison_changed.connect(self._show_comparison)
        WindowTitle(self, self.documents, self._showing)
        session.succeeded.connect(self.notice_card.dismiss)
        for said in (
            session.said,
            session.refused,
            self.exchange.said,
            self.dialogs.said,
            self.documents.said,
            self.pictures.said,
            self.collection.said,
            self.work.said,
        ):
            said.connect(self.show_notice)
        self.network_view.picture_wanted.connect(self.taking.save)
        self.comparison.view.picture_wanted.connect(lambda _: self.taking.save("second-network"))
        self.comparison.network_wanted.connect(self.dialogs.choose_network)
        self.comparison.second_wanted.connect(self.dialogs.choose_second)
        self.pictures.picture_put.connect(self._come_to_front)
        self.collection.put_on_pad.connect(self._come_to_front)
        self.collection.keys_left.connect(lambda: self._order.leave(self.answer_panel.label_row))
        self.exchange.weights_chosen.connect(self.dialogs.opening.take_file)
        self.dialogs.train_wanted.connect(self._controller.train)
        self.dialogs.file_wanted.connect(self.exchange.choose_weights)
        self.dialogs.opening.closed.connect(lambda: self._order.leave(self.dialogs.opening.card))
        self.work.changed.connect(self.status_line.show_work)
        self.teaching.renamed.connect(self.status_line.name_network)
        self.dialogs.renamed.connect(self.status_line.name_network)
        self.status_line.work_wanted.connect(self.work.open)
        self._controller.keys_wanted.connect(self._show_keys)
        self.canvas.pointers.finger_ignored = self.lifetime.offer_fingers
        self.lifetime.once_painted(_lend_hands)
        self._controller.settings_wanted.connect(self.lifetime.show_settings)
        self._controller.about_wanted.connect(self._show_about)
        self._controller.steps_wanted.connect(lambda: self.lifetime.show_steps())
        self._controller.quit_wanted.connect(self.close)
        when_system_changes(self._apply_theme)

    # What the session tells.

    def _show_state(self) -> None:
        if self.session.state is RecognizerState.FAILED:
            key = self.actions_by_name["restart"].shortcut().toString()
            self.show_notice(
                _("{failure}. Press {key} to start it again.").format(
                    failure=self.session.failure, key=key
                ),
                lasting=True,
            )

    def _show_comparison(self) -> None:
        has_second = self.session.mode is Mode.SECOND
        self.dialogs.second_anchor = (
            self.comparison.heading if has_second else self.status_line.button("compare")
        )
        self.lay_out()

    def _come_to_front(self) -> None:
        self.raise_()
        self.activateWindow()

    # What is said, and taken with it.

    def _say_read_only(self) -> None:
        from digitpad.ui.explain.why_words import READ_ONLY  # here, so that the pad opens sooner

        self.show_notice(_(READ_ONLY))

    def show_notice(self, text: str, lasting: bool = False) -> None:
        """Say something that matters now, over the network; it goes by itself unless it is
        lasting."""
        self.notice_card.say(text, lasting)

    @property
    def notice(self) -> str:
        """The notice that is shown, or nothing."""
        return "" if self.notice_card.isHidden() else self.notice_card.text()

    def _show_keys(self) -> None:
        KeysDialog(self).exec()

    def _show_about(self) -> None:
        from digitpad.ui.shell.about_digitpad import AboutDigitpad  # here, as above

        AboutDigitpad(self.theme, self).exec()

    # Size, theme, end.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through what is presented."""
        if not self.presentation.take_key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes through the parts as one reads them, wherever and whenever they were made."""
        return self._order.go(is_next)

    def changeEvent(self, event: QEvent) -> None:
        """The desktop may end what fills the screen."""
        if event.type() == QEvent.Type.WindowStateChange:
            self.presentation.leave_with_screen()
        super().changeEvent(event)

    def lay_out(self) -> None:
        """Put all parts on their places anew, as where texts have another size."""
        place_parts(self)

    def choose_theme(self, theme: str | None) -> None:
        """Take the theme of this name; None is the system's."""
        if theme != self.theme_name:
            self.theme_name = theme
            self._apply_theme()

    def _apply_theme(self) -> None:
        theme = self.theme = THEMES[self.theme_name] if self.theme_name else system_theme()
        dress_application(theme)
        self.setStyleSheet(style_sheet(theme))
        self.setPalette(palette(theme))
        over = self.drawer, self.dialogs, self.pictures, self.presentation, self.taking
        for part in (*self._parts, self.comparison, *over, self.collection):
            part.set_theme(theme)
        self.teaching.set_theme(theme)
        self.theme_changed.emit(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what runs: timers, dialogs and the recogniser's process; unless a file does not hold
        what has changed, and the person stays."""
        if not self.lifetime.may_close():
            event.ignore()
            return
        self.offer_bar.stop()
        self.documents.view.stop()
        self.session.stop()
        self._speaking.stop()
        self.pictures.stop()
        self.collection.stop()
        self.teaching.stop()
        self.notice_card.stop()
        self.dialogs.close()
        self.session.client.close()
        self.lifetime.end()
        super().closeEvent(event)


def _lend_hands() -> None:
    # What fingers need is slow to import, and the window is painted without it.
    from digitpad.ui.style.hands import lend_hands

    lend_hands()
