"""Whether what was drawn is a digit at all, judged from the ink and the logits.

The network learns on drawings that are no digits too: there its logits stay alike. The energy, the
logarithm of the sum of the logits' exponentials, taken above their mean, then tells digits from all
else; the threshold comes with the weights, set on validation data.

Energy as a score: Liu, Wang, Owens and Li, "Energy-based Out-of-distribution Detection" (2020),
section 3. The mean is our addition: softmax does not see what all logits share, and a network of
ReLUs lets that drift.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError

EMPTY = "nothing is drawn yet"
BETWEEN_MARGIN = 1.0


@dataclass(frozen=True)
class Rejection:
    """The threshold that the energy of a digit's logits has to reach; without one, all that is
    drawn is taken for a digit."""

    threshold: float | None = None
    classes: tuple[str, ...] = tuple("0123456789")

    @classmethod
    def from_metadata(cls, weights: Path, metadata: dict[str, str]) -> Rejection:
        """The threshold that a weights file records as reject_energy; raises DigitpadError where
        it is no number."""
        text = metadata.get("reject_energy")
        classes = tuple(metadata.get("classes", "0,1,2,3,4,5,6,7,8,9").split(","))
        if text is None:
            return cls(None, classes)
        try:
            threshold = float(text)
        except ValueError:
            threshold = math.nan
        if not math.isfinite(threshold):
            raise DigitpadError(
                f"{weights}: its reject_energy is {text[:40]!r}, no usable number; take another "
                "file"
            )
        return cls(threshold, classes)

    def accepted(self, digits: np.ndarray, logits: np.ndarray) -> np.ndarray:
        """bool (n,) for digits float32 (n, 28, 28) and their logits float32 (n, classes)."""
        drawn = np.any(digits, axis=(1, 2))
        if self.threshold is None:
            return drawn
        return drawn & (energy(logits) >= self.threshold)

    def reason(self, digit: np.ndarray, logits: np.ndarray) -> str:
        """Why a digit, float32 (28, 28), with its logits, float32 (classes,), is rejected;
        empty where it is not."""
        if self.accepted(digit[None], logits[None])[0]:
            return ""
        if not digit.any():
            return EMPTY
        if _is_blot(digit):
            return "no line to go by: a dot or a blot"
        first, second, third = np.argsort(-logits, kind="stable")[:3]
        # Two that stand close together and well above the rest; where all are alike there is no
        # "between".
        if logits[first] - logits[second] < BETWEEN_MARGIN <= logits[second] - logits[third]:
            return f"between {self.classes[first]} and {self.classes[second]}, and like neither"
        return "unlike any digit"


def energy(logits: np.ndarray) -> np.ndarray:
    """log sum exp of logits float (n, classes) above their mean: float (n,), high for what the
    network knows."""
    peak = logits.max(axis=1, initial=-np.inf)
    return peak - logits.mean(axis=1) + np.log(np.exp(logits - peak[:, None]).sum(axis=1))


def _is_blot(digit: np.ndarray) -> bool:
    """Whether nearly all of the ink's box is ink: no line in it."""
    rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
    box = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return min(box.shape) > 8 and float(box.mean()) > 0.6
