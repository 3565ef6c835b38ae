"""A picture's file becomes grey levels, within bounds of time and memory that are checked before
anything is unpacked."""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Callable

import numpy as np
from PIL import Image, UnidentifiedImageError

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")
NAMES = N_("PNG, JPEG, WebP, TIFF, BMP, GIF, PGM, .npy, .npz or .csv")
MAX_FILE_BYTES = 64 << 20
MAX_PIXELS = 64_000_000
MAX_SIDE = 32_767
WORKING_SIDE = 1_000
"""The longer side to which a picture is brought down, in pixels: a pen's line on a sheet that fills
the picture is then still two or three wide."""

UNSCALED_PEAK = 16
"""A picture whose highest level is this or less was saved without being brought to 0 to 255."""

# JPEG is decoded at an eighth of its side where it is large; only its coefficients, where it is
# progressive, take the room of the whole.
_MAX_JPEG_PIXELS = 210_000_000
# WebP unpacks two whole canvases of four bytes a pixel before the first is seen.
_MAX_WEBP_PIXELS = 24_000_000
# Plain text is parsed in Python.
_MAX_TEXT_BYTES = 4 << 20
_BAND_PIXELS = 4_000_000
_ORIENTATION = 0x0112
# How to set upright what a camera held askew, by EXIF's number.
_TURNS: dict[object, Callable[[np.ndarray], np.ndarray]] = {
    2: np.fliplr,
    3: lambda levels: np.rot90(levels, 2),
    4: np.flipud,
    5: np.transpose,
    6: lambda levels: np.rot90(levels, -1),
    7: lambda levels: np.rot90(levels, 2).T,
    8: np.rot90,
}
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def grey_levels(content: bytes, name: str) -> np.ndarray:
    """The grey levels of a picture, float32 (h, w) in 0 to 255, upright, its longer side at most
    WORKING_SIDE; what is transparent takes the opposite of what is drawn.

    content: the whole file. name: what to call it in an error. Raises DigitpadError where it is no
    picture of a kind in FORMATS, damaged, or larger than what is read in two seconds and 500 MB.
    """
    if is_heic(content):
        return _heic(content, name)
    _check_head(content, name)
    try:
        with warnings.catch_warnings():
            # Pillow warns of what is large or oddly tagged; we say no ourselves or read what is
            # there.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                return _decoded(picture, name)
    except DigitpadError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except UnidentifiedImageError as error:
        raise DigitpadError(
            _("{name} is no picture that can be read; take one of {names}").format(
                name=name, names=_(NAMES)
            )
        ) from error
    except Exception as error:
        # Decoders fail in every way there is on damaged files; all of them mean the same to who
        # opened it.
        raise DigitpadError(
            _("{name} is damaged and cannot be read as a picture; get it again").format(name=name)
        ) from error


def is_heic(content: bytes) -> bool:
    """Whether a file's first bytes are those of HEIC or HEIF, whatever its name."""
    return content[4:8] == b"ftyp" and (
        content[8:12] in _HEIC_BRANDS or any(brand in content[16:48] for brand in _HEIC_BRANDS[:6])
    )


def _heic(content: bytes, name: str) -> np.ndarray:
    """Read by pillow-heif, where it is installed."""
    try:
        import pillow_heif  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise DigitpadError(
            _(
                "{name} is a HEIC picture, as phones take them; save it as JPEG or PNG (or "
                "install pillow-heif: pip install pillow-heif)"
            ).format(name=name)
        ) from None
    try:
        with pillow_heif.open_heif(io.BytesIO(content)) as found:
            width, height = found.size
            if width * height > _MAX_WEBP_PIXELS * 2:
                raise _too_large(name, width, height)
            return _levels(found.to_pillow())
    except DigitpadError:
        raise
    except Exception as error:
        raise DigitpadError(
            _("{name} is damaged and cannot be read as HEIC; get it again").format(name=name)
        ) from error


def _too_large(name: str, width: int = 0, height: int = 0) -> DigitpadError:
    if not width:
        return DigitpadError(
            _(
                "{name} has more pixels than the {max_pixels:,} that are read; make it smaller"
            ).format(name=name, max_pixels=MAX_PIXELS)
        )
    return DigitpadError(
        _(
            "{name} is {width:,} × {height:,} pixels; at most {max_pixels:,} in all "
            "and {max_side:,} a side are read; make it smaller"
        ).format(name=name, width=width, height=height, max_pixels=MAX_PIXELS, max_side=MAX_SIDE)
    )


def _check_head(content: bytes, name: str) -> None:
    """Refuse what Pillow would unpack before it says how large it is."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        width, height = _webp_size(content)
        if width * height > _MAX_WEBP_PIXELS:
            raise DigitpadError(
                _(
                    "{name} is {width:,} × {height:,} pixels; of WebP at most "
                    "{max_webp_pixels:,} in all are read; make it smaller"
                ).format(name=name, width=width, height=height, max_webp_pixels=_MAX_WEBP_PIXELS)
            )
    if re.match(rb"P[123]\s", content[:3]) and len(content) > _MAX_TEXT_BYTES:
        raise DigitpadError(
            _("{name} spells {n:,} bytes of pixels as text; save it as binary PGM or PNG").format(
                name=name, n=len(content)
            )
        )


def _webp_size(content: bytes) -> tuple[int, int]:
    """A WebP file's width and height by its first chunk; (0, 0) where it is cut off.

    After Google's "WebP Container Specification" and RFC 6386, section 9.1.
    """
    kind, head = content[12:16], content[20:30]
    if len(head) < 10:
        return 0, 0
    if kind == b"VP8X":
        return (
            1 + int.from_bytes(head[4:7], "little"),
            1 + int.from_bytes(head[7:10], "little"),
        )
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", head[6:10])
    return width & 0x3FFF, height & 0x3FFF


def _decoded(picture: Image.Image, name: str) -> np.ndarray:
    width, height = picture.size
    pixels, longer = width * height, max(width, height)
    most = MAX_PIXELS
    if picture.format == "JPEG" and not picture.info.get("progressive"):
        most = _MAX_JPEG_PIXELS
    if pixels > most or (longer > MAX_SIDE and picture.format != "JPEG"):
        raise _too_large(name, width, height)
    picture.draft("L", (WORKING_SIDE, WORKING_SIDE))
    picture.load()
    upright = _TURNS.get(picture.getexif().get(_ORIENTATION))
    levels = _levels(picture)
    return np.ascontiguousarray(upright(levels)) if upright is not None else levels


def _levels(picture: Image.Image) -> np.ndarray:
    """Grey levels, float32, the longer side at most WORKING_SIDE."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;"):
        levels = np.asarray(_shrunk(picture, "F"), dtype=np.float32)
        return scaled(np.nan_to_num(levels, posinf=0.0, neginf=0.0))
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        levels = np.asarray(_shrunk(picture, "L"), dtype=np.float32)
        return scaled(levels) if 0 < levels.max() <= UNSCALED_PEAK else levels
    seen = _shrunk(picture, "RGBA")
    grey = np.asarray(seen.convert("RGB").convert("L"), np.float32)
    alpha = np.asarray(seen.getchannel("A"), np.float32) / 255
    drawn = float((grey * alpha).sum() / max(float(alpha.sum()), 1e-9))
    paper = 255.0 if drawn < 128 else 0.0
    return (grey * alpha + paper * (1 - alpha)).round()


def scaled(levels: np.ndarray) -> np.ndarray:
    """Levels of any scale, float32, as 0 to 255: kept where they are that already, multiplied where
    their highest is at most UNSCALED_PEAK or beyond 255; what is below 0 counts from the lowest."""
    low, high = float(levels.min(initial=0.0)), float(levels.max(initial=0.0))
    if low < 0:
        levels, high = levels - low, high - low
    if UNSCALED_PEAK < high <= 255 or high <= 0:
        return levels
    # 16 bits a pixel are 0 to 65,535, but cameras and scanners may fill 10 or 12 of them: the
    # contrast is what counts.
    return levels * np.float32(255 / high)


def _shrunk(picture: Image.Image, mode: str) -> Image.Image:
    """In another mode, its longer side at most WORKING_SIDE: band by band where it is large, so
    that no second copy of the whole is made."""
    width, height = picture.size
    longer = max(width, height)
    if longer <= WORKING_SIDE:
        return picture.convert(mode)
    size = (
        max(1, round(width * WORKING_SIDE / longer)),
        max(1, round(height * WORKING_SIDE / longer)),
    )
    if picture.mode == mode == "L":
        return picture.resize(size, Image.Resampling.BOX)
    if width * height <= _BAND_PIXELS:
        return picture.convert(mode).resize(size, Image.Resampling.BOX)
    small = Image.new(mode, size)
    for row in range(size[1]):
        top, bottom = row * height / size[1], (row + 1) * height / size[1]
        band = picture.crop((0, int(top), width, int(np.ceil(bottom)))).convert(mode)
        line = band.resize(
            (size[0], 1), Image.Resampling.BOX, (0, top - int(top), width, bottom - int(top))
        )
        small.paste(line, (0, row))
    return small
