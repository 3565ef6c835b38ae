"""What two networks that read side by side say of the same classes, each beside the other."""

from __future__ import annotations

import numpy as np

from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import Row

_NO_SHARES = np.zeros(0, np.float32)


def shares_beside(session: Session, row: Row) -> np.ndarray | None:
    """What the other row's network says of the same classes, to be held against a row's.

    float32 (classes,), empty while it has no answer; None where no second network reads, or it
    tells other classes apart.
    """
    second, info = session.second, session.info
    if second is None or info is None or second.classes != info.classes:
        return None
    other = session.second_recognition if row is Row.UPPER else session.recognition
    return _NO_SHARES if other is None else other.probabilities
