from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

from digitpad.ui.training.curves import name_boxes

BOX = QRectF(0, 0, 200, 100)
NAME = QSizeF(40, 12)


def line(*points: tuple[float, float]) -> list[QPointF]:
    return [QPointF(*point) for point in points]


def test_each_name_lies_at_its_curve_and_on_no_other():
    upper = line((0, 30), (100, 30), (200, 30))
    lower = line((0, 60), (100, 60), (200, 60))
    first, second = name_boxes([upper, lower], [NAME, NAME], BOX)
    assert first is not None and second is not None
    assert first.bottom() < 30 and second.top() > 30 and second.bottom() < 60
    assert not first.intersects(second)


def test_a_name_lies_under_its_curve_where_another_runs_over_it():
    curve, close = line((0, 30), (100, 30), (200, 30)), line((0, 24), (200, 24))
    (found, _) = name_boxes([curve, close], [NAME, NAME], BOX)
    assert found is not None and found.top() > 30


def test_a_name_gives_way_to_an_upright_line():
    curve, upright = line((0, 50), (100, 50), (200, 50)), line((180, 0), (180, 100))
    (found,) = name_boxes([curve], [NAME], BOX, [upright])
    assert found is not None and found.right() < 180


def test_a_steep_curve_is_met_only_where_it_runs():
    steep = line((0, 0), (100, 50), (120, 100))
    (found,) = name_boxes([steep], [NAME], BOX)
    assert found is not None


def test_a_name_without_room_is_left_out():
    assert name_boxes([line((0, 50), (200, 50))], [QSizeF(300, 12)], BOX) == [None]
    assert name_boxes([[]], [NAME], BOX) == [None]
