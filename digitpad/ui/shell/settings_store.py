"""The settings' one owner: read once, kept in the platform's place."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import fields, replace
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.files import free_name
from digitpad.core.languages import _
from digitpad.core.paths import config_folder
from digitpad.ui.shell.settings import MOST_RECENT, Settings, checked

NAME = "settings.ini"
VERSION = 1
SAVE_MS = 1_000
_MOST_BYTES = 256 << 10
_VERSION_KEY = "version"


class SettingsStore(QObject):
    """What is remembered, in memory alone or in a file.

    Attributes:
        values: what is set now.
        file: where it is kept; None where it is forgotten at the end.
        is_first: whether there was no such file: the person is here for the first time.
        trouble: what the person should know of the file, in a line; "" for nothing.

    Signals:
        changed (object): the names of the settings that were given other values, a set.
        said (str): the file cannot be written, said once.
    """

    changed = Signal(object)
    said = Signal(str)

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        """Read the file once; one that is damaged, huge or of a newer version is set aside."""
        super().__init__(parent)
        self.file = file
        self.is_first = file is not None and not file.exists()
        self.trouble = ""
        self._unsaved: set[str] = set()
        self._is_writable = file is not None
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.save)
        self.values = Settings() if file is None else self._read(file)

    @classmethod
    def of_person(cls, parent: QObject | None = None) -> SettingsStore:
        """Those of whoever runs the program; in memory alone where there is no home folder."""
        try:
            return cls(config_folder() / NAME, parent)
        except DigitpadError as error:
            store = cls(None, parent)
            store.trouble = _("Nothing is remembered: {why}.").format(why=error)
            return store

    def change(self, **values: Any) -> None:
        """Give settings other values, by the names of Settings; they are written in a moment."""
        before = self.values
        self.values = replace(before, **values)
        names = {name for name in values if getattr(before, name) != getattr(self.values, name)}
        if not names:
            return
        self._unsaved |= names
        if self._is_writable:
            self._timer.start()
        self.changed.emit(names)

    def note_recent(self, file: Path) -> None:
        """Put a file at the head of those that were opened or saved."""
        self.change(recent=(str(file), *self._recent_without(file))[:MOST_RECENT])

    def drop_recent(self, file: Path) -> None:
        """Take a file off that list."""
        self.change(recent=self._recent_without(file))

    def _recent_without(self, file: Path) -> tuple[str, ...]:
        return tuple(one for one in self.values.recent if one != str(file))

    def reset(self) -> None:
        """Everything as at first, but for the files that were opened, the window's place and the
        first steps."""
        kept = {"recent", "place", "is_maximized", "first_steps", "steps_done"}
        self.change(
            **{each.name: each.default for each in fields(Settings) if each.name not in kept}
        )

    def save(self) -> None:
        """Write what has changed, and nothing else: another window may have changed the rest."""
        self._timer.stop()
        if not self._unsaved or self.file is None or not self._is_writable:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            self._give_up()
            return
        kept = QSettings(str(self.file), QSettings.Format.IniFormat)
        kept.setValue(_VERSION_KEY, VERSION)
        for name in self._unsaved:
            value = getattr(self.values, name)
            kept.setValue(name, _kept(value))
        kept.sync()
        self._unsaved.clear()
        if kept.status() is not QSettings.Status.NoError:
            self._give_up()

    def _give_up(self) -> None:
        self._is_writable = False
        self.said.emit(
            _("Settings cannot be written, and are forgotten at the end: {file}.").format(
                file=self.file
            )
        )

    def _read(self, file: Path) -> Settings:
        wrong = _wrong_with(file)
        if wrong is not None:
            self.trouble = self._set_aside(file, wrong)
            return Settings()
        kept = QSettings(str(file), QSettings.Format.IniFormat)
        values = {name: kept.value(name) for name in kept.allKeys()}
        version = values.get(_VERSION_KEY, VERSION)
        if version not in (VERSION, str(VERSION)):
            self.trouble = self._set_aside(file, _newer)
            return Settings()
        if kept.status() is QSettings.Status.AccessError:
            self.trouble = _("The settings cannot be read: {file}.").format(file=file)
        return checked(values)

    def _set_aside(self, file: Path, wrong: Callable[[str, str], str]) -> str:
        """Move a file that cannot be used out of the way; returns what is to be said."""
        aside = free_name(file.with_suffix(".aside.ini"))
        try:
            file.replace(aside)
        except OSError:
            self._is_writable = False
            aside = file
        return wrong(str(file), str(aside))


def _kept(value: Any) -> Any:
    """A value as QSettings takes it."""
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _wrong_with(file: Path) -> Callable[[str, str], str] | None:
    """What is wrong with a file as a whole; None where nothing is, or it is not there."""
    try:
        if file.is_dir() or (file.exists() and not file.is_file()):
            return _damaged
        with file.open("rb") as stream:
            held = stream.read(_MOST_BYTES + 1)
    except OSError:
        return None
    if len(held) > _MOST_BYTES:
        return _damaged
    with contextlib.suppress(UnicodeDecodeError):
        text = held.decode()
        is_kept = all(
            not line.strip() or line.lstrip()[0] in "[;#" or "=" in line
            for line in text.splitlines()
        )
        if is_kept and "\0" not in text:
            return None
    return _damaged


def _damaged(file: str, aside: str) -> str:
    return _(
        "The settings were damaged and are as at first; what was there is kept in {aside}."
    ).format(aside=aside)


def _newer(file: str, aside: str) -> str:
    return _(
        "The settings are those of a newer Digitpad and are as at first; "
        "what was there is kept in {aside}."
    ).format(aside=aside)
