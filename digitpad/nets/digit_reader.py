"""What every reader of digits does, whatever computes its layers."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import FIELD
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.core.weights_record import WeightsRecord
from digitpad.nets.inputs import InputForm
from digitpad.nets.rejection import RejectionRule

Floats = npt.NDArray[np.float32]


class DigitReader(ABC):
    """A network with its weights, ready to read digits; what computes its layers is a subclass.

    info: what it is and on which device it runs.
    """

    batch = 500
    """How many digits are computed at once."""

    def __init__(self, info: NetworkInfo, form: InputForm, record: WeightsRecord) -> None:
        """form: how a digit becomes the network's input. record: has temperature and threshold."""
        self.info = info
        self._form = form
        self._temperature = np.float32(record.temperature or 1.0)
        self._rule = RejectionRule(record.reject_energy)

    @property
    def form(self) -> InputForm:
        """How a digit becomes its input."""
        return self._form

    @abstractmethod
    def _layers_of(self, digit: Floats) -> tuple[Floats, dict[str, Floats], Floats]:
        """Of one digit (28, 28): the logits (classes,), each layer's output by its name in the
        shape that its info gives, and the network's input (side, side)."""

    @abstractmethod
    def _logits_of(self, digits: Floats) -> Floats:
        """Logits (n, classes) of digits (n, 28, 28), n at most batch."""

    def recognize(self, digit: np.ndarray) -> Recognition:
        """Read one digit, float32 (28, 28) in [0, 1].

        An empty digit (all zeros) is answered too, and rejected. Raises
        ValueError for another shape and for values that are not finite.
        """
        started = time.perf_counter()
        if np.shape(digit) != (FIELD, FIELD):
            raise ValueError(f"a digit is (28, 28), not {np.shape(digit)}")
        logits, activations, taken = self._layers_of(_checked(digit))
        return Recognition(
            logits=logits,
            probabilities=self._probabilities(logits[None])[0],
            activations=activations,
            rejection=self._rule.rejection(digit, logits),
            milliseconds=(time.perf_counter() - started) * 1000,
            input=taken if self._form.fit == "resize" else None,
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
        for start in range(0, len(digits), self.batch):
            parts.append(self._logits_of(_checked(digits[start : start + self.batch])))
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
        return self._probabilities(logits), self._rule.accepted(digits, logits)

    def _probabilities(self, logits: Floats) -> Floats:
        """Softmax of logits (n, classes): float32 (n, classes), the same for all classes where the
        logits are no numbers to make it of. Outputs that are sigmoids stay as they are."""
        if self.info.gives_sigmoids:
            found = logits.copy()
        else:
            with np.errstate(all="ignore"):
                scaled = logits / self._temperature
                found = np.exp(scaled - scaled.max(axis=1, keepdims=True, initial=-np.inf))
                found /= found.sum(axis=1, keepdims=True)
        found[np.isnan(found).any(axis=1)] = 1 / found.shape[1]
        return found


def _checked(digits: np.ndarray) -> Floats:
    """Digits as they are computed with; raises ValueError where one is not finite."""
    if not np.isfinite(digits).all():
        raise ValueError("a digit has values that are not finite")
    return np.ascontiguousarray(digits, dtype=np.float32)
