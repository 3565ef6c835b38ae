"""Whether a pickle is one that can be loaded in little time and memory; nothing is unpickled here.

torch.load with weights_only runs nothing that a file names, but it does build whatever the pickle
says, and a few hundred bytes can say much: tuples that hold the same tuple twice, twenty times
over, take for ever to hash; opcodes that deflate well make millions of lists. The opcodes are read
here before anything is loaded.
"""

from __future__ import annotations

import io
import pickletools
import zipfile
from collections.abc import Iterator

from digitpad.core.languages import _

MOST_OPCODES = 400_000
"""A network of 2,000 tensors has about 120,000."""
MOST_PICKLE_BYTES = 16 << 20
_LARGEST_TUPLE = 10_000
_LEGACY_PICKLES = 5  # magic number, protocol, system, the object, the keys of its storages
_TUPLES: dict[str, int] = {"EMPTY_TUPLE": 0, "TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
_PUTS = {"PUT", "BINPUT", "LONG_BINPUT"}
_GETS = {"GET", "BINGET", "LONG_BINGET"}
_TAKES = {"APPEND": 1, "SETITEM": 2, "BUILD": 1, "REDUCE": 1, "NEWOBJ": 1, "NEWOBJ_EX": 2}
_TAKES_TO_MARK = {"APPENDS", "SETITEMS", "ADDITEMS"}
_MARK = -1


class UnsafePickleError(ValueError):
    """The pickle would take too much time or memory, or is no pickle; says why."""


def check_pickles(content: bytes) -> None:
    """Read the opcodes of all pickles in a file that torch.save wrote, zipped or of the old form.

    content: the whole file. Raises UnsafePickleError, or what zipfile raises where it is damaged.
    """
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if entry.filename.endswith(".pkl"):
                    if entry.file_size > MOST_PICKLE_BYTES:
                        raise UnsafePickleError(_("its list of tensors is too long"))
                    check_pickle(io.BytesIO(archive.read(entry)))
        return
    stream = io.BytesIO(content)
    for _pickle in range(_LEGACY_PICKLES):
        check_pickle(stream)


def check_pickle(stream: io.BytesIO) -> None:
    """Read the opcodes of the pickle at the stream's position, up to its end.

    Raises UnsafePickleError where there are more than MOST_OPCODES, where a tuple written out in
    full would be long or deep, or where the opcodes make no sense.
    """
    try:
        _Sizes().follow(pickletools.genops(stream))
    except UnsafePickleError:
        raise
    except Exception as error:
        # pickletools tells of damage in many ways: ValueError, UnicodeDecodeError, IndexError ...
        raise UnsafePickleError(_("it is damaged or cut short")) from error


class _Sizes:
    """A pickle machine that knows of each value only how many elements it has when its tuples are
    written out in full: what hashing it costs. Lists and dictionaries are never hashed and count
    as one."""

    def __init__(self) -> None:
        self._stack: list[int] = []
        self._memo: dict[int, int] = {}

    def follow(self, opcodes: Iterator[tuple[pickletools.OpcodeInfo, object, int | None]]) -> None:
        """Take all opcodes in, up to the end of the pickle."""
        for count, (opcode, argument, _place) in enumerate(opcodes):
            if count >= MOST_OPCODES:
                raise UnsafePickleError(_("it has too many parts"))
            self._take(opcode, argument)

    def _take(self, opcode: pickletools.OpcodeInfo, argument: object) -> None:
        name, stack = opcode.name, self._stack
        if name in _TUPLES:
            parts = [stack.pop() for _ in range(_TUPLES[name])]
            stack.append(self._tuple(parts))
        elif name == "TUPLE" or name == "FROZENSET":
            stack.append(self._tuple(self._to_mark()))
        elif name in ("LIST", "DICT"):
            self._to_mark()
            stack.append(1)
        elif name in ("INST", "OBJ"):
            raise UnsafePickleError(_("it holds an object of a program"))
        elif name in _TAKES_TO_MARK:
            self._to_mark()
        elif name in _TAKES:
            for _one in range(_TAKES[name]):
                stack.pop()
        elif name in _PUTS:
            assert isinstance(argument, int)
            self._memo[argument] = stack[-1]
        elif name == "MEMOIZE":
            self._memo[len(self._memo)] = stack[-1]
        elif name in _GETS:
            assert isinstance(argument, int)
            stack.append(self._memo[argument])
        elif name == "MARK":
            stack.append(_MARK)
        elif name == "POP_MARK":
            self._to_mark()
        elif name == "POP":
            stack.pop()
        elif name == "DUP":
            stack.append(stack[-1])
        elif name == "BINPERSID":
            stack[-1] = 1
        elif name == "STACK_GLOBAL":
            del stack[-2:]
            stack.append(1)
        else:
            # What is left puts a plain value on the stack, or does nothing to it.
            stack.extend(1 for _ in opcode.stack_after)

    def _to_mark(self) -> list[int]:
        parts = []
        while (size := self._stack.pop()) != _MARK:
            parts.append(size)
        return parts

    def _tuple(self, parts: list[int]) -> int:
        size = 1 + sum(parts)
        if size > _LARGEST_TUPLE:
            raise UnsafePickleError(_("it holds tuples within tuples without end"))
        return size
