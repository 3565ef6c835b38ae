from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets import LabelledDigits
from digitpad.ui.images.image_reading import ImageReading
from digitpad.ui.shell.session import Session
from tests.ui.browsers import GARMENTS, images, shares
from tests.ui.stubs import INFO, StubClient

OTHER = replace(INFO, network="lenet5-relu")
CLOTHES = replace(INFO, network="lenet5-sigmoid", classes=GARMENTS)
CLOTHES = replace(CLOTHES, metadata={"dataset": "fashion-mnist"})


class Files:
    """Test images of any data set; loaded: the names that were asked for; why_not: what is said
    in place of them."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.why_not = ""

    def load(self, name: str) -> LabelledDigits:
        self.loaded.append(name)
        if self.why_not:
            raise DigitpadError(self.why_not)
        return images()


@pytest.fixture
def client(qtbot) -> StubClient:
    return StubClient()


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def loading(client, files) -> Iterator[ImageReading]:
    """The network is still loading."""
    session = Session(client)
    yield ImageReading(session, files.load, session)
    session.stop()


@pytest.fixture
def reading(client, loading) -> ImageReading:
    """The network has loaded."""
    client.become_ready()
    return loading


def answer(client: StubClient, first: int, count: int) -> None:
    """Give right answers to so many of the images that were asked for last."""
    rest = 300 - len(client.batches[-1])
    probabilities, accepted = shares(images().labels)
    part = slice(rest + first, rest + first + count)
    client.batch_read.emit(first, probabilities[part], accepted[part])


def test_nothing_is_loaded_until_it_is_wanted(reading, client, files):
    assert files.loaded == [] and client.batches == [] and reading.images is None
    reading.start()
    assert files.loaded == ["mnist"]
    assert [len(digits) for digits in client.batches] == [300]


def test_answers_come_to_the_images_that_were_asked_for(qtbot, reading, client):
    reading.start()
    answer(client, 0, 120)
    reading.stop()
    reading.start()
    assert len(client.batches[-1]) == 180

    with qtbot.waitSignal(reading.progressed) as progressed:
        answer(client, 10, 5)
    assert progressed.args == [130, 5]
    assert np.flatnonzero(reading.answers.is_read).tolist() == [*range(120), *range(130, 135)]


def test_an_image_is_told_with_its_answer_once_it_is_read(reading, client):
    reading.start()
    assert reading.image(7).probabilities is None and reading.image(7).number == 8
    answer(client, 0, 50)
    read = reading.image(7)
    assert (read.label, read.ranking[0], read.accepted) == (7, 7, True)
    assert not reading.image(49).accepted
    assert reading.image(50).probabilities is None


def test_without_images_there_is_none_to_tell_of(reading):
    with pytest.raises(IndexError, match="no image 3"):
        reading.image(3)


def test_the_same_images_are_read_anew_by_another_network(qtbot, reading, client, files):
    reading.start()
    answer(client, 0, 300)
    with qtbot.assertNotEmitted(reading.images_changed), qtbot.waitSignal(reading.renewed):
        client.ready.emit(OTHER)
    assert reading.info == OTHER and files.loaded == ["mnist"]
    assert not reading.answers.is_read.any() and len(client.batches[-1]) == 300


def test_another_data_set_brings_other_images(qtbot, reading, client, files):
    reading.start()
    with qtbot.waitSignal(reading.images_changed):
        client.ready.emit(CLOTHES)
    assert files.loaded == ["mnist", "fashion-mnist"]
    assert reading.classes == GARMENTS


def test_the_same_network_started_again_reads_the_rest_and_the_trouble_is_over(reading, client):
    reading.start()
    answer(client, 0, 100)
    client.failed.emit("it stopped")
    assert "it stopped" in reading.trouble and not reading.is_reading

    client.ready.emit(INFO)
    assert reading.trouble == "" and reading.is_reading
    assert len(client.batches[-1]) == 200


def test_stopped_it_reads_nothing_for_another_network(reading, client):
    reading.start()
    reading.stop()
    client.ready.emit(OTHER)
    assert client.batches[-1] is None
    reading.start()
    assert len(client.batches[-1]) == 300


def test_files_that_are_not_here_are_looked_for_again(reading, client, files):
    files.why_not = "MNIST is not here"
    reading.start()
    assert reading.trouble == "The test images cannot be shown: MNIST is not here."
    assert reading.answers is None and client.batches == []

    files.why_not = ""
    reading.start()
    assert reading.trouble == "" and len(client.batches[-1]) == 300


def test_before_the_network_has_loaded_it_waits(loading, client, files):
    loading.start()
    assert files.loaded == [] and len(loading.classes) == 10
    client.become_ready()
    assert files.loaded == ["mnist"] and len(client.batches[-1]) == 300


def test_images_that_the_recogniser_cannot_read_are_a_trouble_that_is_told(reading, client):
    reading.start()
    client.batch_refused.emit("it ended over them")
    assert reading.trouble == "The images cannot be read: it ended over them."
    assert not reading.is_reading
    client.become_ready(weights_file="other.safetensors")
    assert reading.trouble == "" and reading.is_reading
