from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.ink.pipeline import drawing_to_digit, ink_to_digit, picture_to_pad
from digitpad.ink.rasterize import rasterize
from digitpad.ui.images.brought import MOST_FILES, BroughtPicture, bring, pictures_of, read_again
from tests.ui.papers import FOUR, TWO, ink_of, paper, saved


@pytest.fixture
def both(tmp_path) -> BroughtPicture:
    """A picture of a 4 and a 2."""
    brought = bring([saved(tmp_path, "both.png", paper(ink_of(FOUR, TWO)))], False)
    assert isinstance(brought, BroughtPicture)
    return brought


def test_one_picture_is_brought_as_predict_reads_it(tmp_path):
    path = saved(tmp_path, "four.png", paper(ink_of(FOUR)))
    for source, name in ((path, "four.png"), (path.read_bytes(), "")):
        brought = bring([source], False)
        assert isinstance(brought, BroughtPicture) and brought.name == name
        assert np.array_equal(brought.ink, picture_to_pad(path))
        assert brought.digit_inks == () and brought.parts() == ()


def test_several_digits_lie_where_their_parts_say(both):
    assert len(both.digit_inks) == len(both.read.digits) == 2
    on_pad = rasterize([both.mark()])
    for part, name in zip(both.parts(), (FOUR, TWO), strict=True):
        left, top, right, bottom = (round(edge) for edge in part.box)
        inside = np.zeros_like(on_pad)
        inside[top - 2 : bottom + 2, left - 2 : right + 2] = 1
        (mark,) = part.alone()
        assert np.abs(part.digit - ink_to_digit(ink_of(name))).mean() < 0.03
        assert np.array_equal(part.digit, drawing_to_digit([mark]))
        assert 0.2 < (on_pad * inside).sum() / on_pad.sum() < 0.8
    boxes = [part.box for part in both.parts()]
    assert boxes[0][2] < boxes[1][0]


def test_a_digit_that_is_taken_is_alone(both):
    two = both.taking(1)
    assert two.parts() == () and np.array_equal(two.mark().ink, both.digit_inks[1])
    assert np.array_equal(two.taking(None).mark().ink, both.ink)


def test_it_is_read_again_in_a_box_and_inverted(both):
    left, top, right, bottom = both.read.digits[1]
    boxed = read_again(both, (left - 9, top - 9, right + 9, bottom + 9), None)
    assert boxed.digit_inks == () and boxed.name == both.name
    assert np.abs(drawing_to_digit([boxed.mark()]) - both.parts()[1].digit).mean() < 0.02
    assert read_again(both, None, True).read.light_ink
    with pytest.raises(DigitpadError):
        read_again(both, (0, 0, 20, 20), None)


def test_several_files_a_folder_and_rows_of_numbers_are_several(tmp_path):
    four = saved(tmp_path, "b.png", paper(ink_of(FOUR)))
    two = saved(tmp_path, "a.png", paper(ink_of(TWO)))
    assert bring([four, two], False) == (four, two)
    assert bring([tmp_path], False) == (two, four)
    rows = tmp_path / "rows.npy"
    np.save(rows, np.stack([ink_of(FOUR)[::10, ::10], ink_of(TWO)[::10, ::10]]))
    assert bring([rows], False) == (rows,)
    assert [one.name for one in pictures_of(rows, False)] == ["rows.npy[0]", "rows.npy[1]"]
    two.unlink()
    rows.unlink()
    assert isinstance(bring([tmp_path], False), BroughtPicture)


def test_no_more_are_brought_than_are_shown(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(b"")
    assert bring([tmp_path] * MOST_FILES, False) == tuple(
        tmp_path / f"{number % 3}.png" for number in range(MOST_FILES)
    )
