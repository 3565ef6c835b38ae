"""A digit becomes an answer and every layer's activations."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import torch

from digitpad.core.constants import FIELD
from digitpad.core.paths import shipped_weights
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.nets.devices import choose_device
from digitpad.nets.files.opening import open_weights
from digitpad.nets.inputs import InputForm
from digitpad.nets.modules import InspectableModel
from digitpad.nets.rejection import RejectionRule
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices

_BATCH = 500


class Recognizer:
    """A network with its weights, ready to read digits.

        Recognizer().recognize(picture_to_digit("photo.jpg")).answer

    info: what it is and on which device it runs. An ordinary object: it starts no process and no
    thread, and changes no setting of PyTorch's. A program that reads digit by digit on the CPU does
    well to call torch.set_num_threads(1), since a single digit is read fastest by one thread.
    """

    def __init__(
        self,
        weights: Path | str | None = None,
        device: str = "auto",
        net: str = "",
        choices: OpenChoices = NOTHING_SAID,
    ) -> None:
        """Load weights for a device and read once to warm up.

        weights: a file that open_weights takes; without it LeNet-5's, which come with Digitpad.
        device: one of DEVICE_NAMES. net and choices: as open_weights takes them; a module of the
        reader's own runs on the CPU for "auto", since its code may make tensors there. Raises
        DigitpadError where the file, the network or the device cannot be used.
        """
        weights = shipped_weights() if weights is None else Path(weights)
        opened = open_weights(weights, net, choices)
        choice = choose_device("cpu" if opened.is_own and device == "auto" else device)
        self._device = choice.device
        self._network = opened.network.to(choice.device)
        self._network.eval()
        self._form = opened.form
        self._gives_sigmoids = opened.gives_sigmoids
        self._temperature = opened.record.temperature or 1.0
        self._rule = RejectionRule(opened.record.reject_energy)
        self.info = NetworkInfo(
            network=opened.network.name,
            title=opened.network.title,
            classes=opened.classes,
            parameters=opened.parameters,
            layers=opened.network.layer_infos(),
            weights_file=str(weights),
            device=choice.device.type,
            device_report=choice.report,
            metadata=opened.record.as_metadata(),
            side=opened.form.side,
            fit=opened.form.fit,
            gives_distances=opened.gives_distances,
            tutorial=opened.tutorial,
            notes=opened.notes,
            gives_sigmoids=opened.gives_sigmoids,
            fed_by=opened.fed_by,
        )
        self.recognize(np.zeros((FIELD, FIELD), np.float32))

    @property
    def network(self) -> InspectableModel:
        """The network itself, for what looks inside it."""
        return self._network

    @property
    def form(self) -> InputForm:
        """How a digit becomes its input."""
        return self._form

    @property
    def device(self) -> torch.device:
        """Where it runs."""
        return self._device

    def recognize(self, digit: np.ndarray) -> Recognition:
        """Read one digit, float32 (28, 28) in [0, 1].

        An empty digit (all zeros) is answered too, and rejected. Raises
        ValueError for another shape and for values that are not finite.
        """
        started = time.perf_counter()
        if np.shape(digit) != (FIELD, FIELD):
            raise ValueError(f"a digit is (28, 28), not {np.shape(digit)}")
        with torch.inference_mode():
            taken = self._input_of(np.asarray(digit)[None])
            logits, layers = self._network.activations(taken)
            probabilities = self._probabilities(logits)[0]
            activations = {name: layer[0].cpu().numpy() for name, layer in layers.items()}
            answer = logits[0].cpu().numpy()
        return Recognition(
            logits=answer,
            probabilities=probabilities,
            activations=activations,
            rejection=self._rule.rejection(digit, answer),
            milliseconds=(time.perf_counter() - started) * 1000,
            input=taken[0, 0].cpu().numpy() if self._form.fit == "resize" else None,
        )

    def judge(self, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Logits as logits() gives them, and whether each of the n digits is accepted, bool
        (n,)."""
        logits = self.logits(digits)
        return logits, self._rule.accepted(digits, logits)

    def logits(self, digits: np.ndarray) -> np.ndarray:
        """Logits float32 (n, classes) of digits float32 (n, 28, 28) in [0, 1]; n may be 0.

        Raises ValueError for another shape and for values that are not finite.
        """
        if np.ndim(digits) != 3 or np.shape(digits)[1:] != (FIELD, FIELD):
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
        logits, accepted = self.judge(digits)
        return logits.argmax(axis=1), accepted

    def read_batch(self, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Probabilities float32 (n, classes) of digits uint8 (n, 28, 28), and whether each looks
        like one, bool (n,); n may be 0. Raises ValueError for another shape."""
        logits = self.logits(digits.astype(np.float32) / 255)
        probabilities = self._probabilities(torch.from_numpy(logits))
        return probabilities, self._rule.accepted(digits, logits)

    def _probabilities(self, logits: torch.Tensor) -> np.ndarray:
        """Softmax of logits (n, classes), on whichever device: float32 (n, classes), the same for
        all classes where the logits are no numbers to make it of. Outputs that are sigmoids stay as
        they are."""
        if self._gives_sigmoids:
            found = logits.cpu().numpy().copy()
        else:
            found = torch.softmax(logits / self._temperature, dim=1).cpu().numpy()
        found[np.isnan(found).any(axis=1)] = 1 / found.shape[1]
        return found

    def _input_of(self, digits: np.ndarray) -> torch.Tensor:
        if not np.isfinite(digits).all():
            raise ValueError("a digit has values that are not finite")
        batch = torch.from_numpy(np.ascontiguousarray(digits, dtype=np.float32)).to(self._device)
        return self._form.of(batch.unsqueeze(1))
