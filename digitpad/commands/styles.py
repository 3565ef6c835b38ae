"""Draw every pen style, as described and as other hands would draw it, on one labelled sheet."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from digitpad.core.errors import DigitpadError
from digitpad.core.files import write_beside
from digitpad.core.languages import _
from digitpad.handwriting.pen_styles import PenStyles
from digitpad.handwriting.render import quick_digit
from digitpad.ink.drawing import Stroke
from digitpad.ink.rasterize import rasterize

CELL = 72
_COLUMNS = 3
_LABEL_WIDTH = 260


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("out", metavar="OUT.png", type=Path, help=_("the picture to write"))
    parser.add_argument(
        "--styles", metavar="FILE", type=Path, help=_("another table of styles than Digitpad's own")
    )
    parser.add_argument(
        "--digit", type=int, choices=range(10), help=_("only the styles of this digit")
    )
    parser.add_argument(
        "--samples", type=int, default=5, metavar="N", help=_("drawings beside each style (5)")
    )
    parser.add_argument("--seed", type=int, default=0, help=_("which drawings (0)"))


def run(arguments: argparse.Namespace) -> int:
    """Write the sheet; returns the exit status. Raises DigitpadError where the styles cannot be
    read or the picture not written.
    """
    if not 0 <= arguments.samples <= 50:
        raise DigitpadError(_("--samples must be 0 to 50"))
    if arguments.out.suffix.lower() != ".png":
        raise DigitpadError(
            _("{out} does not end in .png; the sheet is a PNG picture").format(out=arguments.out)
        )
    pen_styles = PenStyles.load(arguments.styles)
    sheet = style_sheet(pen_styles, arguments.digit, arguments.samples, arguments.seed)
    content = io.BytesIO()
    sheet.save(content, "PNG")
    write_beside(arguments.out, content.getvalue())
    shown = sum(
        arguments.digit is None or style.group == str(arguments.digit)
        for style in pen_styles.styles
    )
    print(
        _("{shown} styles in {out} ({width} x {height})").format(
            shown=shown, out=arguments.out, width=sheet.width, height=sheet.height
        )
    )
    return 0


def style_sheet(
    pen_styles: PenStyles, digit: int | None = None, samples: int = 5, seed: int = 0
) -> Image.Image:
    """The sheet: each style's name and weight, its template, and drawings of it, half as pad ink
    and half as the network's digit.
    """
    places = [
        i for i, style in enumerate(pen_styles.styles) if digit is None or style.group == str(digit)
    ]
    rows = -(-len(places) // _COLUMNS)
    width = _LABEL_WIDTH + CELL * (samples + 1)
    sheet = Image.new("L", (_COLUMNS * width, rows * CELL), 255)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(13)
    for number, place in enumerate(places):
        left, top = number // rows * width, number % rows * CELL
        style = pen_styles.styles[place]
        draw.text((left + 6, top + 8), pen_styles.names[place], fill=0, font=font)
        draw.text(
            (left + 6, top + 26),
            f"weight {style.weight:g}",
            fill=110,
            font=font,
        )
        draw.text(
            (left + 6, top + 42), _wrapped(style.note), fill=110, font=ImageFont.load_default(10)
        )
        sheet.paste(
            Image.fromarray(255 - _as_described(pen_styles.skeletons[place].line())),
            (left + _LABEL_WIDTH, top),
        )
        rng = np.random.default_rng([seed, place])
        for i in range(samples):
            strokes = pen_styles.draw_digit(rng, style=pen_styles.names[place]).strokes
            ink = (
                rasterize(strokes, scale=(CELL - 4) / 280)
                if i < samples // 2
                else _enlarged(quick_digit(strokes))
            )
            sheet.paste(
                Image.fromarray(255 - ink), (left + _LABEL_WIDTH + CELL * (i + 1) + 2, top + 2)
            )
    return sheet


def _as_described(lines: list[np.ndarray]) -> np.ndarray:
    every = np.concatenate(lines)
    low, high = every.min(axis=0), every.max(axis=0)
    unit = (CELL - 16) / float((high - low).max())
    centre = (low + high) / 2
    strokes = [Stroke.through((line - centre) * unit + CELL / 2, 4.0) for line in lines]
    return rasterize(strokes, size=CELL)


def _enlarged(digit: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(digit).resize((CELL - 4, CELL - 4), Image.Resampling.NEAREST))


def _wrapped(note: str) -> str:
    lines = [""]
    for word in note.split():
        if len(lines[-1]) + len(word) > 44:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines[:2])
