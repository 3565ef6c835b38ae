"""A reading taken away: what every layer gave for a digit, as a file of arrays, and what was read,
as JSON beside it."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digitpad.core.errors import DigitpadError
from digitpad.core.files import write_beside
from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo, Recognition

SUFFIX = ".npz"


def write_reading(
    path: Path, recognition: Recognition, digit: npt.NDArray[np.float32], info: NetworkInfo
) -> Path:
    """Write OUT.npz with the arrays of a reading, and OUT.json with what it says; gives the
    latter's path.

    Raises DigitpadError where the name does not end in .npz, or either cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != SUFFIX:
        raise DigitpadError(
            _("{path} should end in {suffix}, which is what activations are kept as").format(
                path=path, suffix=SUFFIX
            )
        )
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays_of(recognition, digit))
    beside = path.with_suffix(".json")
    write_beside(path, stream.getvalue(), make_folder=False)
    told = json.dumps(description_of(recognition, info, path.name), indent=1, allow_nan=False)
    write_beside(beside, told.encode() + b"\n", make_folder=False)
    return beside


def arrays_of(
    recognition: Recognition, digit: npt.NDArray[np.float32]
) -> dict[str, npt.NDArray[np.float32]]:
    """The arrays of a reading by name, float32: the digit (28, 28), each layer's activations as
    they are shown, by the layer's name, the logits and the probabilities, and the network's input
    where the digit was resized."""
    found = {
        "digit": digit,
        **recognition.activations,
        "logits": recognition.logits,
        "probabilities": recognition.probabilities,
    }
    if recognition.input is not None:
        found["input"] = recognition.input
    return {name: np.asarray(array, np.float32) for name, array in found.items()}


def description_of(recognition: Recognition, info: NetworkInfo, arrays: str) -> dict[str, Any]:
    """What a reading says, as JSON takes it: numbers that are none become null. arrays: the name of
    the file that holds them."""
    rejection = recognition.rejection
    return {
        "arrays": arrays,
        "network": info.network,
        "title": info.title,
        "weights": Path(info.weights_file).name,
        "classes": list(info.classes),
        "answer": info.classes[recognition.answer],
        "probabilities": _numbers(recognition.probabilities),
        "logits": _numbers(recognition.logits),
        "temperature": info.record.temperature or 1.0,
        "accepted": recognition.accepted,
        "reason_code": None if rejection is None else rejection.reason.name.lower(),
        "layers": [
            {
                "name": layer.name,
                "kind": layer.kind,
                "shape": list(layer.shape),
                "parameters": layer.parameters,
                "low": layer.low,
                "high": layer.high,
            }
            for layer in info.layers
        ],
    }


def _numbers(values: npt.NDArray[np.float32]) -> list[float | None]:
    return [float(one) if math.isfinite(one) else None for one in values.tolist()]
