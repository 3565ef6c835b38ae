"""Work that gives way to what a person does: low priority, and one core left alone."""

from __future__ import annotations

import contextlib
import os
import sys

_NICENESS = 10
_BELOW_NORMAL = 0x4000


def give_way() -> None:
    """Lower this process's priority, and that of those it starts, and leave one core to others
    where there are several; before torch is imported, whose threads follow from it.

    Where the system does not let it, nothing happens.
    """
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "win32":
            import ctypes

            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
        else:
            os.nice(_NICENESS)
    count = os.cpu_count() or 1
    if hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):
            mine = sorted(os.sched_getaffinity(0))
            count = len(mine)
            if count > 1:
                os.sched_setaffinity(0, mine[1:])
    # What the person has set stays.
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, count - 1)))
