from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def rejecting_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped LeNet-5 with a temperature and a threshold of our own, whatever it came with."""
    return _with_record(
        tmp_path_factory.mktemp("rejecting"), temperature="0.5", reject_energy="9.0"
    )


@pytest.fixture(scope="session")
def accepting_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped LeNet-5 without temperature or threshold."""
    return _with_record(tmp_path_factory.mktemp("accepting"))


def _with_record(folder: Path, **more: str) -> Path:
    from safetensors.torch import load_file

    from digitpad.core.paths import shipped_weights
    from digitpad.nets.files.weights_file import save_weights
    from digitpad.nets.spec.record import read_metadata

    shipped = shipped_weights()
    record = {
        key: text
        for key, text in read_metadata(shipped).items()
        if key not in ("temperature", "reject_energy")
    }
    save_weights(folder / "lenet5.safetensors", load_file(shipped), record | more)
    return folder / "lenet5.safetensors"
