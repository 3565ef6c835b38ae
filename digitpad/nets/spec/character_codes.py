"""The ten digits as stylised characters of 7 x 12 squares: the codes that the output of lenet5-1998
measures distances to.

Why characters: LeCun et al. 1998, section II.B; the 84 units of F6 are as many as the squares of
one. Drawn anew for this project after the idea of the paper's figure 3, not traced from it.
"""

from __future__ import annotations

import numpy as np

ROWS, COLUMNS = 12, 7

_PICTURES = (
    """
    .......
    ..###..
    .#...#.
    #.....#
    #.....#
    #.....#
    #.....#
    #.....#
    #.....#
    .#...#.
    ..###..
    .......
    """,
    """
    .......
    ...#...
    ..##...
    .#.#...
    ...#...
    ...#...
    ...#...
    ...#...
    ...#...
    ...#...
    .#####.
    .......
    """,
    """
    .......
    .#####.
    #.....#
    ......#
    ......#
    .....#.
    ...##..
    ..#....
    .#.....
    #......
    #######
    .......
    """,
    """
    .......
    #######
    .....#.
    ....#..
    ...#...
    ..####.
    ......#
    ......#
    ......#
    #.....#
    .#####.
    .......
    """,
    """
    .......
    #.....#
    #.....#
    #.....#
    #.....#
    #.....#
    .######
    ......#
    ......#
    ......#
    ......#
    .......
    """,
    """
    .......
    #######
    #......
    #......
    #......
    #####..
    .....#.
    ......#
    ......#
    #....#.
    .####..
    .......
    """,
    """
    .......
    ..####.
    .#.....
    #......
    #......
    #.####.
    ##....#
    #.....#
    #.....#
    #.....#
    .#####.
    .......
    """,
    """
    .......
    #######
    ......#
    .....#.
    .....#.
    ....#..
    ....#..
    ...#...
    ...#...
    ..#....
    ..#....
    .......
    """,
    """
    .......
    .#####.
    #.....#
    #.....#
    #.....#
    .#####.
    #.....#
    #.....#
    #.....#
    #.....#
    .#####.
    .......
    """,
    """
    .......
    .#####.
    #.....#
    #.....#
    #.....#
    #....##
    .####.#
    ......#
    ......#
    .....#.
    .####..
    .......
    """,
)


def character_codes() -> np.ndarray:
    """float32 (10, 84): +1 where a digit's character has ink, -1 where it has not, row by row."""
    rows = [
        [[1.0 if square == "#" else -1.0 for square in row] for row in one.split()]
        for one in _PICTURES
    ]
    return np.array(rows, dtype=np.float32).reshape(len(_PICTURES), ROWS * COLUMNS)
