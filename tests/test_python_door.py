"""What `import digitpad` gives to a program."""

from __future__ import annotations

import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest
from PIL import Image

import digitpad

ROOT = Path(__file__).parents[1]


def test_importing_it_loads_neither_numpy_nor_torch_nor_qt() -> None:
    code = "import sys, digitpad; dir(digitpad); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert "digitpad" in loaded
    assert not loaded & {"numpy", "torch", "PySide6", "PIL"}


@pytest.mark.parametrize("name", digitpad.__all__)
def test_every_public_name_is_there_and_is_what_the_type_checker_takes_it_for(name: str) -> None:
    found = getattr(digitpad, name)
    assert name in dir(digitpad)
    if name == "__version__":
        return
    source = (ROOT / "digitpad" / "__init__.py").read_text(encoding="utf-8")
    module, inside = digitpad._PLACES[name]
    renamed = "" if inside == name else f" as {name}"
    assert f"    from {module} import {inside}{renamed}\n" in source
    assert found.__name__ == inside and found.__doc__
    assert getattr(digitpad, name) is found


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="no attribute 'recognizer_of_dogs'"):
        digitpad.recognizer_of_dogs  # noqa: B018
    assert set(digitpad._PLACES) == set(digitpad.__all__) - {"__version__"}
    assert (ROOT / "digitpad" / "py.typed").exists()


def test_the_lines_of_the_readme_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(import digitpad\n.*?)^```", readme, re.S | re.M)
    assert len(block.splitlines()) <= 8
    monkeypatch.chdir(tmp_path)
    Image.fromarray(seven()).save("photo.jpg")
    names: dict[str, typing.Any] = {}
    exec(block, names)
    assert names["recognition"].answer == 7 and names["recognition"].accepted
    assert "(16, 10, 10)" in capsys.readouterr().out


def seven() -> typing.Any:
    """Dark ink on light paper, uint8 (120, 120)."""
    import numpy as np

    paper = np.full((120, 120), 235, np.uint8)
    paper[20:30, 30:90] = 30
    for row in range(30, 105):
        middle = 84 - (row - 30) * 0.5
        paper[row, int(middle) - 5 : int(middle) + 5] = 30
    return paper


def test_networks_are_those_whose_weights_are_here() -> None:
    found = digitpad.networks()
    assert found[0].name == "lenet5" and found[0].weights.is_file()


def test_training_takes_no_torch_to_be_described() -> None:
    code = (
        "import sys, digitpad; digitpad.TrainingSettings(epochs=2);"
        "import digitpad.training.events, digitpad.training.reporters;"
        "print('torch' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
