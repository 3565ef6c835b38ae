"""docs/reports/accuracy.md: the page, from what was measured."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image

from digitpad.accuracy import pictures, sections
from digitpad.accuracy.evaluation import Evaluation
from digitpad.accuracy.markdown import NOTHING, percent, plain, table, whole
from digitpad.accuracy.measures import Gallery, Measures
from digitpad.accuracy.pen_sets import PenSet
from digitpad.accuracy.trials import Effort, Key
from digitpad.ink.drawing import PAD_SIZE, PEN_WIDTH
from digitpad.ink.placing import FIT_SHARE, RANDOM_SHARE, Placement

_ABOUT_CORRUPTIONS = """\
MNIST's test set as noise, optics, weather and mishaps leave it: the fifteen of MNIST-C (Mu and
Gilmer, 2019), made anew at one strength each.
`digitpad/accuracy/corruptions.py` lists how they differ from the original, so figures are near
those on its files and not the same. They go straight into the network. *Normalised again*: through
the pad's normalisation first, as a drawing would. A grey ground, fog or an inverted stripe cannot
happen on the pad."""

_LIMITS = """\
- Pen drawings come from few writers and devices. An interval takes each drawing for itself, which
  drawings by one hand are not: the next writer may well lie outside.
- Generated drawings come from the generator that training draws on. They show what the network has
  learned of it, not how it fares with styles, letters and scribbles that the generator does not
  know.
- What is rejected and the temperature, where weights have one, were set on validation drawings,
  not on these."""


@dataclass(frozen=True)
class Run:
    """How figures were made. command: as typed, with the files' names only; quick: with few
    drawings, to try it."""

    command: str
    seed: int
    effort: Effort
    quick: bool = False


class _Album:
    """The pictures of the page as they come: by file name in files, PNG; folder lies beside the
    page."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: dict[str, bytes] = {}

    def show(self, name: str, picture: Image.Image | None, words: str) -> str:
        """Take a picture in; returns what stands for it on the page."""
        if picture is None:
            return f"{words}: none."
        self.files[name] = pictures.png(picture)
        return f"![{words}]({self.folder}/{name})"


def report(
    run: Run,
    measures: Sequence[Measures],
    gallery: Gallery,
    pen_sets: Sequence[PenSet],
    folder: str,
) -> tuple[str, dict[str, bytes]]:
    """The page in Markdown and its pictures, PNG, by their file names in folder, which lies
    beside the page."""
    album = _Album(folder)
    parts = [
        _introduction(run),
        _pen_sets(pen_sets, run),
        _networks(measures, pen_sets),
        "## The corruptions",
        _ABOUT_CORRUPTIONS,
        album.show(
            "corruptions.png",
            pictures.corruptions_picture(gallery),
            "Three digits under each corruption",
        ),
    ]
    for measured in measures:
        parts += _network(run, measured, gallery, pen_sets, album)
    parts += ["## What these figures do not say", _LIMITS]
    return "\n\n".join(parts) + "\n", album.files


def _introduction(run: Run) -> str:
    low, high = RANDOM_SHARE
    quick = (
        "\n\n**A quick run, to try the command: its n are far too small for the figures to mean "
        "anything.**"
    )
    return f"""# Accuracy

How well the networks that come with Digitpad read digits, and what they get wrong. This page is
written by a command:

    {run.command}

`make accuracy STROKES="FILE..."` is the same. Made with PyTorch {torch.__version__}, NumPy
{np.__version__} and Python {platform.python_version()} on the CPU, seed
{run.seed}.{quick if run.quick else ""}

- **read rightly**: the likeliest digit was the label, whether or not the drawing was then accepted.
- **accepted**: as a digit; the others are rejected with "Not a digit?".
- **placed**: every drawing is put on a {PAD_SIZE} × {PAD_SIZE} pad with a pen of {PEN_WIDTH:g} px
  and goes the window's own way to the network. *random*: anywhere, the longer side {whole(low)} to
  {whole(high)} of the pad; *fit*: centred, {whole(FIT_SHARE)}. `digitpad evaluate` measures in the
  same way.
- All figures are in percent; intervals are Wilson's at 95 %."""


def _pen_sets(pen_sets: Sequence[PenSet], run: Run) -> str:
    if not pen_sets:
        return (
            "## Pen drawings\n\nNo set of pen drawings was given (`--strokes FILE...`), so "
            "nothing here was drawn by people on a pad: the figures for MNIST and for generated "
            "drawings are all there is."
        )
    rows = [
        [
            f"`{pen_set.name}`",
            f"{len(pen_set.samples):,}",
            str(pen_set.writers or NOTHING),
            pen_set.source or "not known",
            pen_set.role or NOTHING,
        ]
        for pen_set in pen_sets
    ]
    part = ""
    if any(len(pen_set.samples) > run.effort.sweep_whole for pen_set in pen_sets):
        part = (
            f" At the settings of the pen, {run.effort.sweep:,} at random stand for a set of more "
            f"than {run.effort.sweep_whole:,}; the tables give n."
        )
    return (
        "## Pen drawings\n\n"
        + table(["set", "drawings", "writers", "source", "used for"], rows, texts=(0, 3, 4))
        + "\n\nThe sets are not part of the project: the figures for them can be made only by who "
        "has the files, all others by anyone." + part
    )


def _networks(measures: Sequence[Measures], pen_sets: Sequence[PenSet]) -> str:
    info, scores = [], []
    for measured in measures:
        network = measured.network
        record = network.info.metadata

        def said(key: str, record: dict[str, str] = record) -> str:
            return plain(record.get(key, ""))

        info.append(
            [
                network.info.title,
                f"`{network.name}.safetensors`",
                f"{network.info.parameters:,}",
                said("date"),
                said("datasets"),
                f"`{said('command')}`" if "command" in record else NOTHING,
                said("seed"),
                said("epochs"),
                said("torch"),
                f"`{network.digest}`",
            ]
        )
        evaluations = [
            measured["place", pen_set.name, place] for pen_set in pen_sets for place in Placement
        ]
        scores.append(
            [
                network.info.title,
                *(percent(r.accuracy) for r in (*evaluations, measured[("mnist",)])),
            ]
        )
    head = [
        "network",
        "weights",
        "parameters",
        "date",
        "trained on",
        "by",
        "seed",
        "epochs",
        "PyTorch",
        "SHA-256",
    ]
    names = [f"{pen_set.name}, {place}" for pen_set in pen_sets for place in Placement]
    return "\n\n".join(
        [
            "## Networks",
            table(["read rightly, %", *names, "MNIST test"], scores),
            "The weights (SHA-256: its first twelve digits):",
            table(head, info, texts=range(len(head))),
        ]
    )


def _network(
    run: Run, measured: Measures, gallery: Gallery, pen_sets: Sequence[PenSet], album: _Album
) -> list[str]:
    name = measured.network.name
    parts = [
        f"## {measured.network.info.title} (`{name}.safetensors`)",
        "### Digits",
        sections.digits(measured, pen_sets),
        "### Pen width, size, rotation",
        sections.sweeps(measured, pen_sets),
        "### Under corruptions",
        sections.corruptions(measured),
        "### Out-of-distribution drawings",
    ]
    if measured.network.rejects:
        parts += [
            "Drawn by the generator that also made what training rejects, with a seed of its "
            f"own: {run.effort.kind:,} of each kind, then {run.effort.letters:,} letters. What "
            "other people scribble may fare worse. The exclamation mark is left out of the "
            "shapes, being a 1 with a stray dot, and a scribble's pen is at most 15 % of its "
            "longer side: with a wider one the turns run together, to a bar or a ring.",
            sections.non_digits(measured, gallery, pen_sets),
            "Accepted though no digits (what was drawn > the answer):",
        ]
        for group in ("kinds", "letters"):
            accepted = pictures.accepted_picture(
                gallery.digits[(group,)], measured[(group,)], gallery.drawn[group]
            )
            parts.append(album.show(f"{name}-accepted-{group}.png", accepted, f"Accepted: {group}"))
    else:
        parts.append(
            "These weights carry no threshold (`reject_energy`): nothing that has ink is "
            "rejected, and every drawing gets an answer."
        )
    worst = pictures.styles_picture(
        gallery.digits[("styles",)], measured[("styles",)], gallery.drawn["styles"]
    )
    parts += [
        "### Calibration",
        sections.calibration(measured, pen_sets),
        "### Styles of the generator",
        "Training draws in the same styles (`digitpad styles OUT.png` shows them); these are "
        "other drawings.",
        sections.styles(measured, gallery),
        "Mistaken drawings of the styles read worst (label > answer):",
        album.show(f"{name}-styles.png", worst, "Mistaken drawings of the styles read worst"),
        "### Mistakes",
        "As the network sees them: label > answer, with a question mark where the drawing was "
        "rejected as no digit. Up to six of each confusion, the commonest first.",
    ]
    read: list[tuple[str, str, Key]] = [("MNIST test", "mnist", ("mnist",))]
    read += [
        (f"{s.name}, placed random", s.name, ("place", s.name, Placement.RANDOM)) for s in pen_sets
    ]
    for words, file_name, key in read:
        picture = pictures.mistakes_picture(gallery.digits[key], measured[key])
        parts += [
            f"{words}: {_counted(measured[key])}",
            album.show(f"{name}-{file_name}-mistakes.png", picture, f"Mistakes: {words}"),
        ]
    return parts


def _counted(evaluation: Evaluation) -> str:
    wrong = int((evaluation.is_digit & ~evaluation.right).sum())
    common = ", ".join(f"{a} as {b} ({count})" for a, b, count in evaluation.mistakes[:6])
    return f"{wrong:,} of {evaluation.n:,}" + (f"; {common}" if common else "")
