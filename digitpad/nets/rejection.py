"""Whether what was drawn is a digit at all, judged from the ink and the logits.

The network learns on drawings that are no digits too: there its logits stay alike. The energy, the
logarithm of the sum of the logits' exponentials, taken above their mean, then tells digits from all
else; the threshold comes with the weights, set on validation data.

Energy as a score: Liu, Wang, Owens and Li, "Energy-based Out-of-distribution Detection" (2020),
section 3. The mean is our addition: softmax does not see what all logits share, and a network of
ReLUs lets that drift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitpad.core.results import Rejection, RejectionReason

BETWEEN_MARGIN = 1.0


@dataclass(frozen=True)
class RejectionRule:
    """The threshold that the energy of a digit's logits has to reach; without one, all that is
    drawn is accepted."""

    threshold: float | None = None

    def accepted(self, digits: np.ndarray, logits: np.ndarray) -> np.ndarray:
        """bool (n,) for digits float32 (n, 28, 28) and their logits float32 (n, classes)."""
        drawn = np.any(digits, axis=(1, 2)) & is_defined(logits)
        if self.threshold is None:
            return drawn
        return drawn & (energy(logits) >= self.threshold)

    def rejection(self, digit: np.ndarray, logits: np.ndarray) -> Rejection | None:
        """Why a digit, float32 (28, 28), with its logits, float32 (classes,), is rejected; None
        where it is not."""
        if self.accepted(digit[None], logits[None])[0]:
            return None
        if not digit.any():
            return Rejection(RejectionReason.NOTHING_DRAWN)
        if not is_defined(logits[None])[0]:
            return Rejection(RejectionReason.UNDEFINED)
        if _is_blot(digit):
            return Rejection(RejectionReason.BLOT)
        first, second, *others = (int(one) for one in np.argsort(-logits, kind="stable")[:3])
        rest = logits[others[0]] if others else -np.inf
        # Two that stand close together and well above the rest; where all are alike there is no
        # "between".
        if logits[first] - logits[second] < BETWEEN_MARGIN <= logits[second] - rest:
            return Rejection(RejectionReason.BETWEEN, (first, second))
        return Rejection(RejectionReason.UNLIKE_ANY)


def energy(logits: np.ndarray) -> np.ndarray:
    """log sum exp of logits float (n, classes) above their mean: float (n,), high for what the
    network knows; NaN where they are not is_defined()."""
    with np.errstate(invalid="ignore", over="ignore"):
        peak = logits.max(axis=1, initial=-np.inf)
        return peak - logits.mean(axis=1) + np.log(np.exp(logits - peak[:, None]).sum(axis=1))


def is_defined(logits: np.ndarray) -> np.ndarray:
    """Whether probabilities can be made of logits, float (n, classes): bool (n,). They cannot
    where one is NaN or positive infinity, or all are negative infinity."""
    return np.isfinite(logits.max(axis=1, initial=-np.inf))


def _is_blot(digit: np.ndarray) -> bool:
    """Whether nearly all of the ink's box is ink: no line in it."""
    rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
    box = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return min(box.shape) > 8 and float(box.mean()) > 0.6
