from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.results import FeedingSource
from digitpad.nets.files.examining import examine
from digitpad.nets.files.opening import open_weights
from digitpad.nets.spec.open_choices import OpenChoices
from digitpad.nets.spec.opening_questions import Question
from tests.nets.files.test_feeding import PROGRAM, trained
from tests.nets.pages import PAGES, sigmoid_row

NAMES = ("hidden.weight", "hidden.bias", "last.weight", "last.bias")
TWO_OUTPUTS = (
    "import torch\nfrom torch import nn\n"
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.a, self.b = nn.Linear(784, 10), nn.Linear(784, 10)\n"
    "    def forward(self, x):\n"
    "        x = x.flatten(1)\n"
    "        return self.a(x), self.b(x)\n"
)


@pytest.fixture(autouse=True)
def _nothing_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))


@pytest.fixture(scope="module")
def fed_by_half() -> dict[str, torch.Tensor]:
    """The weights of PROGRAM's network, fed (x - 0.5) / 0.5 when it was trained."""
    return dict(zip(NAMES, trained(0.5, 0.5).state_dict().values(), strict=True))


def saved(folder: Path, held: object) -> Path:
    torch.save(held, folder / "net.pth")
    return folder / "net.pth"


def program(folder: Path, text: str = PROGRAM) -> str:
    (folder / "net.py").write_text(text)
    return str(folder / "net.py")


def test_of_a_file_that_fits_two_networks_it_is_asked_which(tmp_path):
    weights = saved(tmp_path, sigmoid_row(nn.AvgPool2d).state_dict())
    found = examine(weights)
    assert found.question is Question.NETWORK
    assert [one.value for one in found.options] == ["lenet5-sigmoid", "lenet5-max"]
    assert "average pooling" in found.options[0].about and "max" in found.options[1].about
    assert examine(weights, "lenet5-max").question is Question.NOTHING


def test_of_a_network_that_is_none_of_the_catalogue_the_program_is_asked(tmp_path):
    found = examine(saved(tmp_path, {"a.weight": torch.zeros(3, 5, 7)}))
    assert found.question is Question.PROGRAM and found.options == ()
    assert "--" not in found.why


def test_of_a_checkpoint_with_several_sets_it_is_asked_which(tmp_path):
    one = PAGES["lenet5"]().state_dict()
    weights = saved(tmp_path, {"model": one, "model_ema": one, "epoch": 3})
    found = examine(weights)
    assert found.question is Question.SET
    assert [option.value for option in found.options] == ["model", "model_ema"]
    assert "61,706 numbers" in found.options[0].about
    said = OpenChoices(set="model_ema")
    assert examine(weights, "", said).question is Question.NOTHING


def test_the_only_class_that_fits_is_taken_and_of_several_it_is_asked(tmp_path, fed_by_half):
    weights = saved(tmp_path, fed_by_half)
    other = "\nclass Other(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    small, again = (
        other + "        self.last = nn.Linear(3, 2)\n",
        "\nclass Again(Net):\n    pass\n",
    )
    found = examine(weights, program(tmp_path, PROGRAM + small))
    assert (found.question, [one.value for one in found.options]) == (Question.CLASS, ["Net"])
    found = examine(weights, program(tmp_path, PROGRAM + small + again))
    assert [(one.value, one.fits) for one in found.options] == [
        ("Net", True),
        ("Again", True),
        ("Other", False),
    ]
    assert "does not fit" in found.options[2].about
    with pytest.raises(DigitpadError, match="has no network in it"):
        examine(weights, program(tmp_path, "import torch\n"))


def test_of_several_outputs_as_wide_it_is_asked_which_and_the_one_that_is_said_is_read(tmp_path):
    net = f"{program(tmp_path, TWO_OUTPUTS)}:Net"
    state = {"a.weight": torch.zeros(10, 784), "a.bias": torch.eye(10)[3]}
    state |= {"b.weight": torch.zeros(10, 784), "b.bias": torch.eye(10)[7]}
    weights = saved(tmp_path, state)
    found = examine(weights, net)
    assert found.question is Question.OUTPUT
    assert [one.value for one in found.options] == ["0", "1"]
    for output, answer in ((0, 3), (1, 7)):
        opened = open_weights(weights, net, OpenChoices(output=output))
        assert int(opened.network(torch.zeros(1, 1, 28, 28)).argmax()) == answer


def test_logits_and_their_softmax_are_one_output(tmp_path, fed_by_half):
    text = PROGRAM.replace(
        "return self.last(torch.tanh(self.hidden(x.flatten(1))))",
        "y = self.last(torch.tanh(self.hidden(x.flatten(1))))\n        return y, y.softmax(1)",
    )
    weights = saved(tmp_path, fed_by_half)
    assert examine(weights, f"{program(tmp_path, text)}:Net").question is Question.FEEDING


def test_a_side_that_is_none_of_the_usual_is_asked(tmp_path):
    text = TWO_OUTPUTS.replace("784", "1849").replace("self.a(x), self.b(x)", "self.a(x)")
    weights = saved(
        tmp_path, {f"{x}.{y}": torch.zeros(10, *z) for x in "ab" for y, z in KINDS.items()}
    )
    net = f"{program(tmp_path, text)}:Net"
    assert examine(weights, net).question is Question.SIDE
    found = examine(weights, net, OpenChoices(side=43))
    assert found.question is Question.FEEDING and found.side == 43


KINDS = {"weight": (1849,), "bias": ()}


def test_how_it_was_fed_is_asked_with_the_guess_and_nothing_is_remembered(tmp_path, fed_by_half):
    weights, net = saved(tmp_path, fed_by_half), f"{program(tmp_path)}:Net"
    for _ in range(2):
        found = examine(weights, net)
        assert found.question is Question.FEEDING and found.is_sure and found.title == "Net"
        best, *others = found.trials
        assert (best.mean, best.std, best.dataset) == (0.5, 0.5, "mnist")
        assert any(one.words == "0..1" and one.accuracy < best.accuracy for one in others)
    assert not (tmp_path / "user").exists()
    assert open_weights(weights, net).fed_by is FeedingSource.GUESSED
    # What nobody was shown is asked still, with its figures.
    found = examine(weights, net)
    assert found.question is Question.FEEDING and found.trials


def test_an_accepted_guess_is_remembered_as_one_and_not_asked_again(tmp_path, fed_by_half):
    weights, net = saved(tmp_path, fed_by_half), f"{program(tmp_path)}:Net"
    words = examine(weights, net).why
    taken = OpenChoices(mean=0.5, std=0.5, accepted=words)
    opened = open_weights(weights, net, taken)
    assert opened.fed_by is FeedingSource.ACCEPTED and opened.notes == (words,)
    assert examine(weights, net).question is Question.NOTHING
    again = open_weights(weights, net)
    assert (again.fed_by, again.form, again.notes) == (opened.fed_by, opened.form, (words,))
    said = open_weights(weights, net, replace(taken, accepted="", mean=0.4))
    assert said.fed_by is FeedingSource.SAID and not said.notes
    assert open_weights(weights, net).fed_by is FeedingSource.REMEMBERED


def test_a_record_beside_the_file_or_in_it_answers(tmp_path, fed_by_half):
    weights, net = saved(tmp_path, fed_by_half), f"{program(tmp_path)}:Net"
    (tmp_path / "net.pth.json").write_text('{"mean": 0.3, "std": 0.6}')
    assert examine(weights, net).question is Question.NOTHING
    assert open_weights(weights, net).fed_by is FeedingSource.BESIDE


def test_a_page_s_file_that_reads_as_its_script_feeds_it_is_not_asked_about(tmp_path):
    weights = saved(tmp_path, PAGES["lenet5"]().state_dict())
    assert examine(weights).question is Question.NOTHING
    assert open_weights(weights).fed_by is FeedingSource.SCRIPT


def test_without_images_of_as_many_classes_it_is_asked_without_a_guess(tmp_path):
    weights = saved(
        tmp_path,
        {"hidden.weight": torch.zeros(40, 784), "hidden.bias": torch.zeros(40)}
        | {"last.weight": torch.zeros(7, 40), "last.bias": torch.zeros(7)},
    )
    net = f"{program(tmp_path, PROGRAM.replace('nn.Linear(40, 10)', 'nn.Linear(40, 7)'))}:Net"
    found = examine(weights, net)
    assert found.question is Question.FEEDING and found.trials == () and not found.is_sure
    assert "7 classes" in found.why and len(found.classes) == 7
