"""What goes through the pipe between the window and its recogniser, and how it is cut into
messages.

A message is a magic word, the lengths of its two parts (little-endian uint32), a JSON header and a
body of numbers:

    b"DGTP"  header bytes  body bytes  {"kind": ..., ...}  ...

What a request and its replies hold is the affair of its row in requests.py. Each header has

    kind     the row's name; in replies also "refused" and "failed"
    request  the request's number, which its replies repeat; 0 for what is said without being asked
    role     which network is asked, or answers: "network" or "second"
    more     in replies: whether another reply to the same request follows
    content  the fields that the row's encoder gives

    {"kind": "refused", ..., "content": {"message": ...}}: the request can't be met, all else goes
    on; {"kind": "failed", ..., "content": {"message": ...}}: the recogniser can't go on and ends.
    {"kind": "later", ..., "content": {"message": ...}}: the request takes PyTorch, which is being
    loaded for it. One that changes the recogniser itself is answered then; any other is to be asked
    again after {"kind": "go on", "request": 0, ...}, before which {"kind": "taken over", "request":
    0, ...} describes each network that is read by PyTorch from now on.

Either side takes what the other sends as hostile: lengths are bounded, and every field is checked
as it is read (fields.py).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MAGIC = b"DGTP"
_LENGTHS = struct.Struct("<4sII")
_MAX_BODY_BYTES = 64 << 20
_LONGEST_NUMBER = 40

MAX_HEADER_BYTES = 1 << 20
"""How long a header may be: it is parsed in the window's own thread."""

NETWORK, SECOND = "network", "second"
"""The roles: the network that answers, and the one that reads every digit beside it."""

ROLES = (NETWORK, SECOND)
REFUSED, FAILED = "refused", "failed"
LATER, TAKEN_OVER, GO_ON = "later", "taken over", "go on"

Content = tuple[dict[str, Any], bytes]
"""What a row's encoder gives: fields by name, as JSON takes them, and the body."""


class ProtocolError(Exception):
    """The other side sent something that is no message, or not the one that is due."""


@dataclass(frozen=True)
class Message:
    """One message, taken apart; the content's fields are not yet checked."""

    kind: str
    request: int
    role: str
    more: bool
    content: dict[str, Any]
    body: bytes


class MessageReader:
    """Cuts a stream of bytes into messages, however the bytes arrive."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, chunk: bytes) -> Iterator[Message]:
        """The messages that are whole with this chunk; raises ProtocolError at the first byte
        that fits none."""
        self._waiting += chunk
        while len(self._waiting) >= _LENGTHS.size:
            magic, header_bytes, body_bytes = _LENGTHS.unpack_from(self._waiting)
            if magic != _MAGIC or header_bytes > MAX_HEADER_BYTES or body_bytes > _MAX_BODY_BYTES:
                raise ProtocolError("the stream holds something that is no message")
            body_at = _LENGTHS.size + header_bytes
            end = body_at + body_bytes
            if len(self._waiting) < end:
                return
            header = bytes(self._waiting[_LENGTHS.size : body_at])
            body = bytes(self._waiting[body_at:end])
            del self._waiting[:end]
            yield _message(header, body)
        if not _MAGIC.startswith(self._waiting[:4]):
            raise ProtocolError("the stream holds something that is no message")


def encode(
    kind: str, request: int, content: Content = ({}, b""), role: str = NETWORK, more: bool = False
) -> bytes:
    """A message as bytes."""
    fields, body = content
    header = {"kind": kind, "request": request, "role": role, "more": more, "content": fields}
    encoded = json.dumps(header).encode()
    return _LENGTHS.pack(_MAGIC, len(encoded), len(body)) + encoded + body


def _message(encoded: bytes, body: bytes) -> Message:
    try:
        header = _DECODER.decode(encoded.decode())
    except (ValueError, RecursionError) as error:
        raise ProtocolError("a message's header is not JSON") from error
    if not isinstance(header, dict):
        raise ProtocolError("a message's header is no object")
    found = (header.get(name) for name in ("kind", "request", "role", "more", "content"))
    match tuple(found):
        case (str(kind), int(request), str(role), bool(more), dict(content)) if (
            len(header) == 5 and role in ROLES and type(request) is int and 0 <= request < 1 << 62
        ):
            return Message(kind, request, role, more, content, body)
    raise ProtocolError("a message's header does not have its five fields")


def _integer(digits: str) -> int:
    # Python before 3.11 takes seconds for the digits that a header has room for.
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number without measure")
    return int(digits)


_DECODER = json.JSONDecoder(parse_int=_integer)
