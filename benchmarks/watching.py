"""What it costs to watch a network learn: for the pad, for the training, and for the snapshots that
read along.

    python benchmarks/watching.py [--rounds 3] [--drawings 30] [--digits 200] [--limit 6000]

Reading: a digit is sent to the recogniser and read with all snapshots of the shipped film, until
the window has the answer; beside it, one digit read with one network. Training: images a second of
train.py --background alone and of the same run in the window, its film open, one after the other
and so on in turns; from the end of the first epoch to the end of the last, all that is done between
steps counted in, by the clock and by the training's own processor time, which other programs do not
change. The pad: from a pointer event until every panel is painted, as
benchmarks/live_drawing.py measures it, without and with a run under way. Without a display it runs
offscreen.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

# It makes the application, before numpy is imported.
from live_drawing import Hand, application, digits
from PySide6.QtCore import QEventLoop

from digitpad.app import make_window
from digitpad.core.paths import shipped_film, shipped_weights
from digitpad.core.processes import python_command
from digitpad.datasets import load
from digitpad.engine.films import READ_FILM, FilmQuestion
from digitpad.nets.spec.film import open_film
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.training.train_plan import TrainPlan
from digitpad.ui.training.train_run import RunState
from digitpad.ui.training.training_desk import TrainingDesk

READING_MS, PAD_MS, MOST_COST = 50.0, 25.0, 0.05


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (default: 3)")
    parser.add_argument("--drawings", type=int, default=30, help="digits drawn (default: 30)")
    parser.add_argument("--digits", type=int, default=200, help="digits read (default: 200)")
    parser.add_argument("--limit", type=int, default=6_000, help="images trained on")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    window = make_window(shipped_weights(), "cpu")
    window.resize(1280, 800)
    window.show()
    wait_for(lambda: window.session.info is not None)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        # The user's own folder stays as it is.
        desk = TrainingDesk(window.session, home)
        window.session.before_close.append(desk.may_close)
        say_reading(window, arguments.digits)
        say_pad(window, desk, arguments.drawings, arguments.seed)
        plan = TrainPlan(
            quick=False,
            epochs=5,
            mixes=False,
            seed=arguments.seed,
            patience=None,
            limit=arguments.limit,
        )
        say_training(window, desk, home, plan, arguments.rounds)
        window.lifetime.close_at_once()


def say_reading(window: MainWindow, count: int) -> None:
    """How long all snapshots of the shipped film take for a digit."""
    folder = shipped_film()
    if folder is None:
        print("no film is here: reading is not measured")
        return
    film = open_film(folder)
    test = load("mnist", part="test").digits[:count].astype(np.float32) / 255
    client = window.session.client
    whole: list[float] = []
    inner: list[float] = []
    for number, digit in enumerate([test[0]] * 10 + list(test)):
        answers: list[object] = []
        started = time.perf_counter()
        client.ask(READ_FILM, FilmQuestion(folder, "", film.steps, digit), answers.append)
        wait_for(lambda answers=answers: bool(answers))
        if number >= 10:
            whole.append((time.perf_counter() - started) * 1000)
            inner.append(answers[0].milliseconds)
    alone: list[float] = []
    client.recognized.connect(lambda one: alone.append(one.milliseconds))
    for digit in test:
        before = len(alone)
        client.recognize(digit)
        wait_for(lambda before=before: len(alone) > before)
    middle, high = (float(np.percentile(whole, q)) for q in (50, 99))
    print(
        f"a digit read with {len(film.steps)} snapshots, n = {count}: median {middle:.1f} ms, 99th "
        f"percentile {high:.1f} ms (of which reading {statistics.median(inner):.1f} ms, as much as "
        f"{statistics.median(inner) / statistics.median(alone):.0f} single answers of "
        f"{statistics.median(alone):.2f} ms); 99th percentile / {READING_MS:.0f} ms: "
        f"{high / READING_MS:.2f}"
    )


def say_pad(window: MainWindow, desk: TrainingDesk, drawings: int, seed: int) -> None:
    """How long the pad takes, without and with training."""
    hand, drawn = Hand(window), digits(drawings, seed)
    for strokes in drawn[:5]:
        hand.draw_timed(strokes)
    plain = [one for strokes in drawn for one in hand.draw_timed(strokes)]
    desk.start(TrainPlan(quick=False, epochs=1000, mixes=False, seed=seed, patience=None), "pad")
    run = desk.run
    wait_for(lambda: run.state is RunState.RUNNING and run.share > 0)
    trained = [one for strokes in drawn for one in hand.draw_timed(strokes)]
    run.stop()
    wait_for(lambda: not run.is_under_way)
    p99 = [float(np.percentile(times, 99)) for times in (plain, trained)]
    p50 = [statistics.median(times) for times in (plain, trained)]
    print(
        f"pointer event to all panels painted, {len(plain):,} events of {drawings} digits: 99th "
        f"percentile {p99[0]:.1f} ms alone, {p99[1]:.1f} ms while a network is trained (medians "
        f"{p50[0]:.1f} and {p50[1]:.1f} ms); with training / {PAD_MS:.0f} ms: {p99[1] / PAD_MS:.2f}"
    )


def say_training(
    window: MainWindow, desk: TrainingDesk, home: Path, plan: TrainPlan, rounds: int
) -> None:
    """Images a second in the window and on the command line, in turns."""
    window.session.selection.open_tool("film")
    window.session.show_example()
    found: dict[str, list[tuple[float, float]]] = {"terminal": [], "window": []}
    for number in range(rounds):
        found["terminal"].append(in_terminal(plan, home / f"plain-{number}"))
        found["window"].append(in_window(plan, desk))
    print(
        f"images/s in the window / on the command line (--background), {rounds} runs of each, "
        f"{plan.limit:,} images, {plan.epochs} epochs; at most -{MOST_COST:.0%}:"
    )
    for place, name in enumerate(("by the clock", "by processor time")):
        plain, mine = ([one[place] for one in found[which]] for which in found)
        pairs = ", ".join(f"{b / a - 1:+.1%}" for a, b in zip(plain, mine, strict=True))
        medians = statistics.median(plain), statistics.median(mine)
        print(
            f"  {name}: {medians[1] / medians[0] - 1:+.1%} (medians {medians[1]:,.0f} and "
            f"{medians[0]:,.0f}; each pair: {pairs})"
        )


def in_terminal(plan: TrainPlan, place: Path) -> tuple[float, float]:
    """Images a second of train.py alone, by the clock and by its processor time."""
    given = plan.arguments(place.with_suffix(".safetensors"), place)
    # No film of it.
    at = given.index("--snapshots")
    command = python_command(
        "digitpad.training", *given[:at], *given[at + 2 :], "--json-progress", "--background"
    )
    ends, images = [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "start":
                images = event["images_per_epoch"]
            elif event["event"] == "epoch":
                ends.append((time.perf_counter(), processor_s(process.pid)))
    batch = plan.settings.batch
    return speeds(ends, images // batch * batch)


def in_window(plan: TrainPlan, desk: TrainingDesk) -> tuple[float, float]:
    """The same of the same run in the window."""
    desk.start(plan, "measured")
    run, ends = desk.run, []
    process = run._process
    run.epoch_over.connect(
        lambda: ends.append((time.perf_counter(), processor_s(process.processId())))
    )
    wait_for(lambda: not run.is_under_way)
    return speeds(ends, run.steps_per_epoch * run.plan.settings.batch)


def speeds(ends: list[tuple[float, float]], images: int) -> tuple[float, float]:
    """Images a second between the first and the last of these times, by both clocks."""
    first, last = ends[0], ends[-1]
    count = (len(ends) - 1) * images
    clock, processor = (last[n] - first[n] for n in range(2))
    return count / clock, count / processor if processor else float("nan")


def processor_s(process: int) -> float:
    """The processor time that a process has had, in seconds; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_for(holds: Callable[[], bool]) -> None:
    while not holds():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    main()
