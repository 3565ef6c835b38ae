from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("babel")

from digitpad.commands import catalogues

_DOCS = Path(__file__).resolve().parents[1] / "docs"
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


def _label(text):
    """A text of the window as a page names it: without what chooses it in a menu."""
    return re.sub(r"\(&.\)|&", "", text).replace(" …", "…")


def test_the_chinese_guide_names_what_the_english_one_does_as_the_window_does():
    labels = {
        _label(one.id): _label(one.string)
        for one in catalogues.read("zh_CN")
        if isinstance(one.id, str)
    }
    english = set(_BOLD.findall((_DOCS / "guide.md").read_text("utf8"))) & labels.keys()
    chinese = set(_BOLD.findall((_DOCS / "guide.zh-CN.md").read_text("utf8")))
    assert len(english) > 15
    assert {labels[name] for name in english} - chinese == set()


def test_both_guides_have_the_same_headings_pictures_and_commands():
    def parts(name):
        text = (_DOCS / name).read_text("utf8")
        return (
            [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")],
            re.findall(r"\]\((guide/.+?|compare)\.png\)", text),
            [
                line.split("#")[0].strip()
                for line in text.splitlines()
                if line.startswith(("    digitpad", "    python"))
            ],
        )

    assert parts("guide.md") == parts("guide.zh-CN.md")
