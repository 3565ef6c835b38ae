from __future__ import annotations

import math

from digitpad.accuracy.markdown import folded, interval, percent, plain, table, whole


def test_a_table_sets_figures_to_the_right():
    assert (
        table(["name", "n"], [["a", "1"], ["b", "2"]])
        == "| name | n |\n| :-- | --: |\n| a | 1 |\n| b | 2 |"
    )


def test_shares_are_written_in_percent():
    assert percent(0.98044) == "98.04" and percent(1.0, 1) == "100.0" and percent(math.nan) == "–"
    assert whole(0.12) == "12 %"
    assert interval(0.5, 100) == "40.38 to 59.62" and interval(math.nan, 0) == "–"


def test_long_tables_are_folded_column_by_column():
    cells = [[str(i), "x"] for i in range(5)]
    assert folded(cells, 2) == [["0", "x", "3", "x"], ["1", "x", "4", "x"], ["2", "x", "", ""]]
    assert folded([], 3) == []


def test_text_from_a_file_cannot_break_out_of_its_cell():
    assert plain("python train.py --out a_b") == "python train.py --out a\\_b"
    assert plain("a|b\n<script>`x`[y](z)") == "a b script x y (z)"
    assert plain("") == "–" and len(plain("x" * 500)) == 80
