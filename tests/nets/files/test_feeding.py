from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.datasets import load
from digitpad.datasets.labelled import LabelledDigits
from digitpad.nets.files import feeding
from digitpad.nets.files.feeding import guess_feeding
from digitpad.nets.files.opening import open_weights
from digitpad.nets.inputs import InputForm
from digitpad.nets.spec.open_choices import OpenChoices

PLAIN = InputForm(28, "same", 0.0, 1.0)
PROGRAM = (
    "import torch\nfrom torch import nn\n"
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.hidden, self.last = nn.Linear(784, 40), nn.Linear(40, 10)\n"
    "    def forward(self, x):\n"
    "        return self.last(torch.tanh(self.hidden(x.flatten(1))))\n"
)


@pytest.fixture(autouse=True)
def _nothing_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))


def trained(mean: float, std: float) -> nn.Module:
    """A small network that has read 6,000 of MNIST's training images, fed in this way."""
    torch.manual_seed(0)
    images = load("mnist", part="train").take(np.arange(6000))
    x = torch.from_numpy(images.digits.astype(np.float32) / 255).unsqueeze(1)
    x, y = InputForm(28, "same", mean, std).of(x), torch.from_numpy(images.labels.astype(int))
    network = nn.Sequential(nn.Flatten(), nn.Linear(784, 40), nn.Tanh(), nn.Linear(40, 10))
    optimizer = torch.optim.Adam(network.parameters(), 3e-3)
    for _ in range(4):
        for part in torch.randperm(len(x)).split(100):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(x[part]), y[part]).backward()
            optimizer.step()
    return network.eval()


@pytest.mark.parametrize(
    ("mean", "std"),
    [(0.0, 1.0), (0.1307, 0.3081), (0.5, 0.5), (1.0, -1.0), (0.5, -0.5)],
)
def test_the_way_in_which_a_network_was_fed_is_found_out(mean, std):
    network = trained(mean, std)
    guess = guess_feeding(network, PLAIN, 10)
    assert guess is not None and guess.is_sure and guess.dataset == "mnist"
    test = load("mnist", part="test").take(np.arange(0, 10_000, 5))
    x = torch.from_numpy(test.digits.astype(np.float32) / 255).unsqueeze(1)

    def accuracy(form: InputForm) -> float:
        with torch.no_grad():
            found = network(form.of(x)).argmax(1).numpy()
        return float((found == test.labels).mean())

    # Another way is as good where the network reads as much by it, as well as that can be told.
    assert accuracy(guess.form) >= accuracy(InputForm(28, "same", mean, std)) - 0.02


def bright(low: float, high: float):
    """A network that knows a digit by its mean, and only where all that it is fed is in a range."""

    def read(x: torch.Tensor) -> torch.Tensor:
        in_range = (x.amin((1, 2, 3)) >= low - 1e-4) & (x.amax((1, 2, 3)) <= high + 1e-4)
        ink = (x.mean((1, 2, 3)) - low) / (high - low)
        near = -(ink[:, None] - torch.arange(10) / 10).abs() * 100
        return torch.where(in_range[:, None], near, torch.eye(10)[0])

    return read


@pytest.fixture
def grey_images(monkeypatch):
    """In place of test images: ten kinds, each of one grey with one white and one black pixel."""
    labels = np.tile(np.arange(10, dtype=np.uint8), 30)
    digits = np.repeat(labels[:, None], 784, 1).reshape(-1, 28, 28) * 25
    digits = digits.astype(np.uint8)
    digits[:, 0, 0], digits[:, 0, 1] = 255, 0
    images = {"mnist": LabelledDigits(digits, labels)}
    monkeypatch.setattr(feeding, "_test_images", images.get)
    return images


@pytest.mark.parametrize(
    ("low", "high", "words"), [(0, 1, "0..1"), (-1, 1, "(x - 0.5) / 0.5"), (0, 255, "0..255")]
)
def test_a_guess_is_told_with_the_accuracies_that_decided_it(grey_images, low, high, words):
    guess = guess_feeding(bright(low, high), PLAIN, 10)
    assert guess.is_sure and guess.words.startswith(
        f"How it was fed is not in the file. Guessed: {words}, which reads 100 % of 300 test images"
        " of MNIST; as "
    )
    if words != "0..1":
        assert guess.words.endswith("as 0..1 it reads 10 %.")


def test_of_ways_that_read_as_much_that_of_the_likely_script_is_taken(grey_images):
    def read(x: torch.Tensor) -> torch.Tensor:
        low, high = x.amin((1, 2, 3)), x.amax((1, 2, 3))
        ink = (x.mean((1, 2, 3)) - low) / (high - low)
        return -(ink[:, None] - torch.arange(10) / 10).abs() * 100

    guess = guess_feeding(read, PLAIN, 10, usual=(0.1307, 0.3081))
    assert (guess.form.mean, guess.form.std) == (0.1307, 0.3081)
    assert "it reads about as much, and is less sure of it" in guess.words


def test_what_reads_too_little_in_every_way_is_said_to_be_no_guess(grey_images):
    guess = guess_feeding(lambda x: torch.zeros(len(x), 10), PLAIN, 10)
    assert not guess.is_sure and guess.words == (
        "How it was fed is not in the file, and could not be guessed: in the best of the usual "
        "ways it reads 10 % of 300 test images of MNIST."
    )


def test_another_data_set_of_as_many_classes_is_tried_where_one_reads_little(grey_images):
    shuffled = LabelledDigits(grey_images["mnist"].digits, 9 - grey_images["mnist"].labels)
    grey_images["fashion-mnist"] = shuffled
    turned = bright(0, 1)
    guess = guess_feeding(lambda x: turned(x).flip(1), PLAIN, 10)
    assert guess.is_sure and guess.dataset == "fashion-mnist"


def test_nothing_is_guessed_without_images_of_as_many_classes(grey_images):
    assert guess_feeding(bright(0, 1), PLAIN, 47) is None
    grey_images.clear()
    assert guess_feeding(bright(0, 1), PLAIN, 10) is None


def test_paper_around_a_digit_is_tried_beside_stretching_it(grey_images):
    def read(x: torch.Tensor) -> torch.Tensor:
        inner = x[:, :, 2:30, 2:30]
        is_paper = x[:, :, :2].abs().amax((1, 2, 3)) == 0
        return torch.where(is_paper[:, None], bright(0, 1)(inner), torch.eye(10)[0])

    form = InputForm(32, "resize", 0.0, 1.0)
    assert guess_feeding(read, form, 10).form == InputForm(32, "pad", 0.0, 1.0)
    assert not guess_feeding(read, form, 10, may_pad=False).is_sure


def test_a_slow_network_reads_fewer_images(grey_images, monkeypatch):
    monkeypatch.setattr(feeding, "_BUDGET_S", 0.0)
    assert "% of 30 test images" in guess_feeding(bright(0, 1), PLAIN, 10).words


def opened(tmp_path: Path, choices: OpenChoices | None = None):
    return open_weights(
        tmp_path / "net.pth", f"{tmp_path / 'net.py'}:Net", choices or OpenChoices()
    )


@pytest.fixture
def half(tmp_path) -> Path:
    """A module of the reader's and its weights, fed (x - 0.5) / 0.5."""
    (tmp_path / "net.py").write_text(PROGRAM)
    state = trained(0.5, 0.5).state_dict()
    names = ("hidden.weight", "hidden.bias", "last.weight", "last.bias")
    torch.save(dict(zip(names, state.values(), strict=True)), tmp_path / "net.pth")
    return tmp_path


def test_a_file_of_the_reader_s_is_fed_as_it_reads_most_which_is_said_and_remembered(
    half, monkeypatch
):
    first = opened(half)
    assert first.form == InputForm(28, "same", 0.5, 0.5)
    assert first.record.dataset == "mnist" and first.record.mean == 0.5
    (note,) = first.notes
    assert note.startswith("How it was fed is not in the file. Guessed: (x - 0.5) / 0.5, which ")
    monkeypatch.setattr("digitpad.nets.files.feeding_choice.guess_feeding", None)
    again = opened(half)
    assert again.form == first.form and again.notes == first.notes


def test_what_is_said_goes_before_a_guess_and_is_remembered(half):
    assert opened(half, OpenChoices(mean=0.1, std=0.2)).form == InputForm(28, "same", 0.1, 0.2)
    assert opened(half).form == InputForm(28, "same", 0.1, 0.2) and not opened(half).notes
    assert opened(half, OpenChoices(mean=0.25)).form == InputForm(28, "same", 0.25, 1.0)


def test_a_record_beside_the_file_says_it_too_and_options_go_before_it(half):
    (half / "net.pth.json").write_text(
        '{"mean": 0.3, "std": 0.6, "classes": ["a", "b", "c", "d","e", "f", "g", "h", "i", "j"]}'
    )
    told = opened(half)
    assert told.form == InputForm(28, "same", 0.3, 0.6) and told.classes == tuple("abcdefghij")
    assert opened(half, OpenChoices(mean=0.0)).form == InputForm(28, "same", 0.0, 1.0)


def test_other_weights_or_another_program_are_not_what_was_remembered(half):
    opened(half, OpenChoices(mean=0.1, std=0.2))
    (half / "net.py").write_text(PROGRAM.replace("tanh", "sigmoid"))
    assert opened(half).form != InputForm(28, "same", 0.1, 0.2)


def test_where_the_user_s_folder_cannot_be_written_it_is_guessed_again(half, monkeypatch):
    (half / "taken").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(half / "taken"))
    for _ in range(2):
        assert opened(half).form == InputForm(28, "same", 0.5, 0.5)
