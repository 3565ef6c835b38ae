"""The images of a grid in one picture, so that painting them takes one call."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from digitpad.core.constants import FIELD
from digitpad.ui.images.grid_geometry import GridGeometry
from digitpad.ui.style.theme import Theme, colour_table, ink_table

_UNREAD_INK = 0.45


class ImageSheet:
    """Colours and enlarges images and lays them where the grid has its cells."""

    def __init__(self, theme: Theme) -> None:
        """theme: whose paper and ink the images take."""
        inks = ink_table(theme)
        pale = QColor.fromRgb(inks[round(255 * _UNREAD_INK)]).name()
        self._ground = QColor(theme.ground).rgba()
        # 0xAARRGGBB from paper to ink: of images that are not yet read, and of those that are.
        self._inks = np.array([colour_table(theme.paper, pale), inks], np.uint32)

    def picture(
        self,
        digits: npt.NDArray[np.uint8],
        is_read: npt.NDArray[np.bool_],
        grid: GridGeometry,
        seen: range,
        enlargement: int,
    ) -> QImage:
        """The cells that are seen, full rows and at least one of them, from the top of the
        first: the images of these cells, uint8 (k, 28, 28), pale where is_read, bool (k,), is
        False; enlargement: a pixel's side."""
        side = FIELD * enlargement
        tinted = self._inks[is_read.astype(np.intp)[:, None, None], digits]
        enlarged = tinted.repeat(enlargement, axis=1).repeat(enlargement, axis=2)
        top = grid.corner(seen.start)[1]
        height = grid.corner(seen.stop - 1)[1] + side - top
        sheet = np.full((height, grid.width), self._ground, np.uint32)
        for position, image in zip(seen, enlarged, strict=True):
            left, down = grid.corner(position)
            left += (grid.cell_width - side) // 2
            # A grid that is narrower than one image shows as much of it as there is room for.
            room = sheet[down - top :, left:][:side, :side]
            room[:] = image[:, : room.shape[1]]
        # The copy outlives the array.
        return QImage(
            sheet.data, grid.width, height, sheet.strides[0], QImage.Format.Format_RGB32
        ).copy()
