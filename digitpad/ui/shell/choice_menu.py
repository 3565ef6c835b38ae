"""A menu in which one of several values is set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from digitpad.core import languages
from digitpad.core.constants import TEXT_SIZES
from digitpad.core.languages import N_, _
from digitpad.ui.shell.settings import THEME_CHOICES

if TYPE_CHECKING:
    from digitpad.ui.shell.settings_store import SettingsStore

_THEMES = {
    "system": N_("As the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "high-contrast-light": N_("High contrast, light"),
    "high-contrast-dark": N_("High contrast, dark"),
}

Choices = Sequence[tuple[object, str]]
"""Values, each with its words."""


class ChoiceMenu(QMenu):
    """The choices of a setting, of which the one that is set is checked."""

    def __init__(
        self,
        name: str,
        choices: Callable[[], Choices],
        settings: Callable[[], SettingsStore],
        parent: QWidget | None = None,
    ) -> None:
        """name: of the setting. choices, settings: asked when the menu opens."""
        super().__init__(parent)
        self._name, self._choices, self._settings = name, choices, settings
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        store = self._settings()
        now = getattr(store.values, self._name)
        group = QActionGroup(self)
        for value, words in self._choices():
            # "&" would be a key.
            action = self.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == now)
            action.setActionGroup(group)
            action.triggered.connect(partial(self._choose, store, value))

    def _choose(self, store: SettingsStore, value: object, _checked: bool = False) -> None:
        store.change(**{self._name: value})


def language_choices() -> Choices:
    """The languages, each by its own name, and the system's before them."""
    own = [(each.code, each.name) for each in languages.available()]
    return [("", _("As the system")), *own]


def theme_choices() -> Choices:
    """The system's theme, and those of ours."""
    return [(one, _(_THEMES[one])) for one in THEME_CHOICES]


def text_size_choices() -> Choices:
    """The sizes of texts, in percent of what goes with the window's size."""
    return [(size, _("{size} %").format(size=size)) for size in TEXT_SIZES]
