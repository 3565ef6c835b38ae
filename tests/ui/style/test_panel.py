from __future__ import annotations

from PySide6.QtGui import QPainter, QPixmap

from digitpad.ui.style.panel import MINUS, Panel, signed, signed_short


def test_numbers_bear_their_sign():
    assert (signed(0.5), signed(-0.25), signed(0)) == ("+0.50", f"{MINUS}0.25", "+0.00")


def test_what_is_no_number_has_its_name():
    infinity = float("inf")
    assert (signed(float("nan")), signed(infinity), signed(-infinity)) == ("NaN", "+∞", f"{MINUS}∞")


def test_texts_grow_with_the_unit_and_stay_readable(qtbot):
    panel = Panel()
    qtbot.addWidget(panel)
    panel.set_unit(2.0)
    assert panel.sized_font(13).pixelSize() == 26 and panel.title_height == 48
    panel.set_unit(0.1)
    assert panel.sized_font(13).pixelSize() == 9


def test_a_titles_detail_is_left_out_where_there_is_no_room_for_it(qtbot):
    panel = Panel()
    qtbot.addWidget(panel)
    sheet = QPixmap(400, 40)
    painter = QPainter(sheet)
    roomy = panel.paint_title(painter, "C3", "16 maps, 10 × 10", 400)
    tight = panel.paint_title(painter, "C3", "16 maps, 10 × 10", 60)
    painter.end()
    assert tight < 60 < roomy < 400


def test_a_number_in_short_has_one_decimal_and_nothing_is_not_negative():
    assert [signed_short(number) for number in (0.26, -0.04, -5.2, 1234.6)] == [
        "+0.3",
        "+0.0",
        f"{MINUS}5.2",
        "+1235",
    ]
    assert signed_short(float("nan")) == "NaN"
