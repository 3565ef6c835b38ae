"""A digit becomes an answer and every layer's activations."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.nets.devices import choose_device
from digitpad.nets.files.opening import number_in, open_weights
from digitpad.nets.rejection import Rejection

_BATCH = 500


class Recognizer:
    """A network with its weights, ready to read digits.

    info: what it is and on which device it runs. An ordinary object: it starts no process and no
    thread, but it sets the number of threads that PyTorch uses to one, since a single digit is read
    fastest by one.
    """

    def __init__(self, weights: Path, device: str = "auto", net: str = "") -> None:
        """Load weights for a device ("auto", "cpu", "cuda" or "mps") and read once to warm up.

        net: as nets.opening.open_weights takes it. A module of the reader's own runs on the CPU for
        "auto", since its code may make tensors there. Raises DigitpadError where the file, the
        network or the device cannot be used.
        """
        torch.set_num_threads(1)
        weights = Path(weights)
        opened = open_weights(weights, net)
        choice = choose_device("cpu" if opened.is_own and device == "auto" else device)
        metadata, layers = opened.metadata, opened.network.layer_infos()
        self._device = choice.device
        self._network = opened.network.to(choice.device)
        self._network.eval()
        self._form = opened.form
        self._temperature = number_in(weights, metadata, "temperature", 1.0, positive=True)
        count = layers[-1].shape[0]
        named = metadata.get("classes", ",".join(str(number) for number in range(count)))
        classes = tuple(named.split(","))
        if len(classes) != count:
            raise DigitpadError(
                f"{weights} names {len(classes)} classes where the network has {count}; take "
                "another file"
            )
        self._rejection = Rejection.from_metadata(weights, {**metadata, "classes": named})
        self.info = NetworkInfo(
            network=opened.network.name,
            title=opened.network.title,
            classes=classes,
            parameters=opened.parameters,
            layers=layers,
            weights_file=str(weights),
            device=choice.device.type,
            device_report=choice.report,
            metadata=metadata,
            side=opened.form.side,
            fit=opened.form.fit,
            gives_distances=opened.gives_distances,
            tutorial=opened.tutorial,
            notes=opened.notes,
        )
        self.recognize(np.zeros((28, 28), np.float32))

    def recognize(self, digit: np.ndarray) -> Recognition:
        """Read one digit, float32 (28, 28) in [0, 1].

        An empty digit (all zeros) is answered too, with accepted False and the reason. Raises
        ValueError for another shape and for values that are not finite.
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
            accepted=not reason,
            reason=reason,
            milliseconds=(time.perf_counter() - started) * 1000,
        )

    def logits(self, digits: np.ndarray) -> np.ndarray:
        """Logits float32 (n, classes) of digits float32 (n, 28, 28) in [0, 1]; n may be 0.

        Raises ValueError for another shape and for values that are not finite.
        """
        if np.ndim(digits) != 3 or np.shape(digits)[1:] != (28, 28):
            raise ValueError(f"digits are (n, 28, 28), not {np.shape(digits)}")
        parts = [np.empty((0, len(self.info.classes)), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(digits), _BATCH):
                batch = self._input_of(np.asarray(digits[start : start + _BATCH]))
                parts.append(self._network(batch).cpu().numpy())
        return np.concatenate(parts)

    def answers(self, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The likeliest class, int64 (n,), of digits float32 (n, 28, 28), and whether each looks
        like one, bool."""
        logits = self.logits(digits)
        return logits.argmax(axis=1), self._rejection.accepted(digits, logits)

    def read_many(self, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Probabilities float32 (n, classes) of digits uint8 (n, 28, 28), and whether each looks
        like one, bool (n,); n may be 0. Raises ValueError for another shape."""
        logits = self.logits(digits.astype(np.float32) / 255)
        probabilities = torch.softmax(torch.from_numpy(logits) / self._temperature, dim=1).numpy()
        return probabilities, self._rejection.accepted(digits, logits)

    def _input_of(self, digits: np.ndarray) -> torch.Tensor:
        if not np.isfinite(digits).all():
            raise ValueError("a digit has values that are not finite")
        batch = torch.from_numpy(np.ascontiguousarray(digits, dtype=np.float32)).to(self._device)
        return self._form.of(batch.unsqueeze(1))
