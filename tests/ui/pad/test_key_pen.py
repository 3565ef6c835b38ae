"""Drawing by keys alone."""

from __future__ import annotations

from itertools import combinations, groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from digitpad.core.paths import shipped_weights
from digitpad.ink.drawing import PAD_SIZE
from digitpad.ink.pipeline import framed
from digitpad.nets.readers import open_reader
from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.pad.key_pen import KeyPen
from digitpad.ui.pad.pad_model import ERASER_WIDTH, PadModel
from digitpad.ui.style.theme import DARK, LIGHT
from tests.support import PATIENCE_MS
from tests.ui.canvases import agrees_with_its_marks
from tests.ui.colours import rgb, share_of
from tests.ui.pointers import Mouse, Pen, touch_screen
from tests.ui.typed_digits import CTRL, NONE, SHIFT, SLANTED, STRAIGHT, Typist

Key = Qt.Key
MIDDLE = (140, 140)


@pytest.fixture
def desk(qtbot) -> QWidget:
    """A window with a pad that has the keyboard, and a field beside it."""
    desk = QWidget()
    qtbot.addWidget(desk)
    desk.canvas, desk.field = Canvas(PadModel()), QLineEdit()
    layout = QVBoxLayout(desk)
    layout.addWidget(desk.canvas)
    layout.addWidget(desk.field)
    desk.resize(400, 440)
    with qtbot.waitActive(desk, timeout=PATIENCE_MS):
        desk.show()
    desk.canvas.setFocus()
    return desk


@pytest.fixture
def pad(desk) -> PadModel:
    return desk.canvas.pad


@pytest.fixture
def typist(desk) -> Typist:
    return Typist(desk.canvas)


def send(canvas: Canvas, kind: QEvent.Type, key: Qt.Key, repeats: bool = False) -> bool:
    event = QKeyEvent(kind, key, NONE, " " if key == Key.Key_Space else "", repeats)
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


# Moving.


def test_arrows_move_a_step_with_shift_ten_times_as_far_and_with_ctrl_a_unit(typist, desk):
    pen = desk.canvas.key_pen
    assert pen.place == MIDDLE and not pen.is_shown
    typist.press(Key.Key_Right)
    assert pen.place == (144, 140) and pen.is_shown
    typist.press(Key.Key_Up, SHIFT)
    assert pen.place == (144, 100)
    typist.press(Key.Key_Left, CTRL)
    assert pen.place == (143, 100)
    typist.press(Key.Key_Down, SHIFT | CTRL)
    assert pen.place == (143, 110)
    assert len(desk.canvas.pad.drawing) == 0


def test_two_arrows_held_at_once_move_slantwise(desk):
    canvas = desk.canvas
    send(canvas, QEvent.Type.KeyPress, Key.Key_Left)
    for _ in range(3):
        send(canvas, QEvent.Type.KeyPress, Key.Key_Down, repeats=True)
        # X tells of the repeated key's release too, each time.
        send(canvas, QEvent.Type.KeyRelease, Key.Key_Down, repeats=True)
    assert canvas.key_pen.place == (136 - 12, 140 + 12)
    send(canvas, QEvent.Type.KeyRelease, Key.Key_Left)
    send(canvas, QEvent.Type.KeyPress, Key.Key_Down, repeats=True)
    assert canvas.key_pen.place == (124, 156)
    # Of two that are opposite the newer one leads.
    send(canvas, QEvent.Type.KeyPress, Key.Key_Up)
    assert canvas.key_pen.place == (124, 152)


def test_home_end_and_page_keys_move_slantwise_by_one_key(typist, desk):
    for key in (Key.Key_Home, Key.Key_Home, Key.Key_PageUp, Key.Key_End, Key.Key_PageDown):
        typist.press(key)
    assert desk.canvas.key_pen.place == (140 - 8 + 4 - 4 + 4, 140 - 8 - 4 + 4 + 4)


KEYS = (*"LRUDHEPN", " ", "\x1b")
_QT = dict(
    zip(
        KEYS,
        (
            Key.Key_Left,
            Key.Key_Right,
            Key.Key_Up,
            Key.Key_Down,
            Key.Key_Home,
            Key.Key_End,
            Key.Key_PageUp,
            Key.Key_PageDown,
            Key.Key_Space,
            Key.Key_Escape,
        ),
        strict=True,
    )
)


@given(
    keys=st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from([NONE, SHIFT, SHIFT, CTRL])), max_size=60
    )
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_the_crosshair_stays_on_the_pad_and_strokes_are_where_it_walked(keys):
    pad = PadModel()
    pen = KeyPen(pad)
    pen.take_focus(QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    walked: list[list[tuple[int, int]]] = []
    for letter, modifiers in keys:
        was_down = pen.is_down
        text = letter if letter in " \x1b" else ""
        pen.press(QKeyEvent(QEvent.Type.KeyPress, _QT[letter], modifiers, text))
        pen.release(QKeyEvent(QEvent.Type.KeyRelease, _QT[letter], modifiers, text))
        assert 0 <= pen.place[0] <= PAD_SIZE and 0 <= pen.place[1] <= PAD_SIZE
        if pen.is_down and not was_down:
            walked.append([pen.place])
        elif pen.is_down:
            walked[-1].append(pen.place)
    pad.finish()
    drawn = [[tuple(point) for point in stroke.points[:, :2]] for stroke in pad.drawing.marks]
    assert drawn == [[place for place, _ in groupby(stroke)] for stroke in walked]


# The pen.


def test_space_puts_the_pen_down_which_is_a_dot_at_once_and_up_which_ends_the_stroke(
    qtbot, typist, pad
):
    told = []
    pad.drawing.told = lambda change, marks: told.append((change.value, len(marks[0].points)))
    with qtbot.waitSignal(pad.ink_changed):
        typist.press(Key.Key_Space)
    assert pad.ink[140, 140] == 255 and pad.is_drawing and not told
    with qtbot.waitSignal(pad.ink_changed):
        typist.press(Key.Key_Right, SHIFT)
    assert pad.ink[140, 178] == 255
    with qtbot.waitSignals([pad.stroke_finished, pad.history_changed]):
        typist.press(Key.Key_Space)
    (stroke,) = pad.drawing.marks
    assert stroke.points.tolist() == [[140, 140, 0.5], [180, 140, 0.5]]
    # That is what the journal is told.
    assert told == [("add", 2)]
    assert agrees_with_its_marks(typist.canvas)
    # With the pen up nothing is drawn.
    typist.press(Key.Key_Down, SHIFT)
    assert len(pad.drawing) == 1 and pad.ink[178, 180] == 0


def test_a_space_that_is_held_does_not_lift_the_pen_again(desk, pad):
    send(desk.canvas, QEvent.Type.KeyPress, Key.Key_Space)
    for _ in range(3):
        assert send(desk.canvas, QEvent.Type.KeyPress, Key.Key_Space, repeats=True)
    assert desk.canvas.key_pen.is_down and pad.is_drawing


def test_the_eraser_rubs_out_by_keys_and_its_width_is_its_own(typist, pad):
    typist.draw(("60,140 R160",))
    pad.set_erasing(True)
    typist.draw(("140,60 D160",))
    assert [mark.erases for mark in pad.drawing.marks] == [False, True]
    assert pad.drawing.marks[1].width == ERASER_WIDTH and pad.ink[140, 140] == 0


def test_a_stroke_stays_what_it_was_begun_as(typist, pad):
    typist.press(Key.Key_Space)
    pad.set_pen_width(40)
    pad.set_erasing(True)
    typist.press(Key.Key_Right, SHIFT)
    typist.press(Key.Key_Space)
    (stroke,) = pad.drawing.marks
    assert stroke.width == 20 and not stroke.erases and agrees_with_its_marks(typist.canvas)


def test_undo_and_clear_lift_the_pen(typist, pad, desk):
    typist.draw(("60,60 R80",))
    for change in (pad.undo, pad.clear):
        typist.press(Key.Key_Space)
        typist.press(Key.Key_Right)
        change()
        assert not desk.canvas.key_pen.is_down and not pad.is_drawing
    assert len(pad.drawing) == 0
    pad.undo()
    assert len(pad.drawing) == 2


def test_escape_lifts_the_pen_and_goes_no_further(typist, pad, desk):
    back = []
    shortcut = QShortcut(QKeySequence("Esc"), desk)
    shortcut.activated.connect(lambda: back.append(len(pad.drawing)))
    typist.press(Key.Key_Space)
    typist.press(Key.Key_Right)
    typist.press(Key.Key_Escape)
    assert len(pad.drawing) == 1 and not pad.is_drawing and not back
    typist.press(Key.Key_Escape)
    assert back == [1]


@pytest.mark.parametrize("away", ["field", "window"])
def test_the_pen_goes_up_where_the_focus_or_the_window_goes(qtbot, typist, pad, desk, away):
    typist.press(Key.Key_Space)
    typist.press(Key.Key_Right)
    if away == "field":
        QTest.keyClick(desk, Key.Key_Tab)
    else:
        QApplication.sendEvent(desk.canvas, QEvent(QEvent.Type.WindowDeactivate))
    assert not pad.is_drawing and len(pad.drawing) == 1
    assert not desk.canvas.key_pen.is_down


def test_who_comes_by_tab_sees_the_crosshair_and_who_clicks_does_not(desk):
    desk.field.setFocus()
    QTest.keyClick(desk.field, Key.Key_Backtab, SHIFT)
    assert desk.canvas.hasFocus() and desk.canvas.key_pen.is_shown
    desk.field.setFocus()
    assert not desk.canvas.key_pen.is_shown
    Mouse(desk.canvas).draw((60, 60), (90, 90))
    desk.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not desk.canvas.key_pen.is_shown


# Beside pointers.


@pytest.mark.parametrize("pointer", ["mouse", "pen", "finger"])
def test_a_pointer_takes_over_and_the_crosshair_goes(typist, pad, desk, pointer):
    canvas = desk.canvas
    typist.press(Key.Key_Space)
    typist.press(Key.Key_Right)
    if pointer == "mouse":
        Mouse(canvas).draw((60, 60), (90, 90))
    elif pointer == "pen":
        Pen(canvas).draw((60, 60, 0.5), (90, 90, 0.5))
    else:
        touch = QTest.touchEvent(canvas, touch_screen())
        touch.press(0, QPoint(60, 60)).commit()
        QTest.touchEvent(canvas, touch_screen()).release(0, QPoint(60, 60)).commit()
    by_keys, by_pointer = pad.drawing.marks
    assert by_keys.points[:, :2].tolist() == [[140, 140], [144, 140]]
    assert len(by_pointer.points) >= 1 and not canvas.key_pen.is_shown
    # It comes back with the next key, where it was.
    typist.press(Key.Key_Up)
    assert canvas.key_pen.is_shown and canvas.key_pen.place == (144, 136)


def test_keys_do_nothing_while_a_pointer_draws(typist, pad, desk):
    mouse = Mouse(desk.canvas)
    mouse.press((60, 60))
    for key in (Key.Key_Space, Key.Key_Right, Key.Key_7):
        typist.press(key)
    mouse.release((90, 90))
    assert len(pad.drawing) == 1 and desk.canvas.key_pen.place == MIDDLE
    assert not desk.canvas.key_pen.is_shown


def test_what_can_only_be_looked_at_says_so_to_keys(qtbot, typist, pad, desk):
    desk.canvas.key_pen.sample_wanted = lambda digit: pad.clear()
    typist.draw(("60,60 R80",))
    pad.replay(lambda scale: np.zeros((280, 280), np.uint8))
    for key in (Key.Key_Space, Key.Key_7):
        with qtbot.waitSignal(pad.touched_in_replay):
            typist.press(key)
    assert pad.replayed is not None and len(pad.drawing) == 1 and not pad.is_drawing


def test_the_crosshair_points_and_taps_as_a_mouse_does(qtbot, typist, pad):
    pad.tap_target = lambda x, y: x > 150
    with qtbot.waitSignal(pad.hovered) as hovered:
        typist.press(Key.Key_Right, SHIFT)
    assert hovered.args == [180, 140]
    with qtbot.waitSignal(pad.tapped) as tapped:
        typist.press(Key.Key_Space)
        typist.press(Key.Key_Space)
    assert tapped.args == [180, 140] and len(pad.drawing) == 0


# Samples, and keys of the window.


def test_digits_ask_for_a_sample_once_a_press_where_there_is_one(typist, desk):
    assert not send(desk.canvas, QEvent.Type.KeyPress, Key.Key_7)
    wanted = []
    desk.canvas.key_pen.sample_wanted = wanted.append
    for key in (Key.Key_0, Key.Key_9):
        typist.press(key)
    typist.press(Key.Key_4, Qt.KeyboardModifier.KeypadModifier)
    # Where digits need Shift.
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_3, SHIFT, "3")
    QApplication.sendEvent(desk.canvas, event)
    repeated = QKeyEvent(QEvent.Type.KeyPress, Key.Key_3, NONE, "3", True)
    QApplication.sendEvent(desk.canvas, repeated)
    for modifiers in (Qt.KeyboardModifier.AltModifier, CTRL):
        typist.press(Key.Key_5, modifiers)
    assert wanted == [0, 9, 4, 3]


def test_other_keys_and_those_that_the_window_keeps_are_left_to_it(desk):
    canvas = desk.canvas
    assert not send(canvas, QEvent.Type.KeyPress, Key.Key_A)
    assert not send(canvas, QEvent.Type.KeyPress, Key.Key_Return)
    canvas.key_pen.leaves = lambda key: key == Key.Key_Space
    assert not send(canvas, QEvent.Type.KeyPress, Key.Key_Space)
    assert send(canvas, QEvent.Type.KeyPress, Key.Key_Left)
    assert not canvas.pad.is_drawing


# What is said, and seen.


def test_it_says_the_pen_at_once_the_place_once_it_rests_and_nothing_while_it_draws(
    qtbot, typist, pad, desk
):
    pen, said = desk.canvas.key_pen, []
    pen.said.connect(said.append)
    typist.press(Key.Key_Left, SHIFT)
    typist.press(Key.Key_Up, SHIFT)
    assert not said
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE_MS)
    assert said == ["Pen up, 100 from the left, 100 from the top"]
    typist.press(Key.Key_Space)
    typist.press(Key.Key_Down)
    assert said[1:] == ["Pen down, 100 from the left, 100 from the top"]
    assert not pen._rest.isActive()
    typist.press(Key.Key_Space)
    assert said[2:] == ["Pen up, 100 from the left, 104 from the top"]
    pad.set_erasing(True)
    typist.press(Key.Key_Space)
    assert said[3:] == ["Eraser down, 100 from the left, 104 from the top"]
    pad.undo()
    assert said[4:] == ["Eraser up, 100 from the left, 104 from the top"]


def test_the_pen_is_heard_though_nothing_else_is_said_while_it_draws(window, heard):
    typist = Typist(window.canvas)
    typist.press(Key.Key_Space)
    assert heard == ["Pen down, 140 from the left, 140 from the top"]
    typist.press(Key.Key_Right)
    assert len(heard) == 1
    typist.press(Key.Key_Space)
    assert heard[1:] == ["Pen up, 144 from the left, 140 from the top"]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_crosshair_is_seen_on_ink_and_has_another_form_for_each_state(
    typist, desk, seen, theme
):
    canvas = desk.canvas
    canvas.set_theme(theme)
    canvas.pad.set_pen_width(44)
    typist.draw(("140,100 D80 R20 U80 L40 D80 R20 U40",))
    canvas.pad.set_pen_width(28)
    unit = canvas.sheet().width() / PAD_SIZE
    x, y = (round(at + MIDDLE[0] * unit) for at in (canvas.sheet().x(), canvas.sheet().y()))
    about = slice(y - 40, y + 41), slice(x - 40, x + 41)
    forms = []
    for erases in (False, True):
        canvas.pad.set_erasing(erases)
        typist.press(Key.Key_Left, CTRL)
        typist.press(Key.Key_Right, CTRL)
        assert canvas.key_pen.place == MIDDLE
        for _ in ("up", "down"):
            picture = seen(canvas)[about]
            # Two tones: one stands out from paper, the other from ink.
            assert min(share_of(picture, theme.accent), share_of(picture, theme.paper)) > 0.005
            forms.append(np.abs(picture.astype(int) - rgb(theme.accent)).max(axis=2) < 40)
            typist.press(Key.Key_Space)
        canvas.pad.undo()
    for one, other in combinations(forms, 2):
        assert (one != other).sum() > 0.15 * min(one.sum(), other.sum())


def test_a_crosshair_that_moves_leaves_nothing_behind(typist, desk, seen):
    typist.draw(("60,60 R160 DL80",))
    typist.press(Key.Key_Space)
    for key, modifiers in (
        (Key.Key_Left, SHIFT),
        (Key.Key_End, NONE),
        (Key.Key_Down, SHIFT),
        (Key.Key_BracketRight, NONE),
    ):
        typist.press(key, modifiers)
        seen(desk.canvas)
    desk.canvas.pad.set_pen_width(40)
    piecewise = seen(desk.canvas)
    desk.canvas.update()
    assert np.array_equal(seen(desk.canvas), piecewise)
    typist.press(Key.Key_Space)
    Mouse(desk.canvas).draw((60, 300), (61, 300))
    without = seen(desk.canvas)
    assert share_of(without, LIGHT.accent) == 0


def test_only_what_the_crosshair_and_the_stroke_change_is_painted_anew(qtbot, typist, desk):
    canvas = desk.canvas
    typist.press(Key.Key_Space)
    painted = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                painted.append(event.region().boundingRect())
            return False

    watch = Watch(canvas)
    qtbot.wait(1)
    canvas.installEventFilter(watch)
    for _ in range(3):
        typist.press(Key.Key_Right)
        qtbot.wait(1)
    assert painted
    sheet = canvas.sheet()
    assert all(box.width() < 0.4 * sheet.width() for box in painted)
    assert all(box.height() < 0.4 * sheet.height() for box in painted)


def test_the_empty_pad_says_which_keys_draw_while_the_crosshair_is_out(typist, desk, seen):
    before = seen(desk.canvas)
    typist.press(Key.Key_Left)
    typist.press(Key.Key_Right)
    top = slice(0, desk.canvas.height() // 3)
    assert (seen(desk.canvas)[top] != before[top]).any()
    typist.press(Key.Key_Space)
    typist.press(Key.Key_Space)
    desk.canvas.pad.undo()
    desk.field.setFocus()
    assert np.array_equal(seen(desk.canvas), before)


# Reading.


@pytest.mark.parametrize(
    ("digits", "accepted"), [(SLANTED, 10), (STRAIGHT, 7)], ids=["slanted", "straight"]
)
def test_digits_drawn_by_arrows_are_read(typist, pad, digits, accepted):
    """As on a pocket calculator all ten are named too, but 0, 2 and 8 are little like what a
    person writes: "Not a digit?"."""
    answers, sure, lenet5 = [], 0, open_reader(shipped_weights(), "cpu")
    for digit, strokes in digits.items():
        pad.clear()
        typist.draw(strokes)
        recognition = lenet5.recognize(framed(pad.ink, fills_field=False)[0])
        answers.append(recognition.answer)
        sure += recognition.accepted
        assert agrees_with_its_marks(typist.canvas), digit
    assert answers == list(digits)
    assert sure >= accepted
