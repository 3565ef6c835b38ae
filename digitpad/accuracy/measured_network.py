"""Networks to be measured: which they are, and what they make of digits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from digitpad.accuracy.evaluation import Evaluation
from digitpad.core.constants import DIGITS
from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.core.languages import _
from digitpad.datasets.of_network import reads_digits
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.declaration import OURS
from digitpad.nets.spec.record import FILE_LIMIT_BYTES, read_record


class MeasuredNetwork:
    """A weights file to be measured.

    name: the file's name without its ending; digest: the first twelve digits of the file's SHA-256;
    temperature: what the logits are divided by for probabilities; rejects: whether the weights say
    what to reject.
    """

    def __init__(self, weights: Path) -> None:
        """Load weights for the CPU, where figures are the same on every machine.

        Raises DigitpadError where they cannot be used, or are not for the ten digits.
        """
        self.name = weights.stem
        self.digest = hashlib.sha256(read_limited(weights, FILE_LIMIT_BYTES)).hexdigest()[:12]
        self._recognizer = Recognizer(weights, "cpu")
        self.info = self._recognizer.info
        if not reads_digits(self.info):
            raise DigitpadError(
                _("{weights} is not for the ten digits; leave it out").format(weights=weights)
            )
        self.temperature = self.info.record.temperature or 1.0
        self.rejects = self.info.record.reject_energy is not None

    def read(self, digits: np.ndarray, labels: np.ndarray) -> Evaluation:
        """Read digits float32 (n, 28, 28) in [0, 1] with labels int (n,)."""
        logits, accepted = self._recognizer.judge(digits)
        return Evaluation(np.asarray(labels, np.int64), logits, accepted)


def shipped_networks(lenet5: Path) -> list[Path]:
    """The weights files beside LeNet-5's that are for the ten digits and by our recipe, it first,
    then by name.

    What comes out of the tutorials' recipes stands in docs/reports/networks.md.
    """
    records = {
        path: read_record(path)
        for path in sorted(lenet5.parent.glob("*.safetensors"))
        if path != lenet5
    }
    ours = (path for path, record in records.items() if record.recipe in ("", OURS))
    return [lenet5, *(path for path in ours if records[path].classes == DIGITS)]


def check_names(paths: Sequence[Path]) -> None:
    """Raise DigitpadError where two weights files have the same name: their tables could not be
    told apart."""
    names = [path.stem for path in paths]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise DigitpadError(
            _("two weights files are named {twice}; rename one").format(twice=twice)
        )
