"""All requests by name, which the recogniser answers; the window imports the rows that it asks."""

from __future__ import annotations

from typing import Any

from digitpad.engine.explanations import (
    HISTORY,
    LAYER_WEIGHTS,
    NORMALISATION,
    PIECES,
    SWEEPS,
    WHY,
)
from digitpad.engine.films import READ_FILM
from digitpad.engine.requests import (
    CLOSE,
    EXAMINE,
    OPEN,
    READ_BATCH,
    READ_DRAWINGS,
    READ_PARTS,
    READ_PICTURES,
    RECOGNIZE,
    Request,
)

REQUESTS: dict[str, Request[Any, Any]] = {
    row.name: row
    for row in (
        RECOGNIZE,
        READ_BATCH,
        READ_PARTS,
        READ_PICTURES,
        READ_DRAWINGS,
        OPEN,
        EXAMINE,
        CLOSE,
        LAYER_WEIGHTS,
        NORMALISATION,
        WHY.row,
        PIECES.row,
        HISTORY.row,
        SWEEPS.row,
        READ_FILM,
    )
}
"""All requests, by name."""
