"""Lines and columns of a terminal, in which a Chinese character is as wide as two letters."""

from __future__ import annotations

import re
import textwrap
import unicodedata

_WIDE = "WF"
# What begins no line, and what ends none.
_CLOSING = "，。、；：？！”’）》】%"
_OPENING = "“‘（《【"


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in _WIDE else 1


def padded(text: str, columns: int, right: bool = False) -> str:
    """A text with spaces behind it, or before it, so that it takes so many columns; a longer one as
    it is."""
    spaces = " " * (columns - columns_of(text))
    return spaces + text if right else text + spaces


def wrapped(text: str, columns: int, first: str = "", others: str = "") -> list[str]:
    """A text over lines of so many columns, broken at spaces, and between Chinese characters.

    first, others: what the first line and the others begin with. An empty text gives no line; a
    word that is wider than a line has a line of its own.
    """
    if columns_of(text) == len(text):
        return textwrap.wrap(
            text,
            columns,
            initial_indent=first,
            subsequent_indent=others,
            break_on_hyphens=False,
            break_long_words=False,
        )
    lines, line = [], first
    for piece in _pieces(text):
        if columns_of(line + piece.rstrip(" ")) > columns and line.strip():
            lines.append(line.rstrip(" "))
            line = others + piece.lstrip(" ")
        else:
            line += piece
    return [*lines, line.rstrip(" ")] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """What is kept together on a line: words with the space behind them, and Chinese characters
    with the marks that belong to them."""
    pieces: list[str] = []
    for piece in re.findall(r"[^\s\u2e80-\uffef]+[ \n]*|[\u2e80-\uffef][ \n]*|\s+|.", text):
        one = piece.replace("\n", " ")
        last = pieces[-1] if pieces else ""
        if pieces and (one[0] in _CLOSING or (last[-1:] and last[-1] in _OPENING)):
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces
