"""The test images of the network's data set, and their answers as they come."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.results import NetworkInfo
from digitpad.datasets import DIGITS, LabelledDigits
from digitpad.datasets.of_network import data_set_of
from digitpad.engine.client import RecognizerClient
from digitpad.ui.images.answers import UNREAD, Answers, ImageInfo


class ImageReading(QObject):
    """Loads the images and lets the recogniser read them, as long as it is wanted.

    start() loads the images unless they are here, and reads those that are not yet read; stop()
    ends that. While it is wanted, another network reads them anew, from its own data set; the same
    one, started again, reads the rest.

    Attributes:
        info: the network that reads, or None while it is still loading.
        images, answers: the images, and the answers as far as they have come; None without images.
        trouble: why no images are here or none is read, or nothing.

    Signals:
        images_changed (): there are other images, or none any more; a choice among those before
            means nothing.
        renewed (): what is here or why nothing is has changed: a network, its answers, trouble.
        progressed (int, int): the images from the first on, so many, are read.
        finished (): all images are read.
    """

    images_changed = Signal()
    renewed = Signal()
    progressed = Signal(int, int)
    finished = Signal()

    def __init__(
        self,
        client: RecognizerClient,
        load_images: Callable[[str], LabelledDigits],
        info: NetworkInfo | None,
        parent: QObject | None = None,
    ) -> None:
        """load_images: the test images of the data set of that name, or DigitpadError where it
        is not here. info: of the network that is loaded; None where it is still loading."""
        super().__init__(parent)
        self._client = client
        self._load_images = load_images
        self._is_wanted = False
        self._first = 0
        self.info = info
        self.images: LabelledDigits | None = None
        self.answers: Answers | None = None
        self.trouble = ""
        client.ready.connect(self._on_ready)
        client.many_read.connect(self._on_read)
        client.many_finished.connect(self.finished)
        client.failed.connect(self._on_failed)

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the network's classes; digits before it has loaded."""
        return DIGITS if self.info is None else self.info.classes

    @property
    def is_reading(self) -> bool:
        """Whether there are images that are not yet read, and nothing stands in the way."""
        answers = self.answers
        return answers is not None and answers.first_unread < len(answers) and not self.trouble

    def start(self) -> None:
        """Load the images unless they are here, and read those that are not read."""
        self._is_wanted = True
        if self.info is None:
            return
        if self.images is None:
            try:
                images = self._load_images(data_set_of(self.info).name)
                self.answers = Answers(images.labels, len(self.info.classes))
            except (DigitpadError, ValueError) as error:
                self.trouble = f"The test images cannot be shown: {error}."
                self.renewed.emit()
                return
            self.images = images
            self.trouble = ""
            self.images_changed.emit()
        assert self.answers is not None
        self._first = self.answers.first_unread
        if self._first < len(self.answers) and self._client.is_ready:
            self._client.read_many(self.images.digits[self._first :])

    def stop(self) -> None:
        """Read no more; what is read stays."""
        self._is_wanted = False
        self._client.stop_many()

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

    def _on_ready(self, info: NetworkInfo) -> None:
        """Take the network that has loaded, and read what it has not read."""
        self.trouble = ""
        if info != self.info:
            before, self.info = self.info, info
            if self.images is not None and _images_of(before) == _images_of(info):
                self.answers = Answers(self.images.labels, len(info.classes))
            else:
                self.images = self.answers = None
                self.images_changed.emit()
        self.renewed.emit()
        if self._is_wanted:
            self.start()

    def _on_failed(self, message: str) -> None:
        """Nothing reads any more; say why."""
        self.trouble = (
            f"Nothing reads the images: {message}. F5 in the window of the pad starts it again."
        )
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
