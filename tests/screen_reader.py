"""Someone who hears a running Digitpad: a desktop's accessibility bus, its tree and its events."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import open_dbus_connection

from tests.support import PATIENCE_MS

_SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
MISSING = [
    name
    for name, is_there in (
        ("dbus-daemon", shutil.which("dbus-daemon") is not None),
        ("at-spi2-core", _SERVICE.is_file()),
    )
    if not is_there
]
"""What is not installed of what hearing takes."""

_PATIENCE_S = PATIENCE_MS / 1000
_MOMENT_S = 0.02
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"
_FOCUSABLE, _FOCUSED, _SHOWING = 11, 12, 25


@dataclass(frozen=True)
class Event:
    """What the program told of: its kind, such as "Announcement"; what of it, such as
    "accessible-name" of a "PropertyChange"; a number, which of an announcement is its politeness;
    and what it says."""

    kind: str
    detail: str
    number: int
    text: str


@dataclass(frozen=True)
class Heard:
    """A part of the window as a screen reader has it."""

    role: str
    name: str
    description: str
    is_focusable: bool
    has_focus: bool
    is_showing: bool


class ScreenReader:
    """Listens on a desktop of its own, for which ``environment`` starts programs.

    As a screen reader does, it says that it is there, asks for events, and walks the tree.
    """

    def __init__(self, display: str) -> None:
        # Not in a test's own folder, whose name may be too long for a socket.
        self._folder = tempfile.mkdtemp(prefix="dp", dir="/tmp")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("QT_")
        }
        for name in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE"):
            self.environment.pop(name, None)
        self.environment |= {"DISPLAY": display, "XDG_RUNTIME_DIR": self._folder}
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._bus.stdout is not None
        address = self._bus.stdout.readline().strip()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self._session = open_dbus_connection(address)
        desk = "/org/a11y/bus", "org.a11y.Bus"
        found = new_method_call(DBusAddress(*desk, "org.a11y.Bus"), "GetAddress")
        heard_at = self._session.send_and_get_reply(found, timeout=_PATIENCE_S).body[0]
        status = Properties(DBusAddress(*desk, "org.a11y.Status"))
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            self._session.send_and_get_reply(status.set(name, "b", True), timeout=_PATIENCE_S)
        self._connection = open_dbus_connection(heard_at)
        registry = "org.a11y.atspi.Registry", "/org/a11y/atspi/registry"
        self._call(registry, registry[0], "RegisterEvent", "s", ("object:",))
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        self._connection.send_and_get_reply(message_bus.AddMatch(rule))
        self._queue: deque[Any] = deque()
        self._focus = _ROOT
        self._connection.filter(rule, queue=self._queue).__enter__()

    def close(self) -> None:
        self._connection.close()
        self._session.close()
        self._bus.terminate()
        self._bus.communicate(timeout=60)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _call(
        self, of: tuple[str, str], interface: str, method: str, kind: str = "", what: Any = ()
    ) -> Any:
        call = new_method_call(DBusAddress(of[1], of[0], interface), method, kind or None, what)
        return self._connection.send_and_get_reply(call, timeout=_PATIENCE_S).body

    # The tree.

    def _children(self, of: tuple[str, str]) -> list[tuple[str, str]]:
        return list(self._call(of, _ACCESSIBLE, "GetChildren")[0])

    def parts(self) -> Iterator[Heard]:
        """All parts of all windows, as they are now."""
        for application in self._children(_ROOT):
            yield from self._below(application)

    def _below(self, of: tuple[str, str]) -> Iterator[Heard]:
        has = Properties(DBusAddress(of[1], of[0], _ACCESSIBLE))
        texts = [
            self._connection.send_and_get_reply(has.get(name), timeout=_PATIENCE_S).body[0][1]
            for name in ("Name", "Description")
        ]
        states = self._call(of, _ACCESSIBLE, "GetState")[0][0]
        is_in = [bool(states >> state & 1) for state in (_FOCUSABLE, _FOCUSED, _SHOWING)]
        yield Heard(self._call(of, _ACCESSIBLE, "GetRoleName")[0], texts[0], texts[1], *is_in)
        for child in self._children(of):
            yield from self._below(child)

    def named(self, pattern: str) -> list[Heard]:
        """The parts with such a name that are to be seen."""
        return [one for one in self.parts() if one.is_showing and re.fullmatch(pattern, one.name)]

    # The events.

    def hear(self, seconds: float = 0.0) -> list[Event]:
        """What was told since it was last asked, and for so long from now."""
        self._listen(seconds)
        events = []
        while self._queue:
            message = self._queue.popleft()
            detail, number, _, (_, said) = message.body[:4]
            header = message.header.fields
            kind = header[HeaderFields.member]
            if (kind, detail, number) == ("StateChanged", "focused", 1):
                self._focus = header[HeaderFields.sender], header[HeaderFields.path]
            events.append(Event(kind, detail, number, said if isinstance(said, str) else ""))
        return events

    def focus(self) -> str:
        """The name of what was last told to have the keys, in lists and menus that are open over a
        window too, which its tree does not have; "" where it is not there any more."""
        self.hear(_MOMENT_S)
        name = Properties(DBusAddress(self._focus[1], self._focus[0], _ACCESSIBLE)).get("Name")
        reply = self._connection.send_and_get_reply(name, timeout=_PATIENCE_S)
        is_answer = reply.header.message_type is MessageType.method_return
        return str(reply.body[0][1]) if is_answer else ""

    def _listen(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self._connection.recv_messages(timeout=left)
            except TimeoutError:
                return

    def announced(self, more_s: float = 0.0) -> list[str]:
        """What is announced since it was last asked: waits for something, and for so long after
        that."""
        said: list[str] = []
        end = time.monotonic() + 3 * _PATIENCE_S
        while not said:
            assert time.monotonic() < end, "nothing is announced"
            said += [event.text for event in self.hear(0.05) if event.kind == "Announcement"]
        return said + [event.text for event in self.hear(more_s) if event.kind == "Announcement"]
