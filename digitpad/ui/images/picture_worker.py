"""Work that would hold the window up, done one piece after the other in a thread beside it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _

DoneT = TypeVar("DoneT")


@dataclass(eq=False)
class _Task:
    """What is to be done, and who is told. is_wanted: False once a newer of its kind came."""

    kind: str
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]
    is_wanted: bool = True
    result: Any = None
    error: BaseException | None = None


class Worker(QObject):
    """Does work in one thread and tells of it in the window's own; of each kind of work the newest
    is wanted only.

    numpy and Pillow let go of the interpreter while they compute, so that the pen goes on.
    """

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """No thread is started before there is work."""
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._newest: dict[str, tuple[_Task, Future[None]]] = {}
        self._is_stopped = False
        self._ended.connect(self._tell)

    def ask(
        self,
        kind: str,
        work: Callable[[], DoneT],
        done: Callable[[DoneT], None],
        failed: Callable[[str], None],
    ) -> None:
        """Have this done when what was asked before is done; done takes what it gives, failed the
        line of its DigitpadError. Neither is called once a newer of its kind is asked for, or
        drop() is called."""
        self.drop(kind)
        if self._is_stopped:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "pictures")
        task = _Task(kind, work, done, failed)
        self._newest[kind] = task, self._pool.submit(self._do, task)

    def drop(self, kind: str) -> None:
        """Nothing of this kind is wanted any more."""
        if kind in self._newest:
            task, future = self._newest.pop(kind)
            task.is_wanted = False
            future.cancel()

    def stop(self) -> None:
        """Nothing is done or told after this; waits for what is under way."""
        self._is_stopped = True
        for kind in tuple(self._newest):
            self.drop(kind)
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _do(self, task: _Task) -> None:
        """In the thread."""
        if not task.is_wanted:
            return
        try:
            task.result = task.work()
        except BaseException as error:
            task.error = error
        self._ended.emit(task)

    def _tell(self, task: _Task) -> None:
        if not task.is_wanted:
            return
        del self._newest[task.kind]
        task.is_wanted = False
        if task.error is None:
            task.done(task.result)
        elif isinstance(task.error, DigitpadError):
            task.failed(str(task.error))
        elif isinstance(task.error, MemoryError):
            task.failed(_("There is not enough memory for the picture; take a smaller one"))
        else:
            raise task.error
