from __future__ import annotations

import sys
from types import ModuleType

import pytest
from torch import nn

from digitpad.nets.files.definitions import run_definitions


def defined(source: str) -> dict[str, object]:
    module = ModuleType("theirs")
    run_definitions(module, source.encode(), "theirs.py")
    return vars(module)


def test_what_is_defined_is_and_what_fails_or_is_merely_done_is_left_out():
    found = defined(
        "from __future__ import annotations\n"
        "import sys, no_such_module\n"
        "width = 4\n"
        "data = open('no such file')\n"
        "heavy = [1 / 0]\n"
        "print('hello')\n"
        "for _ in iter(int, 1):\n    pass\n"
        "while True:\n    pass\n"
        "def area(x: Unknown) -> int:\n    return width * x\n"
        "class A:\n    side: Unknown = width\n"
        "class B(Missing):\n    pass\n"
        "if width:\n    deep = True\n"
        "try:\n    import no_other_module\nexcept ImportError:\n    other = None\n"
        "sys.exit(3)\n"
    )
    assert found["width"] == 4 and found["area"](2) == 8 and found["A"].side == 4
    assert found["deep"] and found["other"] is None
    assert not {"data", "heavy", "B"} & found.keys()


def test_lightning_is_stood_in_for_where_it_is_not_installed_and_is_gone_afterwards():
    found = defined(
        "import lightning as L\nimport lightning.pytorch as pl\n"
        "from pytorch_lightning import LightningModule, Trainer\n"
        "trainer = Trainer()\n"
        "class Net(pl.LightningModule):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.save_hyperparameters()\n"
        "        self.log('loss', 3)\n"
    )
    assert isinstance(found["Net"](), nn.Module) and isinstance(found["trainer"], found["Trainer"])
    assert issubclass(found["LightningModule"], nn.Module)
    assert not {"lightning", "lightning.pytorch", "pytorch_lightning"} & sys.modules.keys()


def test_what_is_no_python_is_said_to_be():
    with pytest.raises(SyntaxError):
        defined("class\n")
