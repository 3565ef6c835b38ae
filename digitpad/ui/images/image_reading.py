"""The test images of the network's data set, and their answers as they come."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo
from digitpad.core.texts import class_names
from digitpad.datasets import DIGITS, LabelledDigits
from digitpad.datasets.of_network import data_set_of
from digitpad.ui.images.answers import UNREAD, Answers, ImageInfo
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import RecognizerState


class ImageReading(QObject):
    """Loads the images and lets the recogniser read them, as long as it is wanted.

    start() loads the images unless they are here, and reads those that are not yet read; stop()
    ends that. While it is wanted, another network reads them anew, from its own data set; the same
    one, started again, reads the rest.

    Attributes:
        images, answers: the images, and the answers as far as they have come; None without images.

    Signals:
        images_changed (): there are other images, or none any more; a choice among those before
            means nothing.
        renewed (): what is here or why nothing is has changed: the network, its answers, trouble.
        progressed (int, int): the images from the first on, so many, are read.
        finished (): all images are read.
    """

    images_changed = Signal()
    renewed = Signal()
    progressed = Signal(int, int)
    finished = Signal()

    def __init__(
        self,
        session: Session,
        load_images: Callable[[str], LabelledDigits],
        parent: QObject | None = None,
    ) -> None:
        """session: which network reads. load_images: the test images of the data set of that
        name, or DigitpadError where it is not here."""
        super().__init__(parent)
        self._session = session
        self._reader: NetworkInfo | None = None  # whose answers these are
        self._load_images = load_images
        self._is_wanted = False
        self._first = 0
        self._why_none = ""
        self.images: LabelledDigits | None = None
        self.answers: Answers | None = None
        session.network_changed.connect(self._on_network_changed)
        session.state_changed.connect(self._on_state_changed)
        session.client.batch_read.connect(self._on_read)
        session.client.batch_finished.connect(self.finished)
        session.client.batch_refused.connect(self._on_refused)

    @property
    def info(self) -> NetworkInfo | None:
        """The network that reads, or None while it is still loading."""
        return self._session.info

    @property
    def trouble(self) -> str:
        """Why no images are here or none is read, or nothing."""
        if self._session.failure:
            return _(
                "Nothing reads the images: {failure}. F5 in the window of the pad starts it again."
            ).format(failure=self._session.failure)
        return self._why_none

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the network's classes; digits before it has loaded."""
        return DIGITS if self.info is None else class_names(self.info.classes)

    @property
    def is_reading(self) -> bool:
        """Whether there are images that are not yet read, and nothing stands in the way."""
        answers = self.answers
        return answers is not None and answers.first_unread < len(answers) and not self.trouble

    def start(self) -> None:
        """Load the images unless they are here, and read those that are not read."""
        self._is_wanted = True
        info, client = self.info, self._session.client
        if info is None:
            return
        if self.images is None:
            try:
                images = self._load_images(self._session.data_set.name)
                self.answers = Answers(images.labels, len(info.classes))
            except (DigitpadError, ValueError) as error:
                self._why_none = _("The test images cannot be shown: {error}.").format(error=error)
                self.renewed.emit()
                return
            self.images, self._reader = images, info
            self._why_none = ""
            self.images_changed.emit()
        assert self.answers is not None
        self._first = self.answers.first_unread
        if self._first < len(self.answers) and client.is_ready:
            client.read_batch(self.images.digits[self._first :])

    def stop(self) -> None:
        """Read no more; what is read stays."""
        self._is_wanted = False
        self._session.client.stop_batch()

    def image(self, index: int) -> ImageInfo:
        """An image and its answer. Raises IndexError where there is none of that index."""
        if self.images is None or self.answers is None:
            raise IndexError(f"there are no images, and so no image {index}")
        is_read = self.answers.answers[index] != UNREAD
        return ImageInfo(
            number=index + 1,
            digit=self.images.digits[index],
            label=int(self.images.labels[index]),
            probabilities=self.answers.probabilities[index] if is_read else None,
            accepted=bool(self.answers.accepted[index]),
        )

    def _on_state_changed(self) -> None:
        """Say so where nothing reads; a network that is ready is about to be told by itself."""
        if self._session.state is not RecognizerState.READY:
            self.renewed.emit()

    def _on_network_changed(self) -> None:
        """Let the network that has loaded read what it has not read."""
        self._why_none = ""
        info = self.info
        if self.images is not None and info is not None and info != self._reader:
            if _images_of(self._reader) == _images_of(info):
                self.answers = Answers(self.images.labels, len(info.classes))
                self._reader = info
            else:
                self.images = self.answers = self._reader = None
                self.images_changed.emit()
        self.renewed.emit()
        if self._is_wanted:
            self.start()

    def _on_refused(self, why: str) -> None:
        """The rest of the images cannot be read; say why."""
        self._why_none = _("The images cannot be read: {why}.").format(why=why)
        self.renewed.emit()

    def _on_read(
        self,
        first: int,
        probabilities: npt.NDArray[np.float32],
        accepted: npt.NDArray[np.bool_],
    ) -> None:
        """Take answers; first: counted from the first image that was asked for."""
        if self.answers is not None:
            first += self._first
            self.answers.take(first, probabilities, accepted)
            self.progressed.emit(first, len(probabilities))


def _images_of(info: NetworkInfo | None) -> tuple[str, tuple[str, ...]]:
    """Which images a network's are, and what it calls their classes."""
    return data_set_of(info).name, info.classes if info is not None else ()
