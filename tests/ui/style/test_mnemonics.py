from __future__ import annotations

import pytest

from digitpad.ui.style.mnemonics import mnemonic, plain


@pytest.mark.parametrize(
    ("words", "read", "letter"),
    [
        ("&Open…", "Open…", "O"),
        ("E&xplain", "Explain", "X"),
        ("文件(&F)", "文件", "F"),
        ("打开(&O)…", "打开…", "O"),
        ("Undo (&U)", "Undo", "U"),
        ("Settings", "Settings", ""),
        ("Ink && paper", "Ink & paper", ""),
        ("Ink && &paper", "Ink & paper", "P"),
        ("&7", "7", "7"),
        ("", "", ""),
    ],
)
def test_words_are_read_without_the_letter_that_chooses_them(words, read, letter):
    assert plain(words) == read and mnemonic(words) == letter
