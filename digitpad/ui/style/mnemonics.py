"""Texts of menus, in which "&" stands before the letter that chooses an entry."""

from __future__ import annotations

import re

_APART = re.compile(r"\s*\(&\w\)")
"""A letter that is none of the words' own, as Chinese texts have it: "文件(&F)"."""
_MARK = re.compile(r"&(.)", re.DOTALL)


def plain(words: str) -> str:
    """Words as they are read, without the letter that chooses them; "&&" becomes "&"."""
    return _MARK.sub(r"\1", _APART.sub("", words))


def mnemonic(words: str) -> str:
    """The letter that chooses an entry, in capitals; "" where the words name none."""
    found = re.search(r"&(\w)", words.replace("&&", ""))
    return found[1].upper() if found else ""
