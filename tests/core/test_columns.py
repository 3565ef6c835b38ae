import textwrap

import pytest

from digitpad.core.columns import columns_of, padded, wrapped


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("C1", 2), ("卷积", 4), ("5 × 5 卷积", 10), ("（a）", 5)]
)
def test_a_chinese_character_takes_two_columns(text, columns):
    assert columns_of(text) == columns
    assert columns_of(padded(text, 12)) == columns_of(padded(text, 12, right=True)) == 12
    assert padded(text, 1).rstrip() == text


@pytest.mark.parametrize("columns", [20, 33, 70])
def test_lines_of_letters_are_broken_as_textwrap_does(columns):
    text = "The page keeps the epoch that reads the test-set best and reports that figure."
    kept = textwrap.wrap(text, columns, subsequent_indent="  ", break_on_hyphens=False)
    assert wrapped(text, columns, others="  ") == kept


@pytest.mark.parametrize("columns", [20, 31, 40])
def test_chinese_lines_fit_and_lose_nothing(columns):
    text = "教程保留在测试集上最好的一轮，并报告其数值（这会高估 LeNet-5）；请用验证集选择。"
    lines = wrapped(text, columns, "  ", "    ")
    assert all(columns_of(line) <= columns + 2 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not any(line.lstrip()[0] in "，。；（）"[:4] + "）" for line in lines[1:])
    assert not any(line.endswith("（") for line in lines)


def test_nothing_has_no_line():
    assert wrapped("", 20) == []
