"""What goes through the pipe between the window and its recogniser.

A message is a magic word, the lengths of its two parts (little-endian uint32), a JSON header and a
body of numbers:

    b"DGTP"  header bytes  body bytes  {"kind": ..., ...}  ...

Requests:  {"kind": "recognize", "request": n} with a digit as body, float32;
           {"kind": "open", "role": "network" or "second network", "weights": path, "net": name};
           {"kind": "close second network"}, which has no reply;
           {"kind": "read many", "request": n} with at most MOST_AT_ONCE digits as body, uint8.
Replies:   {"kind": "ready", "role": ..., "facts": {...}};
           {"kind": "recognition", "role": ..., "request": n, ...} with the arrays as body, float32; where there is a
           second network, a recognition of the network is followed by the second network's of the same request ("more" says so);
           {"kind": "many", "request": n, "shape": [digits, classes]} with the probabilities, float32, and whether each
           looks like a digit, uint8;
           {"kind": "refused", "role": ..., "message": ...}: the request can't be met, all else goes on;
           {"kind": "failed", "message": ...}: the recogniser can't go on and ends.

Either side takes what the other sends as hostile: lengths are bounded, headers must be JSON objects
with the fields named here.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from digitpad.core.results import (
    LayerInfo,
    LayerKind,
    NetworkInfo,
    Recognition,
    Rejection,
    RejectionReason,
)
from digitpad.ink.normalize import FIELD

_MAGIC = b"DGTP"
_LENGTHS = struct.Struct("<4sII")
_MAX_HEADER_BYTES = 1 << 20
_MAX_BODY_BYTES = 64 << 20

NETWORK, SECOND = "network", "second"
"""The roles: the network that answers, and the one that reads every digit beside it."""

MOST_AT_ONCE = 500
"""How many digits one request to read many may hold."""

Message = tuple[dict[str, Any], bytes]


class ProtocolError(Exception):
    """The other side sent something that is no message."""


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
            if magic != _MAGIC or header_bytes > _MAX_HEADER_BYTES or body_bytes > _MAX_BODY_BYTES:
                raise ProtocolError("the stream holds something that is no message")
            end = _LENGTHS.size + header_bytes + body_bytes
            if len(self._waiting) < end:
                return
            body_at = _LENGTHS.size + header_bytes
            header, body = (
                bytes(self._waiting[_LENGTHS.size : body_at]),
                bytes(self._waiting[body_at:end]),
            )
            del self._waiting[:end]
            yield _header(header), body
        if not _MAGIC.startswith(self._waiting[:4]):
            raise ProtocolError("the stream holds something that is no message")


def _header(encoded: bytes) -> dict[str, Any]:
    try:
        header = json.loads(encoded)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("a message's header is not JSON") from error
    if not isinstance(header, dict) or not isinstance(header.get("kind"), str):
        raise ProtocolError("a message's header names no kind")
    return header


def encode(header: dict[str, Any], body: bytes = b"") -> bytes:
    """A message as bytes."""
    encoded = json.dumps(header).encode()
    return _LENGTHS.pack(_MAGIC, len(encoded), len(body)) + encoded + body


def encode_request(request: int, digit: np.ndarray) -> bytes:
    """Ask what a digit, float32 (28, 28), is."""
    return encode(
        {"kind": "recognize", "request": request},
        np.ascontiguousarray(digit, dtype="<f4").tobytes(),
    )


def decode_digit(body: bytes) -> np.ndarray:
    """The digit of a request: float32 (28, 28); raises ProtocolError where it is not one."""
    if len(body) != FIELD * FIELD * 4:
        raise ProtocolError(f"a digit has {FIELD * FIELD * 4} bytes, not {len(body)}")
    digit = np.frombuffer(body, dtype="<f4").reshape(FIELD, FIELD).astype(np.float32)
    if not np.isfinite(digit).all():
        raise ProtocolError("a digit holds numbers that are not finite")
    return digit


def encode_open(weights: Path, net: str, role: str) -> bytes:
    """Ask to load a network in a role."""
    return encode({"kind": "open", "role": role, "weights": str(weights), "net": net})


def encode_many_request(request: int, digits: np.ndarray) -> bytes:
    """Ask what digits, uint8 (n, 28, 28), n at most MOST_AT_ONCE, are."""
    return encode(
        {"kind": "read many", "request": request},
        np.ascontiguousarray(digits, dtype=np.uint8).tobytes(),
    )


def decode_many_request(body: bytes) -> np.ndarray:
    """The digits of a request to read many: uint8 (n, 28, 28); raises ProtocolError where there
    are none, part of one or too many."""
    count, rest = divmod(len(body), FIELD * FIELD)
    if rest or not 1 <= count <= MOST_AT_ONCE:
        raise ProtocolError(
            f"1 to {MOST_AT_ONCE} whole digits can be read at once, not {len(body)} bytes"
        )
    return np.frombuffer(body, dtype=np.uint8).reshape(count, FIELD, FIELD)


def encode_many(request: int, probabilities: np.ndarray, accepted: np.ndarray) -> bytes:
    """Answer a request to read many."""
    body = (
        np.ascontiguousarray(probabilities, dtype="<f4").tobytes()
        + accepted.astype(np.uint8).tobytes()
    )
    return encode({"kind": "many", "request": request, "shape": list(probabilities.shape)}, body)


def decode_many(header: dict[str, Any], body: bytes) -> tuple[int, np.ndarray, np.ndarray]:
    """The number of the request, probabilities float32 (n, classes) and accepted bool (n,);
    raises ProtocolError where they are not as expected."""
    try:
        count, classes = (int(n) for n in header["shape"])
        if not 1 <= count <= MOST_AT_ONCE or classes < 1 or len(body) != count * (4 * classes + 1):
            raise ValueError("the arrays do not fit")
        probabilities = np.frombuffer(body, dtype="<f4", count=count * classes).reshape(
            count, classes
        )
        accepted = np.frombuffer(body, dtype=np.uint8, offset=4 * count * classes).astype(bool)
        return int(header["request"]), probabilities, accepted
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ProtocolError("the answer to many digits is not as expected") from error


def encode_ready(info: NetworkInfo, role: str = NETWORK) -> bytes:
    """Say that a network is loaded."""
    described = asdict(info)
    for layer in described["layers"]:
        layer["layer_kind"] = layer["layer_kind"].value
    return encode({"kind": "ready", "role": role, "info": described})


def decode_info(header: dict[str, Any]) -> NetworkInfo:
    """The facts of a "ready" message; raises ProtocolError where they are not as expected."""
    try:
        info = dict(header["info"])
        layers = tuple(
            LayerInfo(
                **{
                    **layer,
                    "layer_kind": LayerKind(layer["layer_kind"]),
                    "shape": tuple(int(n) for n in layer["shape"]),
                    "connections": tuple(
                        tuple(int(n) for n in row) for row in layer["connections"]
                    ),
                }
            )
            for layer in info["layers"]
        )
        return NetworkInfo(
            **{
                **info,
                "layers": layers,
                "classes": tuple(str(name) for name in info["classes"]),
                "device_report": tuple(str(line) for line in info["device_report"]),
                "notes": tuple(str(note) for note in info["notes"]),
            }
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ProtocolError("the recogniser's info is not as expected") from error


def encode_recognition(
    request: int, recognition: Recognition, role: str = NETWORK, more: bool = False
) -> bytes:
    """Answer a request; more: the second network's answer follows."""
    arrays = {
        "logits": recognition.logits,
        "probabilities": recognition.probabilities,
        **recognition.activations,
    }
    header = {
        "kind": "recognition",
        "role": role,
        "more": more,
        "request": request,
        "rejection": _rejection_fields(recognition.rejection),
        "milliseconds": recognition.milliseconds,
        "arrays": [[name, list(array.shape)] for name, array in arrays.items()],
    }
    return encode(
        header,
        b"".join(np.ascontiguousarray(array, dtype="<f4").tobytes() for array in arrays.values()),
    )


def decode_recognition(header: dict[str, Any], body: bytes) -> tuple[int, Recognition]:
    """The number of the request and its answer; raises ProtocolError where they are not as
    expected."""
    try:
        arrays: dict[str, np.ndarray] = {}
        at = 0
        for name, shape in header["arrays"]:
            shape = tuple(int(n) for n in shape)
            count = int(np.prod(shape, dtype=np.int64))
            if count < 0 or at + 4 * count > len(body):
                raise ValueError("an array is longer than the message")
            arrays[str(name)] = np.frombuffer(body, dtype="<f4", count=count, offset=at).reshape(
                shape
            )
            at += 4 * count
        logits, probabilities = arrays.pop("logits"), arrays.pop("probabilities")
        if (
            at != len(body)
            or logits.ndim != 1
            or logits.shape != probabilities.shape
            or len(logits) == 0
        ):
            raise ValueError("the arrays do not fit")
        recognition = Recognition(
            logits=logits,
            probabilities=probabilities,
            activations=arrays,
            rejection=_rejection(header["rejection"]),
            milliseconds=float(header["milliseconds"]),
        )
        return int(header["request"]), recognition
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ProtocolError("an answer is not as expected") from error


def _rejection_fields(rejection: Rejection | None) -> list[Any] | None:
    return None if rejection is None else [rejection.reason.value, list(rejection.classes)]


def _rejection(fields: Any) -> Rejection | None:
    if fields is None:
        return None
    reason, classes = fields
    return Rejection(RejectionReason(reason), tuple(int(one) for one in classes))
