from __future__ import annotations

from pathlib import Path

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.nets.files import makers, own_module
from digitpad.nets.files.makers import makers_of

NET = (
    "class Net(nn.Module):\n"
    "    def __init__(self, hidden=4):\n"
    "        super().__init__()\n"
    "        self.fc = nn.Linear(784, hidden)\n"
)
START = "import torch\nfrom torch import nn\n"


def made(folder: Path, text: str) -> dict[str, bool]:
    """By name, whether what may make a network makes one."""
    (folder / "net.py").write_text(START + text)
    return {maker.name: maker.module is not None for maker in makers_of(folder / "net.py")}


def test_classes_modules_and_functions_that_make_one_are_found(tmp_path):
    text = NET + (
        "net = Net()\n"
        "loss = nn.CrossEntropyLoss()\n"
        "def build_model(width=3):\n    return Net(width)\n"
        "def LeNet():\n    return Net(5)\n"
    )
    assert made(tmp_path, text) == {"Net": True, "net": True, "build_model": True, "LeNet": True}


def test_functions_that_do_other_things_are_not_called(tmp_path):
    text = NET + "".join(
        f"def {name}:\n    raise SystemExit\n"
        for name in ("train_model()", "test_net()", "main()", "model_accuracy()", "get_model(path)")
    )
    assert made(tmp_path, text) == {"Net": True}


def test_what_cannot_be_made_says_why_and_training_is_held_back(tmp_path):
    text = NET + (
        "class Wide(Net):\n    def __init__(self, hidden):\n        super().__init__(hidden)\n"
        "def make_model():\n    return torch.optim.SGD(Net().parameters(), 0.1)\n"
        "def create_net():\n    return 3\n"
    )
    (tmp_path / "net.py").write_text(START + text)
    failures = {maker.name: maker.failure for maker in makers_of(tmp_path / "net.py")}
    assert failures.pop("Net") == ""
    assert "cannot be built without arguments" in failures["Wide"]
    assert "Training" in failures["make_model"] and "gives a int" in failures["create_net"]


def test_of_a_file_that_only_imports_its_network_the_imported_one_is_found(tmp_path):
    (tmp_path / "parts.py").write_text(START + NET)
    assert made(tmp_path, "from parts import Net\n") == {"Net": True}
    assert made(tmp_path, "from parts import Net\nclass Mine(Net):\n    pass\n") == {"Mine": True}


def test_a_script_that_downloads_its_data_before_its_network_is_run_for_what_it_defines(tmp_path):
    text = "import urllib.request\ndata = urllib.request.urlopen('https://example.org')\n" + NET
    assert made(tmp_path, text) == {"Net": True}


def test_a_file_without_any_gives_none_and_one_that_fails_says_so(tmp_path):
    assert made(tmp_path, "x = 3\n") == {}
    with pytest.raises(DigitpadError, match=r"net\.py cannot be run \(ValueError: mine\)"):
        made(tmp_path, "raise ValueError('mine')\n")
    with pytest.raises(DigitpadError, match="SyntaxError"):
        made(tmp_path, "def\n")


def test_what_takes_too_long_is_left_and_the_rest_with_it(tmp_path, monkeypatch):
    for module in (own_module, makers):
        monkeypatch.setattr(module, "PATIENCE_S", 0.2)
    slow = "class {}(nn.Module):\n    def __init__(self):\n        while True:\n            pass\n"
    (tmp_path / "net.py").write_text(START + slow.format("A") + slow.format("B"))
    failures = [maker.failure for maker in makers_of(tmp_path / "net.py")]
    assert "takes longer than" in failures[0] and "was not tried" in failures[1]
