"""What is said of a film and of a run: templates, and which of them fits."""

from __future__ import annotations

from collections.abc import Sequence

from digitpad.core.languages import N_, _, ngettext
from digitpad.core.texts import percent
from digitpad.datasets import data_set_named
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.film import CurvePoint, Film
from digitpad.ui.training.film_columns import Column
from digitpad.ui.training.train_run import RunState, TrainRun

TITLE = N_("Watch it learn")
CHART = N_("Loss and accuracy while it learned")
SLIDER = N_("Moment of the training")
SLIDER_TIP = N_("Each snapshot of the training reads your drawing; all panels follow")
PLAY, PAUSE = N_("Play"), N_("Pause")
PLAY_TIP = N_("One snapshot after the other (Space)")
TRAIN, TRAIN_TIP = N_("Train…"), N_("Train a network here and watch it")
STOP, STOP_TIP = N_("Stop"), N_("End it now; the best so far is kept")
HOLD, HOLD_TIP = N_("Hold"), N_("Hold the training up; the machine is free meanwhile")
GO_ON, GO_ON_TIP = N_("Go on"), N_("Go on training")
USE, USE_TIP = N_("Use it"), N_("Let the trained network read what is on the pad")
COMPARE, COMPARE_TIP = N_("Compare"), N_("Read with both: the network before and the trained one")
AGAIN, AGAIN_TIP = (
    N_("Again"),
    N_("Train the same once more with the same seed: the same comes out"),
)
SHIPPED, SHIPPED_TIP = (
    N_("Shipped"),
    N_("The training of the LeNet-5 that comes with Digitpad"),
)
LOSS, ACCURACY = N_("loss"), N_("accuracy")
LOSS_SEEN, LOSS_HELD = N_("training loss"), N_("validation loss")
BEST = N_("best")
NO_FILM = N_("This installation has no film of a training. Train a network to see one.")
DRAW = N_("Draw a digit: each snapshot of the training reads it.")
SLIDE = N_("Slide, or press Space: each snapshot reads your drawing.")
SLIDE_SHORT = N_("Slide: each snapshot reads it.")


def film_title(film: Film) -> str:
    """What a film shows, exactly."""
    record = film.record
    n = len(film.snapshots)
    return ngettext(
        "{net} learning, seed {seed}, {epochs} epochs: {n} snapshot",
        "{net} learning, seed {seed}, {epochs} epochs: {n} snapshots",
        n,
    ).format(
        net=_(NETWORKS[record.network].title)
        if record.network in NETWORKS
        else record.extra.get("class", record.network),
        seed="–" if record.seed is None else record.seed,
        epochs="–" if record.epochs is None else record.epochs,
        n=n,
    )


def title_details(film: Film | None, run: TrainRun | None, lines: Sequence[str]) -> list[str]:
    """What stands behind the title: how far a run is, where the lines beneath tell something else,
    or else what the film is of."""
    if run is not None and run.is_under_way:
        told = run_texts(run)
        return [] if told == list(lines) else told
    return [] if film is None else [film_title(film)]


def moment_name(column: Column) -> str:
    """When a snapshot was taken."""
    if not column.epoch:
        return _("Step {step:,}").format(step=column.step)
    return _("Epoch {epoch:,}").format(epoch=column.epoch)


def point_texts(point: CurvePoint) -> list[str]:
    """What was measured at a moment, the longest form first."""
    when = (
        _("Epoch {epoch:,}").format(epoch=point.epoch)
        if point.epoch
        else _("Step {step:,}").format(step=point.step)
    )
    held, accuracy = point.validation_loss, point.validation_accuracy
    loss = point.loss
    if held is None or accuracy is None:
        if loss is None:
            return [when]
        return [_("{when}: loss {loss:.4f}").format(when=when, loss=loss)]
    short = _("{when}: loss {held:.4f}, accuracy {accuracy}").format(
        when=when, held=held, accuracy=percent(accuracy)
    )
    if loss is None:
        return [short]
    return [
        _(
            "{when}: loss {loss:.4f} in training, {held:.4f} on digits held back, "
            "of which {accuracy} are right"
        ).format(when=when, loss=loss, held=held, accuracy=percent(accuracy)),
        short,
    ]


def moment_texts(column: Column, answer: str, share: float | None) -> list[str]:
    """What a snapshot reads; answer: the class, "" where nothing was read."""
    when = moment_name(column)
    if not answer or share is None:
        return [when]
    weights = (
        _("averaged weights")
        if column.snapshot is not None and column.snapshot.is_average
        else _("weights as the step left them")
    )
    snapshot = column.snapshot
    held = None if snapshot is None else snapshot.validation_loss
    accuracy = None if snapshot is None else snapshot.validation_accuracy
    measured = []
    if held is not None and accuracy is not None:
        for template in (
            _(
                "{when}, {weights}: it reads {answer}, {share}; of digits held back it reads "
                "{accuracy}, loss {held:.4f}"
            ),
            _("{when}: it reads {answer}, {share}; accuracy {accuracy}, loss {held:.4f}"),
        ):
            measured.append(
                template.format(
                    when=when,
                    weights=weights,
                    answer=answer,
                    share=percent(share),
                    accuracy=percent(accuracy),
                    held=held,
                )
            )
    return [
        *measured,
        _("{when}, {weights}: it reads {answer}, {share}").format(
            when=when, weights=weights, answer=answer, share=percent(share)
        ),
        _("{when}: it reads {answer}, {share}").format(
            when=when, answer=answer, share=percent(share)
        ),
    ]


def run_texts(run: TrainRun) -> list[str]:
    """How far a run is, the longest form first."""
    if run.state is RunState.PREPARING:
        return [
            run.note
            or _("Loading the digits; synthetic handwriting is drawn the first time, for minutes"),
            _("Preparing the digits …"),
        ]
    if run.state is RunState.STOPPING:
        return [_("Stopping: the best so far is being saved …"), _("Stopping …")]
    if run.state is RunState.FAILED:
        return [run.message]
    if run.state is RunState.FINISHED:
        return _finished_texts(run)
    epoch = min(len(run.history) + 1, run.epochs)
    parts = [_("Epoch {epoch} of {epochs}").format(epoch=epoch, epochs=run.epochs)]
    if run.state is RunState.PAUSED:
        parts = [_("Held up in epoch {epoch} of {epochs}").format(epoch=epoch, epochs=run.epochs)]
    if run.history and run.history[-1].validation_accuracy is not None:
        parts.append(percent(run.history[-1].validation_accuracy))
    short = " · ".join(parts)
    weakest = _weakest(run)
    if run.images_per_second is not None:
        parts.append(_("{n:,.0f} images/s").format(n=run.images_per_second))
    if run.seconds_left is not None:
        parts.append(_time_left(run.seconds_left))
    long = " · ".join(parts)
    forms = [long, short]
    if weakest:
        # Behind the accuracy, of which it is a part.
        forms.insert(0, " · ".join([*parts[:2], weakest, *parts[2:]]))
    return [f"{forms[0]} · {run.note}", *forms] if run.note else forms


def _weakest(run: TrainRun) -> str:
    """The class that is read least well so far, and how well; "" before the first epoch is over."""
    last = run.history[-1] if run.history else None
    if last is None or last.weakest_class is None or last.weakest_accuracy is None:
        return ""
    classes = data_set_named(run.plan.settings.dataset).classes
    if last.weakest_class >= len(classes):
        return ""
    return _("weakest: {name}, {share}").format(
        name=_(classes[last.weakest_class]), share=percent(last.weakest_accuracy)
    )


def work_text(run: TrainRun) -> str:
    """How far a run is, for the foot of the window; "" where it is over."""
    if not run.is_under_way:
        return ""
    if run.state is RunState.PREPARING:
        return _("training: getting ready")
    if run.state is RunState.STOPPING:
        return _("training: stopping")
    epoch = min(len(run.history) + 1, run.epochs)
    if run.state is RunState.PAUSED:
        return _("training: held up in epoch {epoch}").format(epoch=epoch)
    return _("training: epoch {epoch} of {epochs}").format(epoch=epoch, epochs=run.epochs)


def _finished_texts(run: TrainRun) -> list[str]:
    best = run.best
    accuracy = None if best is None else best.validation_accuracy
    if best is None or accuracy is None:
        return [_("Done: its weights are kept.")]
    if run.test_accuracy is not None:
        long = _(
            "Done: best of epoch {epoch}, {accuracy} of digits held back, {test} of the test set"
        )
        text = long.format(
            epoch=best.epoch, accuracy=percent(accuracy), test=percent(run.test_accuracy)
        )
    else:
        long = _("Stopped: best of epoch {epoch}, {accuracy} of digits held back")
        text = long.format(epoch=best.epoch, accuracy=percent(accuracy))
    return [
        text,
        _("Best: epoch {epoch}, {accuracy}").format(epoch=best.epoch, accuracy=percent(accuracy)),
    ]


def _time_left(seconds: float) -> str:
    if seconds < 90:
        n = max(1, round(seconds))
        return ngettext("about {n} second left", "about {n} seconds left", n).format(n=n)
    n = round(seconds / 60)
    return ngettext("about {n} minute left", "about {n} minutes left", n).format(n=n)


def strip_text(answers: Sequence[str], columns: Sequence[Column]) -> str:
    """What the snapshots read one after the other, told where it changes; for screen readers."""
    told = []
    before = ""
    for answer, column in zip(answers, columns, strict=True):
        if answer and answer != before:
            told.append(_("{when}: {answer}").format(when=moment_name(column), answer=answer))
            before = answer
    return _("; ").join(told)


def told_with_strip(line: str, answers: Sequence[str], columns: Sequence[Column]) -> str:
    """A line of the panel, and after it what strip_text tells; for screen readers."""
    told = strip_text(answers, columns)
    # Some lines are whole sentences already.
    return _("{line}. {told}.").format(line=line.rstrip(".。"), told=told)
