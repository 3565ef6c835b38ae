"""A digit becomes an answer and every layer's activations."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import torch

from digitpad.errors import DigitpadError
from digitpad.nets.devices import choose_device
from digitpad.nets.inputs import InputForm
from digitpad.nets.networks import build
from digitpad.nets.rejection import Rejection
from digitpad.nets.weights_file import load_weights, read_metadata
from digitpad.recognition import NetworkFacts, Recognition

_BATCH = 500


class Recognizer:
    """A network with its weights, ready to read digits.

    facts: what it is and on which device it runs. An ordinary object: it starts no process and no thread,
    but it sets the number of threads that PyTorch uses to one, since a single digit is read fastest by one.
    """

    def __init__(self, weights: Path, device: str = "auto", net: str = "") -> None:
        """Load weights (safetensors) for a device ("auto", "cpu", "cuda" or "mps") and read once to warm up.

        Raises DigitpadError where the file or the device cannot be used.
        """
        torch.set_num_threads(1)
        weights = Path(weights)
        name = read_metadata(weights).get("network")
        if name is None:
            raise DigitpadError(f"{weights} does not say which network it is for; train one with train.py")
        choice = choose_device(device)
        network = build(name)
        metadata = load_weights(weights, network)
        self._device = choice.device
        self._network = network.to(choice.device).eval()
        self._form = InputForm(
            network.declaration.side,
            network.declaration.fit,
            _number(weights, metadata, "mean", 0.1307),
            _number(weights, metadata, "std", 0.3081, positive=True),
        )
        self._temperature = _number(weights, metadata, "temperature", 1.0, positive=True)
        layers = self._network.facts()
        self._rejection = Rejection.from_metadata(weights, metadata)
        classes = tuple(metadata.get("classes", "0,1,2,3,4,5,6,7,8,9").split(","))
        if len(classes) != layers[-1].shape[0]:
            raise DigitpadError(
                f"{weights} names {len(classes)} classes where the network has {layers[-1].shape[0]}; take another file"
            )
        self.facts = NetworkFacts(
            network=name,
            title=self._network.title,
            classes=classes,
            parameters=network.declaration.parameters,
            layers=layers,
            weights_file=str(weights),
            device=choice.device.type,
            device_report=choice.report,
            metadata=metadata,
            side=network.declaration.side,
            fit=network.declaration.fit,
            gives_distances=network.declaration.gives_distances,
            tutorial=network.declaration.tutorial,
            notes=network.declaration.notes,
        )
        self.recognize(np.zeros((28, 28), np.float32))

    def recognize(self, digit: np.ndarray) -> Recognition:
        """Read one digit, float32 (28, 28) in [0, 1].

        An empty digit (all zeros) is answered too, with digit_like False and the reason. Raises ValueError
        for another shape and for values that are not finite.
        """
        started = time.perf_counter()
        if np.shape(digit) != (28, 28):
            raise ValueError(f"a digit is (28, 28), not {np.shape(digit)}")
        with torch.inference_mode():
            logits, layers = self._network.activations(self._input_of(np.asarray(digit)[None]))
            probabilities = torch.softmax(logits / self._temperature, dim=1)[0].cpu().numpy()
            activations = {name: layer[0].cpu().numpy() for name, layer in layers.items()}
            answer = logits[0].cpu().numpy()
        reason = self._rejection.reason(digit, answer)
        return Recognition(
            logits=answer,
            probabilities=probabilities,
            activations=activations,
            digit_like=not reason,
            reason=reason,
            milliseconds=(time.perf_counter() - started) * 1000,
        )

    def logits(self, digits: np.ndarray) -> np.ndarray:
        """Logits float32 (n, classes) of digits float32 (n, 28, 28) in [0, 1]; n may be 0.

        Raises ValueError for another shape and for values that are not finite.
        """
        if np.ndim(digits) != 3 or np.shape(digits)[1:] != (28, 28):
            raise ValueError(f"digits are (n, 28, 28), not {np.shape(digits)}")
        parts = [np.empty((0, len(self.facts.classes)), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(digits), _BATCH):
                batch = self._input_of(np.asarray(digits[start : start + _BATCH]))
                parts.append(self._network(batch).cpu().numpy())
        return np.concatenate(parts)

    def answers(self, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The likeliest class, int64 (n,), of digits float32 (n, 28, 28), and whether each looks like one, bool."""
        logits = self.logits(digits)
        return logits.argmax(axis=1), self._rejection.digit_like(digits, logits)

    def read_many(self, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Probabilities float32 (n, classes) of digits uint8 (n, 28, 28), and whether each looks like one, bool (n,);
        n may be 0. Raises ValueError for another shape."""
        logits = self.logits(digits.astype(np.float32) / 255)
        probabilities = torch.softmax(torch.from_numpy(logits) / self._temperature, dim=1).numpy()
        return probabilities, self._rejection.digit_like(digits, logits)

    def _input_of(self, digits: np.ndarray) -> torch.Tensor:
        if not np.isfinite(digits).all():
            raise ValueError("a digit has values that are not finite")
        batch = torch.from_numpy(np.ascontiguousarray(digits, dtype=np.float32)).to(self._device)
        return self._form.of(batch.unsqueeze(1))


def _number(weights: Path, metadata: dict[str, str], key: str, default: float, positive: bool = False) -> float:
    text = metadata.get(key, str(default))
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or (positive and number <= 0):
        raise DigitpadError(f"{weights}: its {key} is {text[:40]!r}, no usable number; take another file")
    return number
