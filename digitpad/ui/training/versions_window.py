"""The window of all states of a network that were kept: go back to one, or compare two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.paths import shipped_weights
from digitpad.core.texts import in_sentences
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.given_names import give_name
from digitpad.teaching.versions import Version, Versions, list_versions
from digitpad.teaching.words import (
    figures_line,
    origin_line,
    shipped_line,
    taught_title,
)
from digitpad.ui.images.picture_worker import Worker
from digitpad.ui.shell.session import Session
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.screen import fitted_to_screen, unit_of
from digitpad.ui.style.screen_following import ScreenFollowing
from digitpad.ui.style.style_sheet import scroll_bars, style_sheet
from digitpad.ui.style.theme import Theme
from digitpad.ui.training.version_row import RowWords, VersionRow

_SIZE = QSize(820, 600)


class VersionsWindow(QWidget):
    """Every kept state, newest first, each network's own one below those that were taught from it.

    Attributes:
        rows: what is listed. is_looking: whether files are being read.

    Signals:
        use_wanted (Path), compare_wanted (Path): the network in a file shall read, or be compared
            with the one that reads. renamed (Path): it has another name.
    """

    use_wanted = Signal(object)
    compare_wanted = Signal(object)
    renamed = Signal(object)

    def __init__(
        self,
        session: Session,
        theme: Theme,
        digest: Callable[[], str] = lambda: "",
        versions: Callable[[], Versions] = list_versions,
    ) -> None:
        """session: tells which network reads. digest: of My drawings as they are now, "" where that
        is not known. versions: what was kept. Both read files, in a thread beside the window."""
        super().__init__()
        self._session, self._digest, self._versions = session, digest, versions
        self.rows: list[VersionRow] = []
        self._worker = Worker(self)
        self._found, self._drawings = Versions(), ""
        self._focused: Path | None = None
        self.is_looking = self._is_found = self._takes_keys = False
        self._unit = 1.0
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Versions — Digitpad"))
        ScreenFollowing(self, QSize(560, 380))
        self.title_label, self.about_label = QLabel(_("Versions")), QLabel()
        self.title_label.setObjectName("title")
        self.about_label.setObjectName("quiet")
        self.about_label.setWordWrap(True)
        self.about_label.setTextFormat(Qt.TextFormat.PlainText)
        self.about_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._list = QWidget()
        self._list.setObjectName("list")
        self._places = QVBoxLayout(self._list)
        self._places.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("list")
        self._scroll.setWidget(self._list)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout = QVBoxLayout(self)
        for part in (self.title_label, self.about_label):
            self._layout.addWidget(part)
        self._layout.addWidget(self._scroll, 1)
        session.network_changed.connect(self._show_found)
        session.comparison_changed.connect(self._show_found)
        self.set_theme(theme)
        self.resize(fitted_to_screen(self, _SIZE))

    def show_again(self) -> None:
        """Open the window, or bring it to the front, and look for what is kept now."""
        self.show()
        self.raise_()
        self.activateWindow()
        self._takes_keys = True
        if not self._is_found:
            self.about_label.setText(_("Looking for what was kept …"))
        self.is_looking = True
        self._worker.ask("versions", self._look, self._take, self.about_label.setText)

    def _look(self) -> tuple[Versions, str]:
        """In the thread."""
        return self._versions(), self._digest()

    def _take(self, looked: tuple[Versions, str]) -> None:
        self._found, self._drawings = looked
        self.is_looking, self._is_found = False, True
        self._show_found()
        wanted = [row for row in self.rows if row.words.weights == self._focused]
        self._focused = None
        if self._takes_keys and not wanted:
            wanted = [row for row in self.rows if row.words.reads] or self.rows
        self._takes_keys = False
        if wanted:
            wanted[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_found(self) -> None:
        """List what was found, each as it stands to the network that reads now."""
        if not self.isVisible() or not self._is_found:
            return
        # The keyboard stays at the same state, though its row is another.
        keys = self.focusWidget()
        had_keys = [row.words.weights for row in self.rows if _holds(row, keys)]
        for row in self.rows:
            self._places.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [VersionRow(words) for words in self._words(self._found)]
        for row in self.rows:
            row.use_wanted.connect(self.use_wanted)
            row.compare_wanted.connect(self.compare_wanted)
            row.step_wanted.connect(lambda step, row=row: self._go(row, step))
            row.named.connect(self._name)
            self._places.addWidget(row)
            # The style sheet of what it lies in would take its fonts away again.
            row.set_unit(self._unit)
            # At once, so that it can take the keyboard.
            row.show()
            if row.words.weights in had_keys:
                row.setFocus(Qt.FocusReason.OtherFocusReason)
        about = _(
            "Each is a file of its own; using one changes none of them. The figures are those of "
            "the day it was taught."
        )
        if not self._found.versions:
            about = _(
                "Nothing was taught and kept yet. Say of some drawings what they are, then teach "
                "the network."
            )
        self.about_label.setText(in_sentences([about, *self._found.notices]))

    def _name(self, weights: Path, name: str) -> None:
        """Give a version a name, and list all anew."""
        self._focused = weights
        self._worker.ask(
            "name",
            lambda: give_name(weights, name),
            lambda _name: self._say_named(weights),
            self.about_label.setText,
        )

    def _say_named(self, weights: Path) -> None:
        self.renamed.emit(weights)
        self._worker.ask("versions", self._look, self._take, self.about_label.setText)

    def stop(self) -> None:
        """Close, and look for nothing more."""
        self.close()
        self._worker.stop()

    def _words(self, found: Versions) -> list[RowWords]:
        own = self._session.info.weights_file if self._session.info else ""
        reads, second = _resolved(own), _resolved(self._session.second_file)
        digest = self._drawings
        rows = []
        for version in found.versions:
            path = version.path.resolve()
            is_older = bool(digest) and version.teaching.drawings != digest
            rows.append(
                RowWords(
                    version.path,
                    taught_title(version),
                    origin_line(version, found.parent_of(version)),
                    figures_line(version.teaching.figures),
                    _("Older than your drawings: what you kept has changed since.")
                    if is_older
                    else "",
                    path == reads,
                    path == second,
                    version.name,
                )
            )
        for name in _roots(found.versions, self._session):
            try:
                weights = shipped_weights(name)
            except DigitpadError:
                continue
            rows.append(
                RowWords(
                    weights,
                    _(NETWORKS[name].title),
                    shipped_line(),
                    "",
                    reads=weights.resolve() == reads,
                    is_second=weights.resolve() == second,
                )
            )
        return rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _go(self, row: VersionRow, step: int) -> None:
        """Give the keyboard to a row near another."""
        at = min(max(self.rows.index(row) + step, 0), len(self.rows) - 1)
        self.rows[at].setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(self.rows[at])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let texts and gaps grow with the window."""
        self._unit = unit = unit_of(self.width() * 1.35, self.height() * 1.2)
        margin = round(18 * unit)
        self._layout.setContentsMargins(margin, round(14 * unit), margin, round(14 * unit))
        self._layout.setSpacing(round(9 * unit))
        self._places.setContentsMargins(0, 0, round(6 * unit), 0)
        self._places.setSpacing(round(8 * unit))
        for label, pixels, bold in ((self.title_label, 19, True), (self.about_label, 12.5, False)):
            label.setFont(sized_font(self.font(), pixels, unit, bold))
        for row in self.rows:
            row.set_unit(unit)
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(
            style_sheet(theme)
            + f"""
            QLabel {{ color: {theme.text}; background: transparent; }}
            QLabel#warning {{ color: {theme.warning}; }}
            QToolButton {{ padding: 4px 14px; }}
            QFrame#row {{ background: {theme.paper}; border: 1px solid {theme.line};
                          border-radius: 10px; }}
            QFrame#row[reads="true"] {{ border: 2px solid {theme.accent}; }}
            {scroll_bars(theme)}
            QScrollArea#list, QWidget#list {{ background: {theme.ground}; }}
            """
        )
        self.setPalette(palette(theme))


def _holds(row: VersionRow, widget: QWidget | None) -> bool:
    return widget is not None and (row is widget or row.isAncestorOf(widget))


def _roots(versions: tuple[Version, ...], session: Session) -> list[str]:
    """The networks of the catalogue that versions were taught from, and the one that reads."""
    names = [version.network for version in versions]
    if session.info is not None:
        names.append(session.info.network)
    return [name for name in NETWORKS if name in names]


def _resolved(file: str) -> Path | None:
    """A file without links on the way to it; None for none."""
    if not file:
        return None
    try:
        return Path(file).resolve()
    except (OSError, RuntimeError):
        return Path(file)
