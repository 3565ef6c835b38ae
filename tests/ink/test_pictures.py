from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digitpad.core.errors import DigitpadError
from digitpad.ink.decoding import MAX_PIXELS, WORKING_SIDE
from digitpad.ink.drawing import Stroke
from digitpad.ink.normalize import ink_box
from digitpad.ink.pictures import cropped, read_levels
from digitpad.ink.pictures import read_picture as read_whole
from digitpad.ink.rasterize import rasterize


def read_picture(source: Path | bytes) -> np.ndarray:
    """The ink of the first picture."""
    return read_whole(source).ink


SEVEN = Stroke.through([(84, 66), (130, 66), (192, 62), (172, 122), (148, 172), (134, 226)], 18)


@pytest.fixture(scope="module")
def ink() -> np.ndarray:
    """A 7 on the pad, 255 = ink."""
    return rasterize([SEVEN])


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def as_large(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The first made as large as the second."""
    if a.shape == b.shape:
        return a
    return np.asarray(Image.fromarray(a).resize(b.shape[::-1], Image.Resampling.BOX))


def agreement(a: np.ndarray, b: np.ndarray) -> float:
    """How much of what either has is in both: 1 for equal ink, 0 for ink apart."""
    first, second = as_large(a, b) > 127, b > 127
    return float((first & second).sum() / (first | second).sum())


def photograph(
    ink: np.ndarray, side: int = 900, dark_paper: bool = False, seed: int = 0
) -> np.ndarray:
    """A sheet under a lamp: light that falls off to a third in one corner, the grain of paper,
    the camera's noise."""
    rng = np.random.default_rng(seed)
    large = (
        np.asarray(Image.fromarray(ink).resize((side, side), Image.Resampling.BICUBIC), float) / 255
    )
    y, x = np.mgrid[0 : 1 : side * 1j, 0 : 1 : side * 1j]
    light = 1.0 - 0.55 * x - 0.25 * y * y
    light = light * (1 - 0.25 / (1 + np.exp(-(x - y + 0.35) * 25)))  # somebody's shadow
    paper, pen = (0.22, 0.9) if dark_paper else (0.9, 0.2)
    grain = np.kron(rng.normal(0, 0.012, (side // 3, side // 3)), np.ones((3, 3)))
    seen = (paper + (pen - paper) * large + grain) * light + rng.normal(0, 0.015, (side, side))
    return (seen.clip(0, 1) * 255).astype(np.uint8)


def test_dark_on_light_and_light_on_dark_are_the_same_ink(ink):
    for levels in (255 - ink, ink, 240 - ink // 2, 20 + ink // 2):
        assert agreement(read_picture(encoded(Image.fromarray(levels))), ink) > 0.98


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        (k, m)
        for k in ("PNG", "JPEG", "BMP", "GIF", "WEBP")
        for m in ("L", "RGB", "P", "1")
        if (k, m) != ("JPEG", "P")
    ],
)
def test_every_format_and_kind_of_pixel_is_read(ink, kind, mode):
    picture = Image.fromarray(255 - ink).convert(mode)
    assert agreement(read_picture(encoded(picture, kind)), ink) > 0.93


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (200, 30, 30)])
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_drawn_on_nothing_is_ink_whatever_its_colour(ink, colour, mode):
    picture = Image.new("RGB", ink.shape[::-1], colour)
    picture.putalpha(Image.fromarray(ink))
    assert agreement(read_picture(encoded(picture.convert(mode))), ink) > 0.98


def test_a_palette_with_a_transparent_colour_is_read(ink):
    picture = Image.fromarray((ink > 127).astype(np.uint8), "L").convert("P")
    picture.putpalette([0, 0, 0, 0, 0, 0])
    content = encoded(picture, "GIF", transparency=0)
    assert agreement(read_picture(content), ink) > 0.95


@pytest.mark.parametrize("peak", [65_535, 1_023, 255])
def test_sixteen_bits_a_pixel_are_read_whatever_range_they_use(ink, peak):
    levels = ((255 - ink.astype(np.uint32)) * peak // 255).astype(np.uint16)
    picture = Image.fromarray(levels)
    assert picture.mode == "I;16"
    assert agreement(read_picture(encoded(picture)), ink) > 0.98


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_camera_held_askew_is_set_upright(ink, kind, orientation):
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    seen = Image.fromarray(255 - ink)
    if orientation in turns:
        seen = seen.transpose(turns[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert agreement(read_picture(encoded(seen, kind, exif=exif)), ink) > 0.93


@pytest.mark.parametrize("dark_paper", [False, True])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photograph_on_unevenly_lit_paper_gives_the_ink_alone(ink, dark_paper, kind):
    found = read_picture(encoded(Image.fromarray(photograph(ink, dark_paper=dark_paper)), kind))
    assert agreement(found, ink) > 0.8
    # Nothing of the paper, the shadow or the noise is left.
    assert (as_large(found, ink)[ink == 0] > 60).mean() < 0.02


def test_the_edge_of_the_table_is_not_ink(ink):
    seen = photograph(ink, seed=1)
    seen[:, :110] //= 4
    found = read_picture(encoded(Image.fromarray(seen)))
    assert agreement(found, ink) > 0.75


def test_specks_are_left_out_of_a_photograph(ink):
    seen = photograph(ink, seed=2)
    for x, y in ((100, 800), (820, 120), (700, 760)):
        seen[y : y + 8, x : x + 8] //= 4
    found = as_large(read_picture(encoded(Image.fromarray(seen))), ink)
    box, expected = ink_box(found), ink_box(ink)
    assert np.abs(np.subtract(box, expected)).max() <= 8


def test_a_picture_of_mnists_size_keeps_every_level(test_set):
    for digit in test_set.digits[:20]:
        assert np.abs(read_picture(encoded(Image.fromarray(digit))).astype(int) - digit).max() <= 2


def test_the_longer_side_is_brought_down_and_the_shape_kept(ink):
    wide = np.zeros((600, 1200), np.uint8)
    wide[100:500, 500:600] = 255
    assert read_picture(encoded(Image.fromarray(wide))).shape == (WORKING_SIDE // 2, WORKING_SIDE)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_empty_sheet_shows_nothing_drawn(level):
    with pytest.raises(DigitpadError, match="shows nothing drawn"):
        read_picture(encoded(Image.new("L", (200, 300), level)))


def test_empty_paper_under_a_lamp_shows_nothing_drawn(ink):
    with pytest.raises(DigitpadError, match="shows nothing drawn"):
        read_picture(encoded(Image.fromarray(photograph(np.zeros_like(ink)))))


def test_a_digit_cut_by_the_edge_of_its_photograph_is_read(ink):
    seen = photograph(ink)[:, 270:]
    assert (
        agreement(
            read_picture(encoded(Image.fromarray(seen))),
            np.asarray(Image.fromarray(ink[:, 84:]).resize((196, 280))),
        )
        > 0.7
    )


def test_a_wholly_transparent_picture_shows_nothing_drawn():
    with pytest.raises(DigitpadError, match="shows nothing drawn"):
        read_picture(encoded(Image.new("RGBA", (60, 60), (9, 9, 9, 0))))


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (3, 2)])
def test_the_smallest_pictures_are_answered_or_refused(size):
    levels = np.arange(size[0] * size[1]).reshape(size) % 251
    for picture in (Image.fromarray(levels.astype(np.uint8)), Image.new("1", size)):
        try:
            assert read_picture(encoded(picture)).any()
        except DigitpadError as error:
            assert "nothing drawn" in str(error)


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that its few bytes do not hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + name
            + content
            + struct.pack(">I", zlib.crc32(name + content))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("width", "height"), [(30_000, 30_000), (MAX_PIXELS + 1, 1), (10_000, 10_000)]
)
def test_a_huge_picture_is_refused_before_it_is_unpacked(width, height):
    with pytest.raises(
        DigitpadError, match=r"at most 64,000,000 in all|more pixels than the 64,000,000"
    ):
        read_picture(png_of(width, height))


def test_a_picture_that_holds_less_than_it_says_is_damaged():
    with pytest.raises(DigitpadError, match="is damaged"):
        read_picture(png_of(300, 300))


@pytest.fixture
def path(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return write


def test_files_that_are_no_pictures_are_refused_by_name(path, tmp_path):
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    for name, content in (
        ("text.png", b"this is a seven\n"),
        ("drawing.png", svg),
        ("tiff.png", b"II*\0\x08\0\0\0"),
    ):
        with pytest.raises(
            DigitpadError, match=f"{name} is no picture that can be read; take one of PNG, JPEG"
        ):
            read_picture(path(name, content))
    with pytest.raises(DigitpadError, match="is empty"):
        read_picture(path("empty.png", b""))
    with pytest.raises(DigitpadError, match="is a directory"):
        read_picture(tmp_path)
    with pytest.raises(DigitpadError, match="does not exist"):
        read_picture(tmp_path / "none.png")


def test_a_truncated_photograph_is_damaged(ink):
    content = encoded(Image.fromarray(photograph(ink)), "JPEG")
    for share in (0.02, 0.3, 0.9):
        with pytest.raises(DigitpadError, match=r"is damaged|no picture"):
            read_picture(content[: int(len(content) * share)])


@settings(max_examples=300)
@given(st.data())
def test_no_damage_does_more_than_refuse(choices):
    small = Image.fromarray(rasterize([SEVEN], scale=0.2))
    exif = Image.Exif()
    exif[0x0112] = 6
    kind, mode = (
        choices.draw(st.sampled_from(["PNG", "JPEG", "GIF", "BMP", "WEBP"])),
        choices.draw(st.sampled_from(["L", "RGB", "1", "P"])),
    )
    options = {"exif": exif} if kind in ("PNG", "JPEG", "WEBP") else {}
    content = bytearray(
        encoded(small.convert("L" if (kind, mode) == ("JPEG", "P") else mode), kind, **options)
    )
    for _ in range(choices.draw(st.integers(1, 5))):
        content[choices.draw(st.integers(0, min(len(content) - 1, 400)))] = choices.draw(
            st.integers(0, 255)
        )
    del content[choices.draw(st.integers(len(content) // 2, len(content))) :]
    try:
        assert read_picture(bytes(content)).dtype == np.uint8
    except DigitpadError as error:
        assert "\n" not in str(error)


def test_cropping_leaves_a_margin_around_the_ink(ink):
    left, top, right, bottom = ink_box(ink)
    found = cropped(ink)
    margin = round(0.2 * max(right - left, bottom - top))
    assert found.shape == (bottom - top + 2 * margin, right - left + 2 * margin)
    assert np.array_equal(found[margin:-margin, margin:-margin], ink[top:bottom, left:right])
    empty = np.zeros((100, 100), np.uint8)
    assert cropped(empty) is empty
    small = np.eye(28, dtype=np.uint8)
    assert cropped(small) is small


@pytest.mark.parametrize("is_ruled", [False, True])
def test_a_stroke_that_runs_through_a_box_is_no_line_of_the_paper(is_ruled):
    # A 2, whose foot is about as long as the box that is drawn around it.
    two = (
        ((100, 100), (110, 75), (140, 65), (165, 80), (168, 105), (150, 150), (95, 212)),
        ((95, 212), (190, 214)),
    )
    ink = np.pad(rasterize([Stroke.through(points, 7) for points in two]), 60)
    grey = np.full(ink.shape, 215.0)
    if is_ruled:
        for row in (50, 140, 230, 320):
            grey[row : row + 3] = 150
    grey = np.minimum(grey, 215 - ink * (170 / 255))
    grey += np.random.default_rng(0).normal(0, 1, grey.shape)
    left, top, right, bottom = ink_box(ink)
    read = read_levels(grey.astype(np.float32), (left - 5, top - 5, right + 5, bottom + 5))
    assert (read.ink[ink > 200] > 100).mean() > 0.97
    assert not read.ink[:, : left - 5].any() and not read.left_out[:, : left - 5].any()
