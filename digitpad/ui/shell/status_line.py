"""The line at the foot of the window: which network, how good, where it runs, how long the last
answer took."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.languages import N_, _, ngettext
from digitpad.ui.shell.actions import ACTIONS
from digitpad.ui.shell.network_words import device_words, title_words
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import RecognizerState
from digitpad.ui.shell.status_plan import Plan, fitting_plan
from digitpad.ui.shell.status_words import BETWEEN, figures_in_words
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel, Role

OPENING_PAUSE_MS = 250
_LOADING = N_("The network is loading. Draw already: it reads your drawing as soon as it is there.")
_FAILED = N_("There is no recogniser: drawing works, reading does not.")
_MORE = "  ▴"
_AROUND = 20
"""What a word at work has around it, by the style sheet, in pixels."""
_PIXELS, _LIGHTER = (12.5, 11.5, 10.5, 9.5, 8.5), 0.5
"""How large the network's name may be, and how much smaller all else is, in units."""
_LEAST_NAME = 60
"""Of the network's button, in units, where its name is longer."""
_FOOT = tuple(row for row in ACTIONS if row.foot)
_WIDEST_TIME = 88.8


class StatusLine(Panel):
    """What the recogniser is and does, in one calm line, with buttons for other networks.

    Attributes:
        network_button: names the network and opens the list of networks; hidden until one has
            loaded. work_buttons: what is at work beside the window, by the names of work.

    Signals:
        work_wanted (str): the work of this name shall be shown.
    """

    spoken_role = Role.StatusBar

    work_wanted = Signal(str)

    def __init__(
        self, session: Session, actions: dict[str, QAction], parent: QWidget | None = None
    ) -> None:
        """actions: of the window, by id; those of rows with a name for the foot get a button."""
        super().__init__(parent)
        self._session = session
        self._left = self._last_message = ""
        self._right = ""
        self._plan, self._pixels = Plan(0, (), 0, 0, 0), _PIXELS[0]
        self._opening = ""
        self._opening_timer = QTimer(self, singleShot=True, interval=OPENING_PAUSE_MS)
        self._opening_timer.timeout.connect(lambda: self._say_left(self._opening, aloud=True))
        self.network_button = QToolButton(self)
        self.network_button.setObjectName("network")
        self.network_button.hide()
        self.work_buttons: dict[str, QToolButton] = {}
        self._work_texts: dict[str, str] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._words = {row.id: _(row.foot) for row in _FOOT}
        self._networks, self._network_title = actions["networks"], ""
        self.network_button.clicked.connect(self._networks.trigger)
        self.network_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for name in self._words:
            button = QToolButton(self)
            button.setObjectName("foot")
            button.setDefaultAction(actions[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(actions[name].iconText())
            # What its action is called now and then must not widen the button.
            actions[name].changed.connect(self._name_buttons)
            self._buttons[name] = button
        self._name_buttons()
        session.state_changed.connect(self._show_state)
        session.network_changed.connect(self._show_network)
        session.reader_changed.connect(self._show_reader)
        session.answer_changed.connect(self._show_time)
        session.opening_started.connect(self._show_opening)
        session.refused.connect(self._leave_opening)
        self._show_state()

    def _name_buttons(self) -> None:
        for name, button in self._buttons.items():
            button.setText(self._words[name])
        self._arrange()

    def button(self, name: str) -> QToolButton:
        """The button of an action; KeyError where it has none."""
        return self._buttons[name]

    def show_work(self, work: str, text: str) -> None:
        """Say on a button what is at work beside the window; nothing, and no button, for ""."""
        button = self.work_buttons.get(work)
        if button is None and text:
            button = self.work_buttons[work] = QToolButton(self)
            button.setObjectName("work")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda: self.work_wanted.emit(work))
        if button is not None and self._work_texts.get(work) != text:
            self._work_texts[work] = text
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(f"{text}\n{_('Show it')}")
            button.setVisible(bool(text))
            self._arrange()
            self.update()

    @property
    def text(self) -> str:
        """All that the line says."""
        return "   ".join(filter(None, [self._named(), self._right]))

    def _named(self) -> str:
        return BETWEEN.join(filter(None, [self._title, self._left]))

    @property
    def _title(self) -> str:
        """The network's name, where the button has it, if only its beginning."""
        return "" if self.network_button.isHidden() else self._network_title

    def _show_state(self) -> None:
        """There is no network yet, or none any more."""
        if self._session.state is RecognizerState.LOADING:
            self._say("", _(_LOADING), "")
            announce(self, _(_LOADING))
        elif self._session.state is RecognizerState.FAILED:
            self._say("", _(_FAILED), "")

    def _show_network(self) -> None:
        """Name the network and its device; hovering tells what devices were tried."""
        info = self._session.info
        if info is None:
            return
        title = title_words(info)
        if title != self._title:
            announce(self, _("{title} reads now.").format(title=title))
        self._say(title, BETWEEN.join(figures_in_words(info)), device_words(info))
        count = len(info.notes)
        notes = ngettext("{about} · {n} note", "{about} · {n} notes", count) if count else "{about}"
        self._words |= {
            row.id: notes.format(about=_(row.foot), n=count) for row in _FOOT if row.id == "about"
        }
        self._name_buttons()
        self._tell_devices()

    def name_network(self) -> None:
        """The network that reads may have another name."""
        info = self._session.info
        if info is not None and not self.network_button.isHidden():
            self._name(title_words(info))

    def _tell_devices(self) -> None:
        """What is told where the line is pointed at."""
        info = self._session.info
        if info is None:
            return
        weights = _("Weights: {weights_file}").format(weights_file=info.weights_file)
        self.setToolTip("\n".join([weights, _("Devices tried:"), *info.device_report]))
        self._arrange()

    def _show_reader(self) -> None:
        """Something waits for PyTorch, or PyTorch computes the same network now."""
        awaited = self._session.awaited
        if awaited:
            self._opening_timer.stop()
            self._say_left(_("{what}. It is being loaded …").format(what=awaited), aloud=True)
        elif self._session.info is not None:
            self._right = device_words(self._session.info)
            self._say_left(self._last_message)
            self._show_time()
            self._tell_devices()

    def _show_time(self) -> None:
        """The time of the last answer."""
        recognition, info = self._session.recognition, self._session.info
        if recognition is None or info is None:
            return
        time = recognition.milliseconds
        self._right = (
            _("{device} · {time:.1f} ms").format(device=device_words(info), time=time)
            if time >= 0.1
            else _("{device} · < 0.1 ms").format(device=device_words(info))
        )
        self.setAccessibleName(self.text)
        self.update()

    def _show_opening(self, file_name: str) -> None:
        """Another network's file is being opened: say so where one would wonder."""
        self._opening = _("Opening {file_name} …").format(file_name=file_name)
        self._opening_timer.start()

    def _leave_opening(self) -> None:
        """Nothing was opened; what was said before stands again."""
        self._opening_timer.stop()
        self._say_left(self._last_message)

    def _say_left(self, left: str, aloud: bool = False) -> None:
        if aloud and left != self._left:
            announce(self, left)
        self._left = left
        self.setAccessibleName(self.text)
        self.update()

    def _say(self, title: str, left: str, right: str) -> None:
        self._opening_timer.stop()
        self._left, self._last_message, self._right = left, left, right
        self._name(title)

    def _name(self, title: str) -> None:
        self._network_title = title
        self.network_button.setAccessibleName(
            _("Network: {title}. Opens the list of networks").format(title=title)
        )
        self.network_button.setVisible(bool(title))
        self.setAccessibleName(self.text)
        self._arrange()
        self.update()

    def set_unit(self, unit: float) -> None:
        """Make texts and gaps so much larger than the smallest comfortable size."""
        super().set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """The network's button at the left, the others at the right before device and time; with
        less around them, and without the time, where they have no room else."""
        height = min(self.height(), round(27 * self.unit))
        top = (self.height() - height) // 2
        # Smaller letters are better than a network without a name.
        name = self._network_title + _MORE if self._title else ""
        for self._pixels in _PIXELS:
            bold = QFontMetrics(self.sized_font(self._pixels, bold=True))
            self._plan = fitting_plan(
                self.width(),
                self.unit,
                bold,
                name,
                [button.text() for button in self._buttons.values()],
                self._rights(_WIDEST_TIME),
            )
            whole = bold.horizontalAdvance(name) + self._plan.around
            if not name or self._plan.name >= min(whole, _LEAST_NAME * self.unit):
                break
        right = self.width() - self._plan.right
        for button, width in zip(
            reversed(self._buttons.values()), reversed(self._plan.buttons), strict=True
        ):
            button.setFont(self.sized_font(self._pixels - _LIGHTER))
            right -= width
            button.setGeometry(right, top, width, height)
        self._arrange_name(top, height)
        left, gap = self._words_left, _AROUND
        for name, button in self.work_buttons.items():
            if not button.isHidden():
                button.setFont(self.sized_font(12))
                room = max(0, round(right - left))
                text = button.fontMetrics().elidedText(
                    self._work_texts[name], Qt.TextElideMode.ElideRight, room - gap
                )
                button.setText(text)
                wanted = button.fontMetrics().horizontalAdvance(text) + gap
                button.setGeometry(min(round(left), right), top, min(wanted, room), height)
                left += button.width()

    def _arrange_name(self, top: int, height: int) -> None:
        """The network's button, as wide as its name, of which what has no room is left out and told
        by hovering."""
        button = self.network_button
        font = self.sized_font(self._pixels, bold=True)
        button.setFont(font)
        metrics, around = QFontMetrics(font), self._plan.around
        room = self._plan.name - metrics.horizontalAdvance(_MORE) - around + 2
        words = metrics.elidedText(self._network_title, Qt.TextElideMode.ElideRight, room)
        button.setText(words + _MORE)
        wanted = metrics.horizontalAdvance(button.text()) + around
        button.setGeometry(0, top, min(wanted, self._plan.name), height)
        is_whole = words == self._network_title
        # The line's own tip too: keys come to the button alone.
        tips = "" if is_whole else self._network_title, self._networks.toolTip(), self.toolTip()
        button.setToolTip("\n".join(filter(None, tips)))

    @property
    def _words_left(self) -> float:
        """Where what stands behind the network's name begins."""
        name = self.network_button
        return 0.0 if name.isHidden() else name.width() + 10 * self.unit

    def _rights(self, time: float | None = None) -> list[str]:
        """What stands at the right, from the longest form to none. time: of an answer that might
        be told, in milliseconds; the last one's where there is none."""
        device = self._right if self._session.info is None else device_words(self._session.info)
        timed = "" if time is None else _("{device} · {time:.1f} ms")
        return [timed.format(device=device, time=time) or self._right, device, ""]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words between the buttons, and the device at the right."""
        painter = QPainter(self)
        painter.setFont(self.sized_font(self._pixels - _LIGHTER))
        painter.setPen(QColor(self.theme.quiet))
        box = QRectF(self.rect())
        left = self._words_left + sum(
            button.width() for button in self.work_buttons.values() if not button.isHidden()
        )
        buttons_left = (
            next(iter(self._buttons.values())).x()
            if self._buttons
            else box.width() - self._plan.right
        )
        room = max(0.0, buttons_left - left - 8 * self.unit)
        words, metrics = self._left, painter.fontMetrics()
        # What does not fit is told by the tool tip; half of it would tell nothing.
        while metrics.horizontalAdvance(words) > room and BETWEEN in words:
            words = words.rpartition(BETWEEN)[0]
        if metrics.horizontalAdvance(words) > room and BETWEEN in self._left:
            words = ""
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        # A dot or two would tell nothing.
        words = words if len(words) > 1 else ""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(left, 0, room + 2, box.height()), Qt.AlignmentFlag.AlignLeft | middle, words
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, self._rights()[self._plan.form])
