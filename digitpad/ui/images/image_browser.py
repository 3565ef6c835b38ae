"""The window of a data set's test images: what each is, what the network reads it as, and where
it is mistaken."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.results import NetworkInfo
from digitpad.datasets import DIGITS, LabelledDigits
from digitpad.datasets.of_network import data_set_of
from digitpad.engine.client import RecognizerClient
from digitpad.ui.images.answers import Answers, Choice
from digitpad.ui.images.choice_bar import ChoiceBar
from digitpad.ui.images.confusion_matrix import ConfusionMatrix
from digitpad.ui.images.image_detail import ImageDetail, ImageFacts
from digitpad.ui.images.image_grid import ImageGrid
from digitpad.ui.shell.window_layout import MINIMUM
from digitpad.ui.style.theme import Theme, blend, palette, style_sheet

_COMFORTABLE = (1280, 800)
_MATRIX_SHARE = 0.42
_MATRIX_WIDTH = 470
_DETAIL_HEIGHT = 132


class ImageBrowser(QWidget):
    """The test images in a grid, which answers fill as they come; the confusion matrix; the
    selected image.

    A window of its own, which the one who makes it holds on to:

        browser = ImageBrowser(client, load_images, info, theme)
        browser.image_chosen.connect(put_on_pad)   # a slot for (digit uint8 (28, 28), class name)
        browser.show_again()                       # opens it, or brings it to the front

    It reads through the client whenever it is open and not all is read, and anew where the client
    says ready() with another network. set_theme() changes its colours; close() stops the reading.

    Attributes:
        answers: the answers as far as they have come, or None without images.
        choice: which images are shown.
        trouble: why no images are shown or none is read, or nothing.

    Signals:
        image_chosen (object, str): an image for the pad, uint8 (28, 28), 255 = ink, and the name of
            its class.
    """

    image_chosen = Signal(object, str)

    def __init__(
        self,
        client: RecognizerClient,
        load_images: Callable[[str], LabelledDigits],
        info: NetworkInfo | None,
        theme: Theme,
    ) -> None:
        """load_images: the test images of the data set of that name, or DigitpadError where it
        is not here. info: of the network that is loaded; None where it is still loading."""
        super().__init__()
        self._client = client
        self._load_images = load_images
        self._info = info
        self._images: LabelledDigits | None = None
        self._first = 0
        self.trouble = ""
        self.answers: Answers | None = None
        self.choice = Choice()
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Test images — Digitpad")
        self.setMinimumSize(*MINIMUM)
        self.title_label, self.totals_label = QLabel(), QLabel()
        self.title_label.setObjectName("title")
        self.totals_label.setObjectName("quiet")
        for label in (self.title_label, self.totals_label):
            # A long text is cut rather than that the window grows with it.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Images read")
        self.choice_bar = ChoiceBar(self)
        self.grid = ImageGrid()
        self.matrix = ConfusionMatrix()
        self.detail = ImageDetail()
        self._start_timer = QTimer(self, singleShot=True, interval=0)
        self._start_timer.timeout.connect(self._start)
        self._layout = self._arranged()
        self._connect()
        self.set_theme(theme)
        self._renew()
        self.resize(*_COMFORTABLE)
        self.grid.setFocus()

    def _arranged(self) -> QGridLayout:
        layout = QGridLayout(self)
        layout.addWidget(self.title_label, 0, 0)
        layout.addWidget(self.progress, 0, 1)
        layout.addWidget(self.totals_label, 1, 0, 1, 2)
        layout.addWidget(self.choice_bar, 2, 0, 1, 2)
        layout.addWidget(self.grid, 3, 0)
        layout.addWidget(self.matrix, 3, 1)
        layout.addWidget(self.detail, 4, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        layout.setRowStretch(3, 1)
        return layout

    def _connect(self) -> None:
        self.choice_bar.choice_changed.connect(self.choose)
        self.matrix.pair_chosen.connect(self._choose_pair)
        self.grid.current_changed.connect(self._show_current)
        self.grid.image_chosen.connect(self._put_on_pad)
        self.detail.pad_button.clicked.connect(lambda: self._put_on_pad(self.grid.current))
        self._client.ready.connect(self._on_ready)
        self._client.many_read.connect(self._on_many_read)
        self._client.many_finished.connect(self._show_progress)
        self._client.failed.connect(self._on_failed)

    # Images and their answers.

    def show_again(self) -> None:
        """Open the window, or bring it to the front."""
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()

    def _on_ready(self, info: NetworkInfo) -> None:
        """Another network: its own images, all to be read. The same one, started again: the
        rest. The same images stay where they are."""
        if info != self._info:
            before, self._info = self._info, info
            if self._images is not None and _images_of(before) == _images_of(info):
                self.answers = Answers(self._images.labels, len(info.classes))
                self.grid.show_answers(self.answers)
            else:
                self._images = self.answers = None
        self.trouble = ""
        self._renew()
        if self.isVisible():
            self._start()

    def _on_failed(self, message: str) -> None:
        self.trouble = (
            f"Nothing reads the images: {message}. F5 in the window of the pad starts it again."
        )
        self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not within the event: reading the files takes a moment.
        self._start_timer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._start_timer.stop()
        self.grid.stop()
        self._client.stop_many()
        super().closeEvent(event)

    def _start(self) -> None:
        """Load the images unless they are here, and read those that are not read."""
        info = self._info
        if info is None:
            return
        if self._images is None:
            try:
                images = self._load_images(data_set_of(info).name)
                self.answers = Answers(images.labels, len(info.classes))
            except (DigitpadError, ValueError) as error:
                self.trouble = f"The test images cannot be shown: {error}."
                self._renew()
                return
            self._images = images
            self.trouble = ""
            self.grid.show_images(images.digits, info.classes, self.answers, self.describe)
            self._renew()
            self.choose(self.choice)
        assert self.answers is not None
        self._first = self.answers.first_unread
        if self._first < len(self.answers) and self._client.is_ready:
            self._client.read_many(self._images.digits[self._first :])

    def _on_many_read(self, first: int, probabilities: np.ndarray, accepted: np.ndarray) -> None:
        if self.answers is None:
            return
        first += self._first
        self.answers.take(first, probabilities, accepted)
        self.grid.grow(self.answers.chosen(self.choice))
        self._show_progress()
        if self.grid.current is not None and first <= self.grid.current < first + len(
            probabilities
        ):
            self._show_current()

    def describe(self, image: int) -> str:
        """An image in words."""
        return self._infos_of(image).in_words(self._info.classes) if self._info is not None else ""

    def _infos_of(self, image: int) -> ImageFacts:
        assert self._images is not None and self.answers is not None
        is_read = bool(self.answers.answers[image] >= 0)
        return ImageFacts(
            number=image + 1,
            digit=self._images.digits[image],
            label=int(self._images.labels[image]),
            probabilities=self.answers.probabilities[image] if is_read else None,
            accepted=bool(self.answers.accepted[image]),
        )

    # Choosing.

    def choose(self, choice: Choice) -> None:
        """Show the images of a choice, from the top."""
        self._take_choice(choice)
        if self.answers is not None:
            self.grid.show_chosen(self.answers.chosen(choice))
        self._show_progress()

    def _take_choice(self, choice: Choice) -> None:
        self.choice = choice
        self.choice_bar.show_choice(choice)
        self.matrix.show_chosen((choice.label, choice.answer))

    def _choose_pair(self, label: int | None, answer: int | None) -> None:
        """A square says all about which images are meant; the order stays."""
        self.choose(Choice(label=label, answer=answer, order=self.choice.order))

    def _put_on_pad(self, image: int | None) -> None:
        if image is not None and self._images is not None and self._info is not None:
            name = self._info.classes[int(self._images.labels[image])]
            self.image_chosen.emit(self._images.digits[image].copy(), name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows all images; where all are shown, it closes, as the system's keys for it do."""
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
        info = self._info
        classes = info.classes if info is not None else DIGITS
        # Which data set it is says the network.
        self.title_label.setText(
            "Test images"
            if info is None
            else f"{data_set_of(info).title}'s test images, read by {info.title}"
        )
        self.choice_bar.set_classes(classes)
        choice = self.choice
        if any(
            index is not None and index >= len(classes) for index in (choice.label, choice.answer)
        ):
            choice = Choice(order=choice.order)
        if self.answers is None:
            empty = Answers(np.zeros(0, np.uint8), len(classes))
            self.matrix.show_counts(empty.confusion(), classes)
            self.grid.show_images(np.zeros((0, 28, 28), np.uint8), classes, empty, str)
        self.choice_bar.setEnabled(self.answers is not None)
        # Without images there is but the reason to be seen.
        for panel in (self.matrix, self.detail):
            panel.setVisible(self.answers is not None)
        self._take_choice(choice)
        if self.answers is not None:
            self.grid.grow(self.answers.chosen(choice))
        self._show_progress()
        self._show_current()

    def _show_progress(self) -> None:
        """The totals, the bar, the matrix and what to say where nothing fits the choice."""
        answers, info = self.answers, self._info
        is_reading = False
        if answers is None or info is None:
            self.totals_label.setText("")
            self.choice_bar.show_count("")
            waiting = (
                "The network is still loading." if info is None else "The images are being loaded."
            )
            self.grid.say(self.trouble or waiting)
        else:
            read = answers.first_unread
            is_reading = read < len(answers) and not self.trouble
            self.progress.setRange(0, len(answers))
            self.progress.setValue(read)
            self.progress.setFormat(f"{read:,} of {len(answers):,} read")
            self.totals_label.setText(self.trouble or answers.totals_in_words())
            self.totals_label.setToolTip(self.trouble)
            shown = len(self.grid.shown)
            self.choice_bar.show_count(
                "" if self.choice.is_everything else f"{shown:,} of {len(answers):,} shown"
            )
            self.matrix.show_counts(answers.confusion(), info.classes)
            nothing = "Nothing that is read so far fits" if is_reading else "Nothing fits"
            self.grid.say(
                f"{nothing}: {self.choice.in_words(info.classes)}.\nEsc shows all of them."
            )
        self.progress.setVisible(is_reading)

    def _show_current(self) -> None:
        current = self.grid.current
        info = None if current is None or self.answers is None else self._infos_of(current)
        self.detail.show_image(info, self._info.classes if self._info is not None else ())

    # Size and theme.

    def resizeEvent(self, event: QResizeEvent) -> None:
        unit = min(
            max(min(self.width() / _COMFORTABLE[0], self.height() / _COMFORTABLE[1]), 0.84), 2.6
        )
        margin = round(18 * unit)
        self._layout.setContentsMargins(margin, round(12 * unit), margin, round(14 * unit))
        self._layout.setHorizontalSpacing(round(22 * unit))
        self._layout.setVerticalSpacing(round(8 * unit))
        for panel in (self.choice_bar, self.grid, self.matrix, self.detail):
            panel.set_unit(unit)
        for label, pixels, bold in (
            (self.title_label, 16, True),
            (self.totals_label, 13.5, False),
            (self.progress, 11, False),
        ):
            font = QFont(self.font())
            font.setPixelSize(max(9, round(pixels * unit)))
            font.setBold(bold)
            label.setFont(font)
        self.matrix.setFixedWidth(round(min(_MATRIX_SHARE * self.width(), _MATRIX_WIDTH * unit)))
        self.progress.setFixedHeight(round(18 * unit))
        # Texts come and go without moving what is below them.
        for row, pixels in ((0, 24), (1, 21)):
            self._layout.setRowMinimumHeight(row, round(pixels * unit))
        self.detail.setFixedHeight(round(_DETAIL_HEIGHT * unit))
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(style_sheet(theme) + _more_style(theme))
        self.setPalette(palette(theme))
        for panel in (self.choice_bar, self.grid, self.matrix, self.detail):
            panel.set_theme(theme)


def _images_of(info: NetworkInfo | None) -> tuple[str, tuple[str, ...]]:
    """Which images a network's are, and what it calls their classes."""
    return data_set_of(info).name, info.classes if info is not None else ()


def _more_style(theme: Theme) -> str:
    """The look of what only this window has."""
    hover = blend(theme.paper, theme.accent, 0.10).name()
    faint = blend(theme.text, theme.ground, 0.62).name()
    return f"""
    QLabel#title {{ color: {theme.text}; }}
    QComboBox {{ border: 1px solid {theme.line}; border-radius: 8px; background: {theme.paper}; color: {theme.text};
                 padding: 4px 8px; }}
    QComboBox:hover {{ background: {hover}; }}
    QComboBox:focus {{ border-color: {theme.accent}; }}
    QComboBox:disabled {{ color: {faint}; }}
    QComboBox::drop-down {{ border: 0; width: 18px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px; min-height: 36px; margin: 0 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.quiet}; }}
    QScrollBar::handle:vertical:disabled {{ background: transparent; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    QProgressBar {{ border: 0; border-radius: 5px; background: {theme.track}; color: {theme.text};
                    text-align: center; }}
    QProgressBar::chunk {{ border-radius: 5px; background: {blend(theme.track, theme.accent, 0.55).name()}; }}
    QAbstractScrollArea {{ border: 0; background: {theme.ground}; }}
    """
