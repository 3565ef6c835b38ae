"""The window of a data set's test images: what each is, what the network reads it as, and where
it is mistaken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from digitpad.core.languages import _
from digitpad.datasets import LabelledDigits
from digitpad.datasets.of_network import data_set_of
from digitpad.ui.explain.hint_line import HintLine
from digitpad.ui.images.answers import Answers, Choice
from digitpad.ui.images.browser_style import browser_style
from digitpad.ui.images.choice_bar import ChoiceBar
from digitpad.ui.images.confusion_matrix import ConfusionMatrix
from digitpad.ui.images.image_detail import ImageDetail
from digitpad.ui.images.image_grid import ImageGrid
from digitpad.ui.images.image_reading import ImageReading
from digitpad.ui.images.words import choice_in_words, image_in_words, totals_in_words
from digitpad.ui.shell.hints import IMAGES
from digitpad.ui.shell.session import Session
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.screen import COMFORTABLE, MUCH_ROOM, SMALLEST, fitted_to_screen, unit_of
from digitpad.ui.style.screen_following import ScreenFollowing
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import Theme

_MATRIX_SHARE = 0.42
_MATRIX_WIDTH = 470
_MATRIX_LEAST = 600
_DETAIL_HEIGHT = 132


class ImageBrowser(QWidget):
    """The test images in a grid, which answers fill as they come; the confusion matrix; the
    selected image.

    A window of its own, which the one who makes it holds on to:

        browser = ImageBrowser(session, load_images, theme)
        browser.image_chosen.connect(put_on_pad)   # a slot for (digit uint8 (28, 28), class name)
        browser.show_again()                       # opens it, or brings it to the front

    The session's network reads whenever the window is open and not all is read, and anew where it
    is another. set_theme() changes its colours; close() stops the reading.

    Attributes:
        reading: the images, and the answers as far as they have come.
        choice: which images are shown.

    Signals:
        image_chosen (object, str): an image for the pad, uint8 (28, 28), 255 = ink, and the name of
            its class.
    """

    image_chosen = Signal(object, str)

    def __init__(
        self,
        session: Session,
        load_images: Callable[[str], LabelledDigits],
        theme: Theme,
    ) -> None:
        """session: which network reads. load_images: the test images of the data set of that
        name, or DigitpadError where it is not here."""
        super().__init__()
        self.reading = ImageReading(session, load_images, self)
        self.choice = Choice()
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Test images — Digitpad"))
        ScreenFollowing(self, SMALLEST)
        self.title_label, self.totals_label = QLabel(), QLabel()
        self.title_label.setObjectName("title")
        self.totals_label.setObjectName("quiet")
        for label in (self.title_label, self.totals_label):
            # A long text goes on in another line rather than that the window grows with it.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Images read"))
        self._has_matrix_room = True
        self.choice_bar = ChoiceBar(self)
        self.hint = HintLine(session, self)
        self.grid = ImageGrid()
        self.matrix = ConfusionMatrix()
        self.detail = ImageDetail()
        self._start_timer = QTimer(self, singleShot=True, interval=0)
        self._start_timer.timeout.connect(self.reading.start)
        self._layout = self._arranged()
        self._connect()
        self.set_theme(theme)
        self._renew()
        self.resize(fitted_to_screen(self, COMFORTABLE))
        self.grid.setFocus()

    def _arranged(self) -> QGridLayout:
        """The layout, with all parts in their places."""
        layout = QGridLayout(self)
        head = QHBoxLayout()
        head.addWidget(self.title_label, 1)
        head.addWidget(self.progress)
        layout.addLayout(head, 0, 0, 1, 2)
        layout.addWidget(self.totals_label, 1, 0, 1, 2)
        layout.addWidget(self.choice_bar, 2, 0, 1, 2)
        layout.addWidget(self.hint, 3, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.grid, 4, 0)
        layout.addWidget(self.matrix, 4, 1)
        layout.addWidget(self.detail, 5, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        layout.setRowStretch(4, 1)
        return layout

    def _connect(self) -> None:
        """Connect the parts with each other and with the reading."""
        self.choice_bar.choice_changed.connect(self.choose)
        self.matrix.pair_chosen.connect(self._choose_pair)
        self.grid.current_changed.connect(self._show_current)
        self.grid.image_chosen.connect(self._put_on_pad)
        self.detail.pad_button.clicked.connect(lambda: self._put_on_pad(self.grid.current))
        self.reading.images_changed.connect(self._on_images_changed)
        self.reading.renewed.connect(self._renew)
        self.reading.progressed.connect(self._on_progressed)
        self.reading.finished.connect(self._show_progress)

    @property
    def answers(self) -> Answers | None:
        """The answers as far as they have come, or None without images."""
        return self.reading.answers

    @property
    def trouble(self) -> str:
        """Why no images are shown or none is read, or nothing."""
        return self.reading.trouble

    # Images and their answers.

    def show_again(self) -> None:
        """Open the window, or bring it to the front."""
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        """Load and read the images once the window is there."""
        super().showEvent(event)
        self.hint.show_hint(IMAGES, self.choice_bar)
        # Not within the event: reading the files takes a moment.
        self._start_timer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop reading."""
        self._start_timer.stop()
        self.hint.leave()
        self.grid.stop()
        self.reading.stop()
        super().closeEvent(event)

    def _on_images_changed(self) -> None:
        """Show the other images, or none; classes chosen among those before are let go."""
        reading, classes = self.reading, self.reading.classes
        self.choice = replace(self.choice, label=None, answer=None)
        if reading.images is None or reading.answers is None:
            empty = Answers(np.zeros(0, np.uint8), len(classes))
            self.grid.show_images(np.zeros((0, 28, 28), np.uint8), classes, empty, str)
            return
        self.grid.show_images(reading.images.digits, classes, reading.answers, self.describe)
        self._renew()
        self.choose(self.choice)

    def _on_progressed(self, first: int, count: int) -> None:
        """Show what the answers to so many images, from the first on, change."""
        if self.answers is not None:
            self.grid.grow(self.answers.chosen(self.choice))
        self._show_progress()
        if self.grid.current is not None and first <= self.grid.current < first + count:
            self._show_current()

    def describe(self, image: int) -> str:
        """An image in words."""
        return image_in_words(self.reading.image(image), self.reading.classes)

    # Choosing.

    def choose(self, choice: Choice) -> None:
        """Show the images of a choice; in another order from the top, otherwise so that the
        selected image stays in sight where it is among them."""
        is_reordered = choice.order is not self.choice.order
        self._take_choice(choice)
        if self.answers is not None:
            self.grid.show_chosen(self.answers.chosen(choice), from_top=is_reordered)
        self._show_progress()

    def _take_choice(self, choice: Choice) -> None:
        """Show a choice in the bar and in the matrix."""
        self.choice = choice
        self.choice_bar.show_choice(choice)
        self.matrix.show_chosen((choice.label, choice.answer))

    def _choose_pair(self, label: int | None, answer: int | None) -> None:
        """A square says all about which images are meant; the order stays."""
        self.choose(Choice(label=label, answer=answer, order=self.choice.order))

    def _put_on_pad(self, image: int | None) -> None:
        """Say that an image is chosen for the pad; nothing for None."""
        if image is not None and self.reading.images is not None:
            chosen = self.reading.image(image)
            self.image_chosen.emit(chosen.digit.copy(), self.reading.classes[chosen.label])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows all images; where all are shown it closes, as the system's keys do."""
        if event.matches(QKeySequence.StandardKey.Close):
            self.close()
        elif event.key() == Qt.Key.Key_Escape:
            if self.choice.is_everything:
                self.close()
            else:
                self.choice_bar.choose_all()
        else:
            super().keyPressEvent(event)

    # What is said.

    def _renew(self) -> None:
        """Say whose images these are, and what there is of them."""
        info, classes, answers = self.reading.info, self.reading.classes, self.answers
        # Which data set it is says the network.
        self.title_label.setText(
            _("Test images")
            if info is None
            else _("{dataset}'s test images, read by {network}").format(
                dataset=data_set_of(info).title, network=_(info.title)
            )
        )
        self.choice_bar.set_classes(classes)
        self.choice_bar.setEnabled(answers is not None)
        # Without images there is but the reason to be seen.
        for panel in (self.matrix, self.detail):
            has_room = panel is not self.matrix or self._has_matrix_room
            panel.setVisible(answers is not None and has_room)
        self._take_choice(self.choice)
        if answers is None:
            self.matrix.show_counts(
                Answers(np.zeros(0, np.uint8), len(classes)).confusion(), classes
            )
        else:
            self.grid.show_answers(answers)
            self.grid.grow(answers.chosen(self.choice))
        self._show_progress()
        self._show_current()

    def _show_progress(self) -> None:
        """The totals, the bar, the matrix and what to say where nothing fits the choice."""
        answers, reading = self.answers, self.reading
        if answers is None:
            self.totals_label.setText("")
            self.choice_bar.show_count("")
            is_loading = reading.info is None
            self.grid.say(
                self.trouble
                or (
                    _("The network is still loading.")
                    if is_loading
                    else _("The images are being loaded.")
                )
            )
        else:
            read = answers.first_unread
            self.progress.setRange(0, len(answers))
            self.progress.setValue(read)
            self.progress.setFormat(_("{read:,} of {n:,} read").format(read=read, n=len(answers)))
            self.totals_label.setText(self.trouble or totals_in_words(answers))
            self.totals_label.setToolTip(self.trouble)
            shown = len(self.grid.shown)
            self.choice_bar.show_count(
                ""
                if self.choice.is_everything
                else _("{shown:,} of {n:,} shown").format(shown=shown, n=len(answers))
            )
            self.matrix.show_counts(answers.confusion(), reading.classes)
            nothing = (
                _("Nothing that is read so far fits: {chosen}.\nEsc shows all of them.")
                if reading.is_reading
                else _("Nothing fits: {chosen}.\nEsc shows all of them.")
            )
            self.grid.say(nothing.format(chosen=choice_in_words(self.choice, reading.classes)))
        if self.progress.isVisible() and not reading.is_reading:
            announce(self, self.totals_label.text(), assertive=bool(self.trouble))
        self.progress.setVisible(reading.is_reading)

    def _show_current(self) -> None:
        """Show the selected image large."""
        current = self.grid.current
        if current is None or self.answers is None:
            self.detail.show_image(None, ())
        else:
            self.detail.show_image(self.reading.image(current), self.reading.classes)

    # Size and theme.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let texts, gaps and the matrix grow with the window."""
        unit = unit_of(self.width(), self.height(), MUCH_ROOM)
        margin = round(18 * unit)
        self._layout.setContentsMargins(margin, round(12 * unit), margin, round(14 * unit))
        self._layout.setHorizontalSpacing(round(22 * unit))
        self._layout.setVerticalSpacing(round(8 * unit))
        for panel in (self.choice_bar, self.hint, self.grid, self.matrix, self.detail):
            panel.set_unit(unit)
        for label, pixels, bold in (
            (self.title_label, 16, True),
            (self.totals_label, 13.5, False),
            (self.progress, 11, False),
        ):
            label.setFont(sized_font(self.font(), pixels, unit, bold))
        matrix = round(min(_MATRIX_SHARE * self.width(), _MATRIX_WIDTH * unit))
        self.matrix.setFixedWidth(matrix)
        self.progress.setFixedWidth(matrix)
        # Beside large letters the images need the room; the lists choose the same.
        self._has_matrix_room = self.height() >= _MATRIX_LEAST * unit
        self.matrix.setVisible(self._has_matrix_room and self.answers is not None)
        self.progress.setFixedHeight(round(18 * unit))
        # Texts come and go without moving what is below them.
        for row, pixels in ((0, 24), (1, 21)):
            self._layout.setRowMinimumHeight(row, round(pixels * unit))
        self.detail.setFixedHeight(round(_DETAIL_HEIGHT * unit))
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(style_sheet(theme) + browser_style(theme))
        self.setPalette(palette(theme))
        for panel in (self.choice_bar, self.hint, self.grid, self.matrix, self.detail):
            panel.set_theme(theme)
