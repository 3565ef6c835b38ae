"""Several pictures that were brought, and what each shows, as they are read one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from digitpad.core.errors import DigitpadError
from digitpad.engine.requests import MOST_SOON, READ_PICTURES, BatchAnswer
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ink.segmentation import are_digits
from digitpad.ui.images.brought import MOST_FILES, BroughtPicture, Source, pictures_of
from digitpad.ui.images.picture_worker import Worker
from digitpad.ui.images.tinting import Layers, layers_of
from digitpad.ui.shell.session import Session

THUMBNAIL_SIDE = 160
"""How many pixels of a picture are kept to be shown, on its longer side."""

_SHEET, _CHOSEN = "sheet", "chosen"
_AT_ONCE = 8
_KEPT_PIXELS = 64 * 64


@dataclass(eq=False)
class SheetPicture:
    """One of several pictures.

    name: of its file, and which of the file's pictures. source, number: where it is read again.
    trouble: why it cannot be read; "" where it can. layers: how it looks, small. digits: uint8
    (n, 28, 28), all of it, and after it each of several digits. picture: it itself, where it is
    small. answers: what the one or several digits that it shows are read as, each a class and
    whether the network accepts that; none while it is not read.
    """

    name: str
    source: Source
    number: int
    trouble: str = ""
    layers: Layers | None = None
    digits: npt.NDArray[np.uint8] | None = None
    picture: BroughtPicture | None = None
    answers: tuple[tuple[int, bool], ...] = ()


class SheetReading(QObject):
    """Reads several pictures, and has the recogniser say what they show; another network reads them
    anew.

    Attributes:
        pictures: those that are read, in their order, and those that cannot be.
        is_reading: there are more.
        solid: as read_picture takes it.

    Signals:
        changed: pictures came, or what they show.
        chosen (object): the BroughtPicture that was asked for.
        said (str): why it cannot be had.
    """

    changed = Signal()
    chosen = Signal(object)
    said = Signal(str)

    def __init__(self, session: Session, worker: Worker, parent: QObject | None = None) -> None:
        """session: which network reads. worker: reads the files."""
        super().__init__(parent)
        self.pictures: list[SheetPicture] = []
        self.is_reading = False
        self.solid = False
        self._session, self._worker = session, worker
        self._sources: tuple[Source, ...] = ()
        self._unread: list[tuple[SheetPicture, int]] = []
        self._shown: dict[SheetPicture, list[tuple[int, bool]]] = {}
        self._run = 0
        self._is_asking = False
        session.network_changed.connect(self._on_network_changed)

    @property
    def noun(self) -> str:
        """What is drawn for the network."""
        return self._session.reading.noun

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of what the network tells apart."""
        return self._session.reading.classes

    def start(self, sources: Sequence[Source]) -> None:
        """Read these files and contents, in place of those before."""
        self._sources = tuple(sources)
        self.solid = self._session.data_set.fills_field
        self.pictures, self._unread, self._shown = [], [], {}
        self._run += 1
        self.is_reading, self._is_asking = True, False
        self._go_on(_all_pictures(self._sources, self.solid))
        self.changed.emit()

    def stop(self) -> None:
        """Read no more, and let go of what is read."""
        self._worker.drop(_SHEET)
        self._run += 1
        self.is_reading = self._is_asking = False
        self.pictures, self._unread, self._shown = [], [], {}

    def choose(self, picture: SheetPicture) -> None:
        """Have one of them, whole: chosen() follows, or said()."""
        if picture.trouble:
            self.said.emit(picture.trouble)
        elif picture.picture is not None:
            self.chosen.emit(picture.picture)
        else:
            source, number, solid = picture.source, picture.number, self.solid
            self._worker.ask(
                _CHOSEN,
                lambda: next(islice(pictures_of(source, solid), number, None)),
                self.chosen.emit,
                self.said.emit,
            )

    # Reading the files.

    def _go_on(self, more: Iterator[SheetPicture]) -> None:
        self._worker.ask(
            _SHEET, lambda: _a_few(more), lambda few: self._take(few, more), self._fail
        )

    def _take(self, few: list[SheetPicture], more: Iterator[SheetPicture]) -> None:
        self.pictures += few
        for picture in few:
            self._expect(picture)
        self._ask(self._run)
        self.is_reading = bool(few) and len(self.pictures) < MOST_FILES
        if self.is_reading:
            self._go_on(more)
        self.changed.emit()

    def _fail(self, why: str) -> None:
        self.is_reading = False
        self.said.emit(why)
        self.changed.emit()

    # What they show.

    def _expect(self, picture: SheetPicture) -> None:
        if picture.digits is not None:
            self._shown[picture] = []
            self._unread += [(picture, number) for number in range(len(picture.digits))]

    def _ask(self, run: int) -> None:
        """Have the recogniser read the next few digits, unless some are being read."""
        if self._is_asking or not self._unread or self._session.info is None:
            return
        self._is_asking = True
        asked = self._unread[:MOST_SOON]
        digits = np.stack([_digit(*one) for one in asked])

        def take(answer: BatchAnswer) -> None:
            if run == self._run:
                self._is_asking = False
                self._note(asked, answer)
                self._ask(run)

        def refused(why: str) -> None:
            if run == self._run:
                self._is_asking = False
                self._unread = []
                self.said.emit(why)

        self._session.client.ask(READ_PICTURES, digits, take, refused)

    def _note(self, asked: list[tuple[SheetPicture, int]], answer: BatchAnswer) -> None:
        del self._unread[: len(asked)]
        classes = answer.probabilities.argmax(axis=1)
        for (picture, _), one, accepted in zip(asked, classes, answer.accepted, strict=True):
            shown = self._shown[picture]
            shown.append((int(one), bool(accepted)))
            if picture.digits is not None and len(shown) == len(picture.digits):
                picture.answers = _answers(shown)
        self.changed.emit()

    def _on_network_changed(self) -> None:
        self._run += 1
        self._is_asking = False
        if not self.pictures and not self.is_reading:
            return
        if self._session.data_set.fills_field != self.solid:
            self.start(self._sources)
            return
        self._unread = []
        for picture in self.pictures:
            picture.answers = ()
            self._expect(picture)
        self._ask(self._run)
        self.changed.emit()


def _answers(shown: list[tuple[int, bool]]) -> tuple[tuple[int, bool], ...]:
    """What a picture shows, by what the whole of it and each of its digits are read as."""
    (_, is_one), *parts = shown
    accepted = [is_accepted for _, is_accepted in parts]
    return tuple(parts if any(accepted) and are_digits(is_one, accepted) else shown[:1])


def _digit(picture: SheetPicture, number: int) -> npt.NDArray[np.uint8]:
    assert picture.digits is not None
    digit: npt.NDArray[np.uint8] = picture.digits[number]
    return digit


# In the worker.


def _a_few(more: Iterator[SheetPicture]) -> list[SheetPicture]:
    """The next pictures: one where they are large, some where they are small; none at the end."""
    few: list[SheetPicture] = []
    for picture in more:
        few.append(picture)
        if picture.picture is None or len(few) == _AT_ONCE:
            break
    return few


def _all_pictures(sources: Sequence[Source], solid: bool) -> Iterator[SheetPicture]:
    """The pictures of all files; one that cannot be read stands for what is missing of its file."""
    for source in sources:
        number = 0
        try:
            for picture in pictures_of(source, solid):
                yield _of_sheet(picture, source, number)
                number += 1
        except DigitpadError as error:
            name = "" if isinstance(source, bytes) else source.name
            yield SheetPicture(name, source, number, trouble=str(error))


def _of_sheet(picture: BroughtPicture, source: Source, number: int) -> SheetPicture:
    marks = [picture.mark()]
    marks += [picture.taking(one).mark() for one in range(len(picture.digit_inks))]
    digits = [drawing_to_digit([mark], picture.solid) for mark in marks]
    read = picture.read
    return SheetPicture(
        picture.name,
        source,
        number,
        layers=layers_of(read, THUMBNAIL_SIDE),
        digits=np.rint(255 * np.stack(digits)).astype(np.uint8),
        picture=picture if read.grey.size <= _KEPT_PIXELS else None,
    )
