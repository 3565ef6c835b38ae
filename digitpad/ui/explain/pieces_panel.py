"""What the lead loses without each piece of the drawing."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.core.texts import in_sentences
from digitpad.engine.explanations import PIECES
from digitpad.explain.pieces import ink_without
from digitpad.explain.questions import PiecesQuestion
from digitpad.explain.results import Pieces
from digitpad.ui.explain import pieces_words, why_words
from digitpad.ui.explain.asking_panel import AskingPanel, Subject
from digitpad.ui.explain.pieces_picture import PiecesPicture, piece_at
from digitpad.ui.explain.pieces_tint import PiecesTint
from digitpad.ui.explain.why_words import WhyMode
from digitpad.ui.pad.tint import Floats, range_end
from digitpad.ui.shell.session import Session
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.theme import Theme


class PiecesPanel(AskingPanel[Pieces]):
    """The drawing in pieces, each in the colour of what the lead loses without it alone.

    Attributes:
        picture: the pieces, to be pointed at and clicked.
        removed: the pieces that are taken away, by their numbers.
        foot: what is left free beneath the words, in pixels.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet."""
        super().__init__(session, parent)
        self.foot = 0.0
        self.removed: frozenset[int] = frozenset()
        self.picture = PiecesPicture(self)
        self.picture.pointed_at.connect(self._describe)
        self.picture.taken.connect(self.take)
        self._version = -1
        self.setAccessibleName(_(why_words.MODE_NAMES[WhyMode.PIECES]))

    # Taking away, bringing back.

    def take(self, number: int) -> None:
        """Take a piece away, or bring it back."""
        if self.result is not None and self.trouble == "":
            self._remove(self.removed ^ {number})

    def _remove(self, removed: frozenset[int]) -> None:
        """Show the drawing without these pieces: on the pad, and all that follows it."""
        if self.result is None:
            return
        self.removed = removed
        pad, pieces, marks = self.session.pad, self.result.pieces, self.subject.marks
        if not removed:
            pad.end_replay()
        else:
            pad.replay(lambda scale: ink_without(marks, pieces, removed, scale), is_locked=False)
        self._look()
        self._show_pieces()

    def begin(self) -> None:
        """Ask, and whenever another class is asked for."""
        if not self._is_open:
            self.session.contrast.changed.connect(self._follow_contrast)
            self.session.pad.hovered.connect(self._point_from_pad)
            self.session.pad.tapped.connect(self._take_from_pad)
            self.session.pad.tap_target = self._is_piece
        super().begin()

    def end(self) -> None:
        """Ask no more; every piece comes back."""
        if self._is_open:
            self.session.contrast.changed.disconnect(self._follow_contrast)
            self.session.pad.hovered.disconnect(self._point_from_pad)
            self.session.pad.tapped.disconnect(self._take_from_pad)
            self.session.pad.tap_target = None
            self.picture.point_at(-1)
            super().end()
            if self.removed:
                self.removed = frozenset()
                self.session.pad.end_replay()

    def go_back(self) -> bool:
        """Every piece comes back."""
        if not self.removed:
            return False
        self._remove(frozenset())
        return True

    def _follow_contrast(self) -> None:
        """Other classes of what is known already, or another network, which is to be asked."""
        if self.result is not None and self.subject.info is not self.session.contrast.info:
            self.result = None
        self._look()
        self._show_pieces()

    def _point_from_pad(self, x: float, y: float) -> None:
        """The piece under the pointer on the pad is meant too."""
        if self.result is not None and not self.session.pad.is_drawing:
            self.picture.point_at(piece_at(self.result.pieces, x, y))

    def _is_piece(self, x: float, y: float) -> bool:
        """Whether a tap on the pad is meant for a piece, rather than a dot."""
        return (
            self.result is not None
            and self.session.pad.version == self._version
            and piece_at(self.result.pieces, x, y) >= 0
        )

    def _take_from_pad(self, x: float, y: float) -> None:
        """A tap on the pad takes the piece there."""
        if self._is_piece(x, y) and self.result is not None:
            number = piece_at(self.result.pieces, x, y)
            self.picture.point_at(number)
            self.take(number)

    # Asking.

    def _key(self) -> Hashable:
        pad = self.session.pad
        if pad.version != self._version:
            # Another drawing has other pieces.
            self._version, self.removed = pad.version, frozenset()
        return pad.version, self.removed, self.role

    def _ask(
        self,
        subject: Subject,
        answered: Callable[[Pieces], None],
        refused: Callable[[str], None],
    ) -> str | None:
        question = PiecesQuestion(subject.marks, tuple(sorted(self.removed)))
        self.session.client.explanations.ask(PIECES, question, answered, refused, self.role)
        return None

    def _may_ask(self) -> bool:
        # What is left of the drawing may be read while it is asked for.
        is_replayed = self.session.pad.replayed is not None
        has_answer = self.session.contrast.recognition is not None
        return has_answer if is_replayed else super()._may_ask()

    def _took(self, result: Pieces) -> str:
        if result.reason is not None:
            return why_words.no_reason_text(result.reason)
        if self.session.contrast.classes is None:
            return _(why_words.NOT_FINITE)
        self._show_pieces()
        return ""

    def _lost(self) -> None:
        if self.result is None or self.session.pad.version != self._version:
            self.session.overlay.clear()
        self.picture.setVisible(self.result is not None)

    @property
    def classes(self) -> tuple[int, int]:
        """The two that are held against each other."""
        return self.session.contrast.classes or (0, 1)

    def _losses(self) -> tuple[Floats, Floats]:
        assert self.result is not None
        return self.result.losses(*self.classes)

    def _range(self) -> float:
        """The loss that is painted in full colour."""
        own, shift = self._losses()
        losses = own + shift
        present = [number for number in range(len(losses)) if number not in self.removed]
        return range_end(losses[present])

    def _show_pieces(self) -> None:
        """Colour the picture and the pad."""
        if self.result is None or not self._is_open or self.trouble:
            return
        own, shift = self._losses()
        shares = ((own + shift) / self._range()).clip(-1, 1).tolist()
        self.picture.show_pieces(self.subject.marks, self.result.pieces, shares, self.removed)
        self.picture.show()
        if self.session.pad.version == self._version:
            self.session.overlay.show(PiecesTint(self.result.pieces, shares, self.removed))
        self._describe()

    # What it says.

    def _describe(self) -> None:
        self.setAccessibleDescription(self.text)
        if self.result is not None and self.picture.hasFocus():
            announce(self.picture, self._sentences()[1])
        self.update()

    @property
    def text(self) -> str:
        """All that the panel says, in sentences; for screen readers."""
        if self.result is None:
            return self.trouble
        return in_sentences(self._sentences())

    def title(self) -> str:
        """What is asked."""
        if self.result is None:
            return _(why_words.WHY_TITLE_ALONE)
        first, second = (self.subject.classes[one] for one in self.classes)
        return _(why_words.WHY_TITLE).format(first=first, second=second)

    def _sentences(self) -> list[str]:
        assert self.result is not None
        pieces, current = self.result, self.picture.current
        names = tuple(self.subject.classes[one] for one in self.classes)
        one, other = (float(pieces.whole.logits[0, class_]) for class_ in self.classes)
        told = [pieces_words.lead_text((one, other), names[0], names[1], len(self.removed))]
        if 0 <= current < len(pieces.pieces):
            if current in self.removed:
                told.append(_(pieces_words.TAKEN))
            else:
                own, shift = (float(part[current]) for part in self._losses())
                after = int(np.argmax(pieces.anew.logits[current]))
                told.append(
                    pieces_words.loss_text(
                        (one, other),
                        (own, shift),
                        "" if after == self.classes[0] else self.subject.classes[after],
                        pieces.are_patches,
                    )
                )
        else:
            told.append(
                _(pieces_words.HINT_PATCHES) if pieces.are_patches else _(pieces_words.HINT)
            )
        return [
            *told,
            _(why_words.MODE_SHOWS[WhyMode.PIECES]),
            _(pieces_words.RANGE).format(end=why_words.range_text(self._range())),
        ]

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words; the picture paints itself."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_heading(
            painter, self.title(), self.network_names, self.column, _(why_words.CHOOSE_HINT)
        )
        top = self.title_height + 2 * self.unit
        if self.trouble or self.result is None:
            box = QRectF(0, top, self.width(), self.height() - self.foot - top)
            self.paint_middle(painter, box, self.trouble or self.status)
            return
        room = QRectF(0, top, self.column, self.height() - self.foot - top)
        theme = self.theme
        looks = [(13.5, theme.text), (13, theme.text), (12, theme.quiet), (12, theme.quiet)]
        for (pixels, colour), text in zip(looks, self._sentences(), strict=True):
            end = self.paint_text(painter, room, text, pixels, colour)
            room.setTop(end + 5 * self.unit if end > room.top() else end)

    @property
    def column(self) -> float:
        """How wide the words are, and the buttons beneath them."""
        return self.width() - self._side() - 16 * self.unit

    def _side(self) -> float:
        return min(float(self.height()), 0.37 * self.width())

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        self.picture.set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self.picture.set_unit(unit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picture into its place."""
        side = round(self._side())
        self.picture.setGeometry(QRect(self.width() - side, 0, side, side))
        super().resizeEvent(event)
