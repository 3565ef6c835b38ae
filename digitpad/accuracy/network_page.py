"""docs/reports/networks.md: the page, from what was measured."""

from __future__ import annotations

import os
import platform
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

import torch

from digitpad.accuracy.markdown import NOTHING, interval, percent, table, whole
from digitpad.accuracy.network_aims import AIMS, verdict
from digitpad.accuracy.network_figures import Correctness, RunFigures
from digitpad.accuracy.network_runs import NetworkRun
from digitpad.accuracy.network_speed import BATCH, ROUNDS, Speed
from digitpad.accuracy.pen_sets import PenSet
from digitpad.datasets import data_set_named
from digitpad.ink.drawing import PAD_SIZE, PEN_WIDTH
from digitpad.ink.placing import FIT_SHARE, RANDOM_SHARE, Placement
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.describe import layers_in_short, our_recipe_words, recipe_words
from digitpad.training.settings import OURS

# The part of MNIST's test set that tutorial 002 tests on.
_FIRST_OF_002 = 2_000
_RUN_OF_002 = "convnet-dropout-tutorial"

_LIMITS = """\
- One run stands for each recipe, of the seed that the table gives: another seed reads some tenths
  of a percent more or fewer. The intervals tell of the test set's size, not of that.
- Pen drawings come from few writers and devices. An interval takes each drawing for itself, which
  drawings by one hand are not.
- Training times are of the machine as it was, with whatever else it did meanwhile: compare the
  ratios of speed instead.
- The tutorials' figures come from other versions of PyTorch, from other machines and mostly from
  unknown seeds."""


@dataclass(frozen=True)
class PageInfo:
    """What the page is made of.

    command: as typed, with the files' names only. runs: the plan; figures: of those whose weights
    are there. speeds: by the network's name; empty where they were not measured.
    """

    command: str
    runs: Sequence[NetworkRun]
    figures: Sequence[RunFigures]
    pen_sets: Sequence[PenSet]
    speeds: Mapping[str, Speed]

    @property
    def networks(self) -> list[Network]:
        """Those of the plan, in its order."""
        return list({run.network.name: run.network for run in self.runs}.values())

    @property
    def by_name(self) -> dict[str, RunFigures]:
        """The figures by their run's name."""
        return {figures.run.name: figures for figures in self.figures}


def network_page(info: PageInfo) -> str:
    """The page in Markdown."""
    parts = [
        _introduction(info),
        "## The networks",
        *_networks(info),
        "## Figures",
        *_figures(info),
    ]
    parts += ["## Figures aimed at", *_aims(info), "## Missing and fallen short", _short(info)]
    parts += ["## The networks one by one", *(_about(n, info) for n in info.networks)]
    parts += ["## What these figures do not say", _LIMITS]
    return "\n\n".join(parts) + "\n"


def _introduction(info: PageInfo) -> str:
    low, high = RANDOM_SHARE
    made = (
        '`make networks STROKES="FILE..."` is the same. '
        f"Made on {datetime.now(timezone.utc):%Y-%m-%d} with PyTorch "
        f"{torch.__version__} and Python {platform.python_version()}, read on the CPU of a "
        f"machine of {os.cpu_count()} cores ({platform.machine()}); on what each network was "
        "trained stands in its row."
    )
    placed = (
        f"- **pen drawings**: each is put on a {PAD_SIZE} × {PAD_SIZE} pad with a pen of "
        f"{PEN_WIDTH:g} px and goes the window's own way to the network; *random*: anywhere, the "
        f"longer side {whole(low)} to {whole(high)} of the pad; *fit*: centred, "
        f"{whole(FIT_SHARE)}; seed 0. Every network reads the same drawings."
    )
    return f"""# Networks

Every network of the catalogue, trained by our recipe and by its page's own, and what comes out.
This page is written by a command, which trains what is missing first unless `--no-train` is said:

    {info.command}

{_filled(made)}

- **ours**: `python train.py --net NAME`. It chooses among its epochs by pictures held back from
  the training set.
- **tutorial** and the like: `python train.py --net NAME --recipe RECIPE`, as the page trains, on
  all training pictures; the last epoch counts.
- **test**: the share of the data set's test set that is read rightly; nothing was chosen by it.
{_filled(placed, "  ")}
- All figures are in percent; intervals are Wilson's at 95 %."""


def _networks(info: PageInfo) -> list[str]:
    head = ["network", "tutorial", "parameters", "multiply-adds", "input", "data set"]
    rows = [
        [
            f"`{network.name}`",
            network.tutorial,
            f"{network.parameters:,}",
            f"{network.multiply_adds:,}",
            f"{network.side} × {network.side}",
            data_set_named(network.dataset).title,
        ]
        for network in info.networks
    ]
    if not info.speeds:
        return [table(head, rows, texts=(0, 1, 4, 5))]
    for network, row in zip(info.networks, rows, strict=True):
        speed = info.speeds[network.name]
        row += [_ratio(speed.read), _ratio(speed.trained)]
    told = (
        "Images per second are told as ratios to `lenet5`'s, on one thread of the CPU: the "
        f"median of {ROUNDS} rounds, in each of which every network takes its turn. *Read*: "
        f"{BATCH} at a time, float32. *Trained*: the steps of our recipe on undeformed pictures, "
        f"{BATCH} at a time, in bfloat16 where the recipe and the machine have it. `lenet5` "
        "trains through code of its own for CPUs, about twice as fast as PyTorch's layers."
    )
    return [table([*head, "read", "trained"], rows, texts=(0, 1, 4, 5)), _filled(told)]


def _figures(info: PageInfo) -> list[str]:
    if not info.figures:
        return ["No weights are there yet."]
    head = [
        "network",
        "recipe",
        "data set",
        "epochs",
        "seed",
        "precision",
        "test",
        "n",
        "95 % interval",
    ]
    head += ["the page says", "trained for", "on"]
    head += [
        f"{pen_set.name}, {place} (n = "
        f"{sum(sample.label is not None for sample in pen_set.samples):,})"
        for pen_set in info.pen_sets
        for place in Placement
    ]
    rows = [_figures_row(figures, info.pen_sets) for figures in info.figures]
    parts = [table(head, rows, texts=(0, 1, 2, 9, 11))]
    if any(figures.found.is_shipped for figures in info.figures):
        names = ", ".join(f"`{f.found.path.name}`" for f in info.figures if f.found.is_shipped)
        parts.append(_filled(f"These weights come with Digitpad: {names}."))
    if not info.pen_sets:
        parts.append("No set of pen drawings was given (`--strokes FILE...`).")
    if _RUN_OF_002 in info.by_name:
        part = info.by_name[_RUN_OF_002].test.first(_FIRST_OF_002)
        told = (
            f"Tutorial 002 tests on the first {_FIRST_OF_002:,} of MNIST's test digits alone: of "
            f"those, `convnet-dropout` by its tutorial's recipe reads {percent(part.accuracy)} % "
            f"(n = {part.n:,}, 95 % interval {interval(part.accuracy, part.n)})."
        )
        parts.append(_filled(told))
    return parts


def _figures_row(figures: RunFigures, pen_sets: Sequence[PenSet]) -> list[str]:
    run, test = figures.run, figures.test
    nothing = Correctness(figures.test.right[:0])
    pens = [
        figures.pens.get((pen_set.name, place), nothing)
        for pen_set in pen_sets
        for place in Placement
    ]
    page = run.network.recipes[run.recipe].figure if run.recipe != OURS else ""
    return [
        f"`{run.network.name}`",
        run.recipe,
        data_set_named(run.dataset).title,
        _epochs(figures),
        figures.said("seed"),
        figures.said("precision") if figures.found.record.precision else "float32",
        percent(test.accuracy),
        f"{test.n:,}",
        interval(test.accuracy, test.n),
        page or NOTHING,
        _duration(figures.seconds),
        figures.said("device"),
        *(percent(read.accuracy) for read in pens),
    ]


def _aims(info: PageInfo) -> list[str]:
    named = {run.name for run in info.runs}
    aims = [aim for aim in AIMS if aim.run in named]
    if not aims:
        return ["None for these networks."]
    found = info.by_name
    rows = []
    for aim in aims:
        run = next(run for run in info.runs if run.name == aim.run)
        measured = found.get(aim.run)
        share, epochs = (
            (percent(measured.test.accuracy), _epochs(measured)) if measured else (NOTHING, NOTHING)
        )
        reached = verdict(aim, found)
        rows.append(
            [
                f"`{run.network.name}`",
                run.recipe,
                aim.words,
                share,
                epochs,
                f"**{reached}**" if reached == "no" else reached,
            ]
        )
    return [
        table(["network", "recipe", "aim", "test", "epochs", "reached"], rows, texts=(0, 1, 2, 5))
    ]


def _short(info: PageInfo) -> str:
    found = info.by_name
    lines = []
    for run in info.runs:
        command = " ".join(["python train.py", *run.options])
        if run.name not in found:
            lines.append(f"- Missing: {_named(run)} (`{command}`).")
        elif not found[run.name].is_whole:
            lines.append(
                f"- Trained for {_epochs(found[run.name])} epochs: {_named(run)} (`{command}`)."
            )
    missed = [aim for aim in AIMS if verdict(aim, found) == "no"]
    lines += [f"- Not reached: {aim.words}, by `{aim.run}`." for aim in missed]
    return (
        "\n".join(lines)
        or "Nothing: every run of the plan is there with all its epochs, and every aim is reached."
    )


def _about(network: Network, info: PageInfo) -> str:
    """A network's layers and recipes, what its page errs in, and what our runs do otherwise than
    the page."""
    parts = [
        f"### {network.name}",
        _filled(f"{network.title} (tutorial: {network.tutorial}): {network.about}."),
    ]
    recipes = {OURS: our_recipe_words(network)} | {
        name: recipe_words(r) for name, r in network.recipes.items()
    }
    parts.append(_filled(layers_in_short(network) + "."))
    parts.append("\n".join(_item(f"*{name}*: {words}") for name, words in recipes.items()))
    if network.notes:
        parts.append("Where the page errs or stays unclear:")
        parts.append("\n".join(_item(note) for note in network.notes))
    departures = [
        (name, one) for name, recipe in network.recipes.items() for one in recipe.departures
    ]
    for figures in info.figures:
        if figures.run.network is network:
            recipe_name = figures.run.name.removeprefix(f"{network.name}-")
            departures += [(recipe_name, one) for one in figures.departures]
    if departures:
        parts.append("What our runs do otherwise than the page whose recipe they take:")
        parts.append("\n".join(_item(f"*{name}*: {one}") for name, one in departures))
    return "\n\n".join(parts)


def _named(run: NetworkRun) -> str:
    epochs = "" if run.epochs is None else f", {run.epochs} epoch" + ("s" if run.epochs > 1 else "")
    return f"`{run.network.name}`, {run.recipe}{epochs}, on {data_set_named(run.dataset).title}"


def _epochs(figures: RunFigures) -> str:
    """How many epochs were trained, and of how many where it was to be another number."""
    if figures.is_whole:
        return str(figures.epochs)
    return (
        f"{NOTHING if figures.epochs is None else figures.epochs} of {figures.run.epochs_planned}"
    )


def _duration(seconds: int | None) -> str:
    if seconds is None:
        return NOTHING
    if seconds < 100:
        return f"{seconds} s"
    return f"{seconds / 60:.0f} min" if seconds < 100 * 60 else f"{seconds / 3600:.1f} h"


def _ratio(ratio: float) -> str:
    return f"{ratio:#.2g}" if ratio < 1 else f"{ratio:.1f}"


def _item(text: str) -> str:
    return _filled(f"- {text}", "  ")


def _filled(text: str, indent: str = "") -> str:
    lines = textwrap.fill(
        text, 120, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return lines.replace("\u00a0", " ")
