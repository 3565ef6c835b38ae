from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitpad.commands import styles
from digitpad.core.errors import DigitpadError
from digitpad.handwriting.pen_styles import shipped_styles


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    styles.add_arguments(parser)
    return parser.parse_args(words)


def test_the_sheet_of_a_digit_is_written_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    out = tmp_path / "sheet.png"
    assert styles.run(parsed(str(out), "--digit", "6", "--samples", "2")) == 0
    with Image.open(out) as sheet:
        assert np.asarray(sheet).min() < 100
    count = sum(style.group == "6" for style in shipped_styles().styles)
    assert f"{count} styles" in capsys.readouterr().out


def test_another_table_can_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(DigitpadError, match="does not exist"):
        styles.run(parsed(str(tmp_path / "a.png"), "--styles", str(tmp_path / "none.json")))


@pytest.mark.parametrize(
    "words", [("sheet.jpg",), ("a.png", "--samples", "-1"), ("a.png", "--samples", "51")]
)
def test_wrong_wishes_are_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(DigitpadError):
        styles.run(parsed(*words))


def test_the_same_seed_draws_the_same_sheet() -> None:
    one, two = (styles.style_sheet(shipped_styles(), digit=1, samples=1, seed=3) for _ in range(2))
    assert one.tobytes() == two.tobytes()
