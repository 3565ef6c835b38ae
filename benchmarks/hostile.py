"""Damaged and crafted files of every format that Digitpad reads: what falls.

    python benchmarks/hostile.py [--mutations 20000] [--seed 0] [--format NAME ...]

A good file of each format is changed at random (bytes turned over, taken out, put in, repeated, cut
off, numbers made as large as they go) and read. Reading may succeed or raise DigitpadError with one
line; anything else is a fall, as is taking more than 2 seconds or 500 MB. Then come files made to
hurt. Each format is read in a process of its own. Exits with 1 where anything fell.
"""

from __future__ import annotations

import argparse
import base64
import bz2
import contextlib
import gzip
import io
import json
import multiprocessing
import multiprocessing.connection
import resource
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MOST_SECONDS = 2.0
MOST_BYTES = 500 << 20
_NUMBERS = (b"\0", b"\xff", b"\x7f", b"\x80", b"\xff\xff\xff\x7f", b"\xff" * 4, b"\xff" * 8)


@dataclass
class Tally:
    """What came of reading files of one format: how many were read, refused, and what fell."""

    name: str
    read: int = 0
    refused: int = 0
    slowest_s: float = 0.0
    peak_bytes: int = 0
    fallen: list[str] = field(default_factory=list)


Read = Callable[[Path], object]


def formats() -> dict[str, tuple[str, bytes, Read]]:
    """Each format's name, with the ending of its files, a good one, and what reads it."""
    import numpy as np
    import torch
    from PIL import Image

    from digitpad.datasets.idx import idx_array
    from digitpad.datasets.unpacking import unpacked
    from digitpad.datasets.usps import USPS_LIMIT_BYTES, usps_digits
    from digitpad.ink.drawing import PlacedPicture, Stroke
    from digitpad.ink.kept_drawing import KeptDrawing
    from digitpad.ink.pipeline import picture_to_pad
    from digitpad.ink.rasterize import rasterize
    from digitpad.ink.strokes_file import read_drawings, read_samples, write_drawings
    from digitpad.nets.files.opening import open_weights
    from digitpad.nets.modules import build
    from digitpad.training.checkpoints import load_checkpoint, save_checkpoint

    def picture(kind: str) -> bytes:
        grey = np.full((40, 30), 230, np.uint8)
        grey[8:32, 13:17] = 20
        stream = io.BytesIO()
        Image.fromarray(grey).save(stream, kind)
        return stream.getvalue()

    def weights(is_zip: bool) -> bytes:
        stream = io.BytesIO()
        state = build("lenet5-relu").state_dict()
        torch.save(state, stream, _use_new_zipfile_serialization=is_zip)
        return stream.getvalue()

    def read_idx(path: Path) -> object:
        return idx_array(unpacked(path), "images", path)

    def read_usps(path: Path) -> object:
        return usps_digits(unpacked(path, limit_bytes=USPS_LIMIT_BYTES), path)

    def read_whole(path: Path) -> object:
        return [rasterize(kept.marks) for kept in read_drawings(path)]

    def read_collection(path: Path) -> object:
        with Collection.open(path) as collection:
            return [rasterize(kept.marks) for _entry, kept in collection.drawings()]

    from digitpad.core.paths import shipped_weights
    from digitpad.teaching.collection import Collection

    ink = np.arange(48, dtype=np.uint8).reshape(6, 8)
    marks = (Stroke.through([(10, 10), (90, 12)], 20), PlacedPicture(ink, 0, 0, 80, 60))
    with tempfile.TemporaryDirectory() as folder:
        kept = [KeptDrawing((*marks, Stroke.through([(40, 10)], 30, erases=True)), 7)] * 3
        write_drawings(Path(folder) / "whole.json", kept)
        whole = (Path(folder) / "whole.json").read_bytes()
        with Collection.open(Path(folder) / "mine.db") as collection:
            for one in kept:
                collection.add(one)
        mine = (Path(folder) / "mine.db").read_bytes()
    drawing = json.dumps(
        {
            "format": "digitpad-strokes",
            "version": 1,
            "samples": [{"label": 7, "strokes": [[[10, 10], [90, 12], [40, 95.5]], [[1, 2, 0.5]]]}],
        }
    ).encode()
    images = b"\0\0\x08\x03" + struct.pack(">III", 3, 28, 28) + bytes(range(256)) * 9 + bytes(48)
    pixels = " ".join(f"{i + 1}:{(i % 21) / 10 - 1:g}" for i in range(256))
    usps = f"7 {pixels}\n3 {pixels}\n".encode()
    with tempfile.TemporaryDirectory() as folder:
        state_file = Path(folder) / "run.resume"
        save_checkpoint(state_file, {"network": "lenet5"}, "abc", {"step": 3})
        state = state_file.read_bytes()
    return {
        "strokes": (".json", drawing, read_samples),
        "drawings whole": (".json", whole, read_whole),
        "My drawings": (".db", mine, read_collection),
        "strokes, gzipped": (".json.gz", gzip.compress(drawing), read_samples),
        **{
            kind: (f".{kind.lower()}", picture(kind), picture_to_pad)
            for kind in ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")
        },
        "IDX": ("-ubyte", images, read_idx),
        "IDX, gzipped": ("-ubyte.gz", gzip.compress(images), read_idx),
        "USPS": (".bz2", bz2.compress(usps), read_usps),
        "safetensors": (".safetensors", shipped_weights().read_bytes(), open_weights),
        "torch.save, zipped": (".pth", weights(True), open_weights),
        "torch.save, of old": (".pt", weights(False), open_weights),
        "training state": (".resume", state, load_checkpoint),
    }


def crafted() -> Iterator[tuple[str, str, bytes]]:
    """Files made to hurt: a format's name, what it is, the file."""
    doubled = b"".join(b"h%ch%c\x86q%c" % (i, i, i + 1) for i in range(60))
    for name, pickle in (
        ("tuples as keys", b"\x80\x02}" + b")q\0" + doubled + b"K\x01s."),
        ("deep tuples", b"\x80\x02)" + b"\x85" * 3_000_000 + b"."),
        ("lists", b"\x80\x02" + b"]" * 12_000_000 + b"."),
        ("marks", b"\x80\x02" + b"(" * 12_000_000 + b"."),
    ):
        yield "torch.save, zipped", f"a pickle of many {name}", _archive(pickle)
        yield "torch.save, of old", f"a pickle of many {name}", pickle
    head = b'{"format": "digitpad-strokes", "version": 1, "samples": ['
    for name, part in (("lists", b"[],"), ("objects", b"{},"), ("numbers", b"1,"), ("deep", b"[")):
        text = head + part * (60_000_000 // len(part))
        yield "strokes, gzipped", f"millions of {name}", gzip.compress(text, 1)
    zigzag = ",".join(f"[{i % 2 * 280},{i % 280}]" for i in range(50_000))
    yield (
        "strokes",
        "one long zigzag",
        head + b'{"label": 1, "strokes": [[%s]]}]}' % zigzag.encode(),
    )
    whole = b'{"format": "digitpad-strokes", "version": 2, "samples": [{"marks": [%s]}]}'
    for name, points, width in (
        ("one long zigzag", zigzag, 20),
        ("a wide zigzag", zigzag[: 13_000 * 8], 200),
        ("a zigzag far off", ",".join(f"[{i % 2 * 20_000},{i % 280}]" for i in range(3_000)), 20),
        ("a point, often", ",".join(["[140,140]"] * 200_000), 60),
    ):
        stroke = b'{"pen": [%s], "width": %d}' % (points.rpartition(",[")[0].encode(), width)
        yield "drawings whole", name, whole % stroke
    for name, rows, pixels in (("a bomb", 28, 50_000_000), ("large", 1_024, 1 << 20)):
        packed = base64.b64encode(zlib.compress(bytes(pixels))).decode()
        box = f'"rows": {rows}, "columns": {rows}, "box": [0, 0, 280, 280]'
        pictures = ",".join([f'{{"picture": "{packed}", {box}}}'] * 64)
        yield "drawings whole", f"64 pictures: {name}", whole % pictures.encode()
    yield "USPS", "nothing but lines", bz2.compress(b"\n" * (64 << 20))
    yield "USPS", "one endless line", bz2.compress(b"1 " * (31 << 20))
    yield "IDX", "sixteen bytes", b"\0\0\x08\x03" + b"\0" * 4 + b"\xff" * 8
    yield "IDX, gzipped", "zeros without end", gzip.compress(bytes(300 << 20), 1)
    for name, header in (
        ("100,000 dimensions", {"a": _tensor([1] * 100_000, 4)}),
        ("a record of 600 kB", {"__metadata__": {"network": "lenet5", "classes": "0," * 300_000}}),
        ("a count in other figures", {"__metadata__": {"network": "lenet5", "test_n": "²"}}),
        ("a count of 5,000 figures", {"__metadata__": {"network": "lenet5", "test_n": "9" * 5000}}),
        ("a temperature that is none", {"__metadata__": {"temperature": "nan"}}),
        ("a tensor of 10^18 numbers", {"a": _tensor([10**9, 10**9], 4)}),
    ):
        yield "safetensors", name, _safetensors(header)
    for width, height in ((1, 64_000_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)):
        yield "PNG", f"{width:,} x {height:,}", _png(width, height)
    yield "WEBP", "34 bytes", _webp(16_383, 16_383)


def _archive(pickle: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("weights/data.pkl", pickle)
        archive.writestr("weights/version", "3\n")
    return stream.getvalue()


def _tensor(shape: list[int], size: int) -> dict[str, object]:
    return {"dtype": "F32", "shape": shape, "data_offsets": [0, size]}


def _safetensors(header: dict[str, object]) -> bytes:
    encoded = json.dumps(header).encode()
    return len(encoded).to_bytes(8, "little") + encoded + bytes(4 if "a" in header else 0)


def _png(width: int, height: int) -> bytes:
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    packer = zlib.compressobj(1)
    rows = packer.compress(bytes(min(2 * height, 130_000_000))) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _webp(width: int, height: int) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    body = b"VP8L" + struct.pack("<I", 14) + b"\x2f" + struct.pack("<I", bits) + bytes(9)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def mutated(good: bytes, rng: object) -> bytes:
    """A good file with one to eight changes."""
    import numpy as np

    assert isinstance(rng, np.random.Generator)
    content = bytearray(good)
    for _ in range(rng.integers(1, 9)):
        # Most of what can be broken lies near the beginning.
        at = int(len(content) * rng.random() ** 3) if content else 0
        match rng.integers(6):
            case 0 if content:
                content[at : at + 1] = bytes([content[at] ^ 1 << int(rng.integers(8))])
            case 1:
                del content[at : at + int(rng.integers(1, 20))]
            case 2:
                content[at:at] = rng.bytes(int(rng.integers(1, 20)))
            case 3:
                content[at:at] = content[at : at + 50] * int(rng.integers(1, 9))
            case 4:
                number = _NUMBERS[int(rng.integers(len(_NUMBERS)))]
                content[at : at + len(number)] = number
            case _ if rng.random() < 0.2:
                del content[at:]
    return bytes(content)


def forget_peak() -> int:
    """Begin to watch the memory anew, where the system can; the most that this process had."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return peak_bytes()


def peak_bytes() -> int:
    """The most memory that this process had since forget_peak, or ever."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return 1024 * int(status.split("VmHWM:")[1].split()[0])


def read_all(name: str, mutations: int, seed: int, answers: object) -> None:
    """Read all files of a format and send a Tally; run in a process of its own."""
    import numpy as np

    from digitpad.core.errors import DigitpadError

    assert isinstance(answers, multiprocessing.connection.Connection)
    ending, good, read = formats()[name]
    rng = np.random.default_rng([seed, len(name), *name.encode()])
    tally = Tally(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{ending}"

        def attempt(what: str, content: bytes) -> None:
            path.write_bytes(content)
            del content
            before, started = forget_peak(), time.perf_counter()
            try:
                read(path)
                tally.read += 1
            except DigitpadError as error:
                tally.refused += 1
                if "\n" in str(error) or len(str(error)) > 2_000:
                    tally.fallen.append(f"{what}: an error of more than a line")
            except BaseException as error:
                tally.fallen.append(f"{what}: {type(error).__name__}: {str(error)[:80]}")
            seconds, grown = time.perf_counter() - started, peak_bytes() - before
            tally.slowest_s = max(tally.slowest_s, seconds)
            tally.peak_bytes = max(tally.peak_bytes, grown)
            if seconds > MOST_SECONDS:
                tally.fallen.append(f"{what}: {seconds:.1f} s")
            if grown > MOST_BYTES:
                tally.fallen.append(f"{what}: {grown >> 20} MB")

        attempt("the good file", good)
        if not tally.read:
            tally.fallen.append("the good file is not read")
        for number in range(mutations):
            attempt(f"mutation {number}", mutated(good, rng))
        for kind, what, content in crafted():
            if kind == name:
                attempt(what, content)
    answers.send(tally)


def tallied(name: str, mutations: int, seed: int) -> Tally:
    """The tally of a format, read in a process of its own, which may die."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=read_all, args=(name, mutations, seed, theirs))
    process.start()
    theirs.close()
    try:
        tally = ours.recv()
    except EOFError:
        process.join()
        tally = Tally(name, fallen=[f"the process ended with status {process.exitcode}"])
    process.join()
    assert isinstance(tally, Tally)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mutations", type=int, default=20_000, help="in all (default: 20,000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--format", nargs="+", help="of these alone")
    arguments = parser.parse_args()
    names = arguments.format or list(formats())
    each = -(-arguments.mutations // len(names))
    print(f"{each:,} mutations of each of {len(names)} formats, seed {arguments.seed}")
    print(f"{'format':<20}{'read':>8}{'refused':>9}{'slowest':>10}{'memory':>10}  fallen")
    has_fallen = False
    for name in names:
        tally = tallied(name, each, arguments.seed)
        has_fallen |= bool(tally.fallen)
        print(
            f"{name:<20}{tally.read:>8,}{tally.refused:>9,}{tally.slowest_s:>8.2f} s"
            f"{tally.peak_bytes >> 20:>7,} MB  {len(tally.fallen) or 'none'}",
            flush=True,
        )
        for fall in tally.fallen[:10]:
            print(f"    {fall}")
    return int(has_fallen)


if __name__ == "__main__":
    sys.exit(main())
