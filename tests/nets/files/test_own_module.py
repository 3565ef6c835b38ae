from __future__ import annotations

import gc
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.nets.files import own_module
from digitpad.nets.files.own_module import run_own
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.recognizer import Recognizer
from tests.nets.pages import Lenet5003

NOTHING = {"a": torch.zeros(1)}
DIGIT = np.random.default_rng(0).random((28, 28), dtype=np.float32)
START = "import torch\nfrom torch import nn\n"
NET = START + (
    "class MyNet(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.conv, self.last = nn.Conv2d(1, 4, 5), nn.Linear(2304, 10)\n"
    "    def forward(self, x):\n"
    "        return self.last(torch.relu(self.conv(x)).flatten(1))\n"
)


@pytest.fixture(autouse=True)
def _keep_threads():
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def written(tmp_path):
    """Write a net.py and the weights of its MyNet, or of another class; gives both paths."""

    def write(code: str, state: dict | None = None) -> tuple[Path, Path]:
        (tmp_path / "net.py").write_text(code)
        if state is None:
            state = run_own(tmp_path / "net.py", "MyNet").build().state_dict()
        torch.save(state, tmp_path / "best_model.pth")
        return tmp_path / "net.py", tmp_path / "best_model.pth"

    return write


def refused(weights: Path, net: str) -> str:
    with pytest.raises(DigitpadError) as caught:
        Recognizer(weights, "cpu", net)
    message = str(caught.value)
    assert "\n" not in message and len(message) < 700
    return message


def test_a_reader_s_own_module_is_read_with_and_shown(written):
    net, weights = written(NET)
    reader = Recognizer(weights, "auto", f"{net}:MyNet")
    module = run_own(net, "MyNet").build()
    module.load_state_dict(torch.load(weights))
    answer = reader.recognize(DIGIT)
    with torch.no_grad():
        expected = module(torch.from_numpy(DIGIT)[None, None])[0].numpy()
    np.testing.assert_allclose(answer.logits, expected, atol=1e-5)
    info = reader.info
    assert (info.title, info.parameters, info.side, info.fit, info.device) == (
        "MyNet",
        23154,
        28,
        "same",
        "cpu",
    )
    assert [(layer.name, layer.shape) for layer in info.layers] == [
        ("C1", (4, 24, 24)),
        ("output", (10,)),
    ]
    assert {name: shown.shape for name, shown in answer.activations.items()} == {
        "C1": (4, 24, 24),
        "output": (10,),
    }
    assert info.classes == tuple("0123456789")


def test_its_weights_record_says_what_it_is_fed(written, tmp_path):
    net, weights = written(NET)
    save_weights(tmp_path / "net.safetensors", torch.load(weights), {"mean": "0.5", "std": "0.25"})
    reader = Recognizer(tmp_path / "net.safetensors", "cpu", f"{net}:MyNet")
    plain = Recognizer(weights, "cpu", f"{net}:MyNet")
    np.testing.assert_allclose(
        reader.recognize(DIGIT * 0.25 + 0.5).logits, plain.recognize(DIGIT).logits, atol=1e-4
    )


def test_weights_named_as_a_tutorial_s_are_fed_as_its_script_feeds_them(tmp_path):
    (tmp_path / "net.py").write_text((Path(__file__).parents[1] / "pages.py").read_text())
    torch.save(Lenet5003().state_dict(), tmp_path / "model.pth")
    own = Recognizer(tmp_path / "model.pth", "cpu", f"{tmp_path / 'net.py'}:Lenet5003")
    table = Recognizer(tmp_path / "model.pth", "cpu")
    np.testing.assert_allclose(
        own.recognize(DIGIT).logits, table.recognize(DIGIT).logits, atol=1e-5
    )
    assert (own.info.side, own.info.fit, own.info.title) == (32, "resize", "Lenet5003")


def test_what_it_prints_is_dropped_and_it_is_given_nothing_to_read(written, capfd):
    code = NET.replace(
        "        return self.last", "        print('so', x.shape)\n        return self.last"
    )
    net, weights = written("print('hello')\n" + code)
    Recognizer(weights, "cpu", f"{net}:MyNet").recognize(DIGIT)
    assert capfd.readouterr() == ("", "")
    net, weights = written("input()\n" + NET)
    (note,) = Recognizer(weights, "cpu", f"{net}:MyNet").info.notes[:1]
    assert "EOFError" in note


def test_what_only_its_main_part_does_is_not_done(written):
    net, weights = written(NET + "if __name__ == '__main__':\n    raise SystemExit('trained')\n")
    Recognizer(weights, "cpu", f"{net}:MyNet")


def test_it_may_import_its_neighbours_which_leave_no_trace(written, tmp_path):
    (tmp_path / "neighbour.py").write_text(NET)
    net, weights = written("from neighbour import MyNet\nclass Other(MyNet): pass\n")
    path = list(sys.path)
    Recognizer(weights, "cpu", f"{net}:Other")
    assert sys.path == path and "neighbour" not in sys.modules
    assert not list(tmp_path.glob("__pycache__"))
    # Another folder's neighbour of the same name is another one.
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "neighbour.py").write_text(
        NET.replace("1, 4, 5", "1, 5, 5").replace("2304", "2880")
    )
    (tmp_path / "b" / "net.py").write_text(net.read_text())
    assert run_own(tmp_path / "b" / "net.py", "Other").build().conv.out_channels == 5


def test_one_that_reads_no_batches_is_asked_one_by_one(written):
    net, weights = written(NET.replace("flatten(1)", "view(1, 2304)"))
    reader = Recognizer(weights, "cpu", f"{net}:MyNet")
    digits = np.random.default_rng(1).random((5, 28, 28), dtype=np.float32)
    logits = reader.logits(digits)
    np.testing.assert_allclose(logits[3], reader.recognize(digits[3]).logits, atol=1e-5)
    assert reader.logits(digits[:0]).shape == (0, 10)


def test_other_numbers_of_classes_are_numbered(written):
    net, weights = written(NET.replace("2304, 10", "2304, 3"))
    reader = Recognizer(weights, "cpu", f"{net}:MyNet")
    assert reader.info.classes == ("0", "1", "2") and reader.recognize(
        DIGIT
    ).probabilities.shape == (3,)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import no_such_package_as_this\n", "cannot be run (ModuleNotFoundError: No module named"),
        ("class MyNet(:\n", "cannot be run (SyntaxError"),
        (
            "raise SystemExit('usage: net.py DATA')\n",
            "cannot be run (SystemExit: usage: net.py DATA: it parses arguments",
        ),
        ("1 / 0\n", "cannot be run (ZeroDivisionError: division by zero)"),
        ("class Odd(BaseException): pass\nraise Odd('so')\n", "cannot be run (Odd: so)"),
        ("MyNet = 7\n", "has no network class MyNet; there is none at all"),
        (
            START + "class A(nn.Module): pass\nclass B(A): pass\n",
            "has no network class MyNet; there are A, B",
        ),
        (
            NET.replace("__init__(self)", "__init__(self, classes)"),
            "cannot be built without arguments (TypeError:",
        ),
        (
            NET.replace("super().__init__()", "raise OSError('no data')"),
            "cannot be built (OSError: no data)",
        ),
    ],
)
def test_a_file_that_gives_no_network_is_said_in_a_line(written, code, words):
    net, weights = written(code, NOTHING)
    assert words in refused(weights, f"{net}:MyNet")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ("return ", "raise KeyError('sun'); "),
            "MyNet fails on an input of 1 × 1 × 28 × 28 (KeyError: 'sun')",
        ),
        (("return ", "exit(); "), "MyNet fails on an input of 1 × 1 × 28 × 28 (SystemExit"),
        (
            ("flatten(1)", "flatten(2)"),
            "MyNet fails on an input of 1 × 1 × 28 × 28 (RuntimeError: mat1",
        ),
        (
            ("return ", "return 7; "),
            "gives a int for an input of 1 × 1 × 28 × 28, not a tensor (1, classes)",
        ),
        (("return ", "return x; "), "gives a tensor (1, 1, 28, 28) for"),
        (("return ", "return x.flatten(1)[:, :1]; "), "gives a tensor (1, 1) for"),
        (("return ", "return (x.flatten(1) > 0); "), "gives a tensor (1, 784) for"),
    ],
)
def test_a_network_that_cannot_be_read_with_is_said_in_a_line(written, change, words):
    net, weights = written(NET.replace(*change))
    assert words in refused(weights, f"{net}:MyNet")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("while True:\n    pass\n" + NET, "running "),
        (
            NET.replace("super().__init__()", "super().__init__()\n        while True: pass"),
            "building MyNet of ",
        ),
        (
            NET.replace("return ", "\n        while True: pass\n        return "),
            "one forward pass of MyNet",
        ),
        # An except of its own holds it up only once.
        (
            "for _ in range(3):\n    try:\n        while True: pass\n    except BaseException: "
            "pass\n" + NET,
            "running ",
        ),
    ],
)
def test_a_file_that_does_not_come_to_an_end_is_ended_and_said_in_a_line(
    written, monkeypatch, code, words
):
    _, weights = written(NET)
    net, _ = written(code, torch.load(weights))
    monkeypatch.setattr(own_module, "PATIENCE_S", 0.1)
    message = refused(weights, f"{net}:MyNet")
    assert (
        message.startswith(words)
        and "takes longer than 0.1 seconds; does it train, or loop forever?" in message
    )


def test_garbage_waits_until_what_is_limited_is_over():
    with own_module.limited("it"):
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_in_time_is_not_ended_afterwards(monkeypatch):
    monkeypatch.setattr(own_module, "PATIENCE_S", 0.02)
    before = threading.active_count()
    for _ in range(20):
        with own_module.limited("nothing"):
            pass
    assert threading.active_count() == before


def test_layers_that_change_from_digit_to_digit_are_refused(written):
    code = NET.replace(
        "        return ",
        "        if x.max() == 0:\n            x = x + self.conv(x).mean()\n        return ",
    )
    net, weights = written(code)
    assert "other layers for one digit than for another" in refused(weights, f"{net}:MyNet")


def test_weights_of_another_class_are_said_layer_by_layer(written):
    net, weights = written(NET, nn.Linear(2, 2).state_dict())
    message = refused(weights, f"{net}:MyNet")
    assert (
        f"{weights} does not fit MyNet of {net}: conv.weight (4, 1, 5, 5) is missing; " in message
    )
    assert "bias (2,) is too many" in message


def test_a_file_that_is_not_there_and_one_that_is_no_python_are_said(written, tmp_path):
    _, weights = written(NET)
    assert "is not there" in refused(weights, f"{tmp_path / 'none.py'}:MyNet")
    (tmp_path / "net.txt").write_text(NET)
    assert "no Python file" in refused(weights, f"{tmp_path / 'net.txt'}:MyNet")
    assert "a file and a class in it" in refused(weights, f"{tmp_path / 'net.py'}:")


def test_bad_weights_are_refused_before_anything_is_run(written, tmp_path):
    net, weights = written(f"open({str(tmp_path / 'ran')!r}, 'w')\n" + NET, NOTHING)
    weights.write_bytes(b"PK nothing")
    assert "damaged" in refused(weights, f"{net}:MyNet") and not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("model = MyNet()\n", "model"),
        ("def make(classes=10):\n    return MyNet()\n", "make"),
        ("import functools\nmake = functools.partial(MyNet)\n", "make"),
    ],
)
def test_a_module_or_what_makes_one_may_stand_in_place_of_a_class(written, code, name):
    net, weights = written(NET + code)
    assert Recognizer(weights, "cpu", f"{net}:{name}").info.parameters == 23_154


def test_a_function_that_makes_no_network_is_told(written):
    net, weights = written(NET + "def make():\n    return 7\n", NOTHING)
    assert "gives a int, not a network (torch.nn.Module)" in refused(weights, f"{net}:make")


SCRIPT = (
    "import argparse, sys, urllib.request\n"
    "parser = argparse.ArgumentParser()\n"
    "parser.add_argument('--epochs', type=int, default=1)\n"
    "assert parser.parse_args().epochs == 1\n"
)


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ("", ""),
        ("torch.optim.SGD(MyNet().parameters(), 0.1)\n", "(it starts to train)"),
        ("torch.save(MyNet().state_dict(), 'best_model.pth')\n", "(it starts to train)"),
        ("urllib.request.urlopen('https://example.org/')\n", "nothing is downloaded while"),
        ("sys.exit(2)\n", "it parses arguments, or ends its program, when it is run"),
        ("data = open('data.csv')\n", "(FileNotFoundError: "),
    ],
)
def test_a_training_script_is_run_up_to_where_its_network_is_made(
    written, monkeypatch, rest, words
):
    monkeypatch.setattr(sys, "argv", ["digitpad", "predict", "7.png"])
    net, weights = written(SCRIPT + NET + rest)
    before, plain = weights.read_bytes(), (torch.save, torch.optim.Optimizer.__init__)
    notes = Recognizer(weights, "cpu", f"{net}:MyNet").info.notes
    assert sys.argv[0] == "digitpad" and weights.read_bytes() == before
    assert (torch.save, torch.optim.Optimizer.__init__) == plain
    stopped = [note for note in notes if note.startswith("net.py stopped while it ran")]
    assert len(stopped) == bool(words)
    if words:
        assert words in stopped[0] and "if __name__ == '__main__':" in stopped[0]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("import sys\nsys.exit(2)\n", "it parses arguments, or ends its program"),
        ("data = open('data.csv').read()\n", "FileNotFoundError"),
        ("import no_such_module_here\n", "no_such_module_here"),
        ("for _ in range(3):\n    raise ValueError('mine')\n", "ValueError: mine"),
    ],
)
def test_a_script_that_fails_before_its_network_is_run_for_what_it_defines(written, before, words):
    net, weights = written("from __future__ import annotations\n" + before + NET)
    note = Recognizer(weights, "cpu", f"{net}:MyNet").info.notes[0]
    assert note.startswith("net.py cannot be run whole (") and words in note


def test_what_a_network_itself_needs_and_is_not_there_is_told_with_what_to_do(written):
    needs = NET.replace("nn.Module", "gone.Base")
    net, weights = written("import gone\n" + needs, NOTHING)
    message = refused(weights, f"{net}:MyNet")
    assert "has made no MyNet before that; install gone beside Digitpad" in message
    net, weights = written("gone = open('gone').read()\n" + needs, NOTHING)
    message = refused(weights, f"{net}:MyNet")
    assert "has made no MyNet before that; put what parses arguments" in message


def test_a_module_of_lightning_opens_where_lightning_is_not_installed(written):
    for start in (
        "import pytorch_lightning as pl\n",
        "import lightning as pl\n",
        "import lightning.pytorch as pl\nfrom pytorch_lightning import Trainer, LightningModule\n",
    ):
        own = NET.replace("nn.Module", "pl.LightningModule").replace(
            "super().__init__()", "super().__init__()\n        self.save_hyperparameters()"
        )
        net, weights = written(start + own + "pl.Trainer(max_epochs=3).fit(MyNet())\n")
        assert Recognizer(weights, "cpu", f"{net}:MyNet").info.title == "MyNet"
    assert "lightning" not in sys.modules and "pytorch_lightning" not in sys.modules


def test_lazy_layers_get_the_sizes_by_which_the_weights_fit(written):
    lazy = START + (
        "class MyNet(nn.Sequential):\n"
        "    def __init__(self):\n"
        "        super().__init__(nn.LazyConv2d(4, 5), nn.Flatten(), nn.LazyLinear(10))\n"
    )
    for channels, side in ((1, 28), (3, 32)):
        plain = nn.Sequential(
            nn.Conv2d(channels, 4, 5), nn.Flatten(), nn.Linear(4 * (side - 4) ** 2, 10)
        )
        net, weights = written(lazy, plain.state_dict())
        reader = Recognizer(weights, "cpu", f"{net}:MyNet")
        assert reader.info.parameters == sum(one.numel() for one in plain.parameters())
    net, weights = written(lazy, NOTHING)
    assert "0.weight (4, 1, 5, 5) is missing" in refused(weights, f"{net}:MyNet")


def test_the_outputs_of_sigmoids_are_shown_as_they_are(written):
    code = NET.replace("return self.last(torch", "return self.end(torch") + (
        "    def end(self, x):\n        return torch.sigmoid(self.last(x))\n"
    )
    net, weights = written(code)
    reader = Recognizer(weights, "cpu", f"{net}:MyNet")
    answer = reader.recognize(DIGIT)
    np.testing.assert_array_equal(answer.probabilities, answer.activations["output"])
    shares, _ = reader.read_batch((DIGIT[None] * 255).astype(np.uint8))
    assert abs(float(shares.sum()) - 1) > 0.5
