"""Why 7, not 1? By ink, by ink that is missing, and by pieces of the pen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.ui.explain import why_words as words
from digitpad.ui.explain.asking_panel import AskingPanel
from digitpad.ui.explain.button_row import HEIGHT, arrange_buttons
from digitpad.ui.explain.ink_panel import InkPanel
from digitpad.ui.explain.pieces_panel import PiecesPanel
from digitpad.ui.explain.tool_panel import ToolPanel
from digitpad.ui.explain.why_words import WhyMode
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import Theme

_GAP = 8


class WhyPanel(ToolPanel):
    """A row of buttons that choose what is pictured, and above it what is said of it.

    Attributes:
        ink, pieces: the panels, of which one is shown at a time.
        mode: what is pictured.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet; the ink is pictured."""
        super().__init__(session, parent)
        self.mode = WhyMode.INK
        self.ink = InkPanel(session, self)
        self.pieces = PiecesPanel(session, self)
        for panel in (self.ink, self.pieces):
            panel.answered.connect(self._describe)
        self._is_open = False
        self._buttons = {mode: self._button(mode) for mode in WhyMode}
        self._show_mode()
        self.setAccessibleName(_(words.WHY_TITLE_ALONE))

    def _button(self, mode: WhyMode) -> QToolButton:
        button = QToolButton(self)
        button.setText(_(words.MODE_NAMES[mode]))
        button.setToolTip(_(words.MODE_TIPS[mode]))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.choose(mode))
        return button

    @property
    def buttons(self) -> dict[WhyMode, QToolButton]:
        """What chooses a mode."""
        return dict(self._buttons)

    @property
    def shown(self) -> InkPanel | PiecesPanel:
        """The panel that answers now."""
        return self.pieces if self.mode is WhyMode.PIECES else self.ink

    @property
    def is_waiting(self) -> bool:
        """Whether what it is asked for is not there yet."""
        return self.shown.is_waiting

    @property
    def text(self) -> str:
        """All that is said, in sentences."""
        return self.shown.text

    def choose(self, mode: WhyMode) -> None:
        """Picture something else of the same question."""
        before: AskingPanel = self.shown  # type: ignore[type-arg]
        self.mode = mode
        if self.shown is not before and self._is_open:
            before.end()
            self.shown.begin()
        if mode is not WhyMode.PIECES:
            self.ink.choose(mode)
        self._show_mode()
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.text)

    def _show_mode(self) -> None:
        for mode, button in self._buttons.items():
            button.setChecked(mode is self.mode)
        self.ink.setVisible(self.shown is self.ink)
        self.pieces.setVisible(self.shown is self.pieces)
        self._arrange()

    def begin(self) -> None:
        """Ask about what is on the pad, now and whenever it is another."""
        self._is_open = True
        self.shown.begin()

    def end(self) -> None:
        """Ask no more; next time it begins with the ink."""
        self._is_open = False
        self.shown.end()
        self.choose(WhyMode.INK)

    def go_back(self) -> bool:
        """Pieces come back first, then the ink is pictured again."""
        if self.shown.go_back():
            return True
        if self.mode is WhyMode.INK:
            return False
        self.choose(WhyMode.INK)
        return True

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        self.ink.set_theme(theme)
        self.pieces.set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self.ink.set_unit(unit)
        self.pieces.set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panels and the buttons into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        for panel in (self.ink, self.pieces):
            panel.foot = (HEIGHT + _GAP) * self.unit
            panel.setGeometry(self.rect())
        arrange_buttons(self, list(self._buttons.values()), self.shown.column)
        for button in self._buttons.values():
            button.raise_()
