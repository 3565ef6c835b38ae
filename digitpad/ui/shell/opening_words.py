"""What the card says that asks about a network's file."""

from __future__ import annotations

import time
from pathlib import Path

from digitpad.core.languages import N_, _
from digitpad.core.texts import in_sentences
from digitpad.engine.opening import NetworkChoice
from digitpad.nets.spec.file_kinds import WEIGHTS_ENDINGS
from digitpad.nets.spec.opening_questions import Examination, FeedingTrial, Question
from digitpad.ui.shell.network_words import dataset_title

LONGEST_GUESS = 1000
_LONGEST_NAME = 48
_SUREST = N_("of ways that read about as much, the one in which it is surest, or the usual one")
_TITLES = {
    Question.NETWORK: N_("Which network is {weights} of?"),
    Question.PROGRAM: N_("Which network is {weights} of?"),
    Question.CLASS: N_("Which network of {program} is it?"),
    Question.SET: N_("Which weights of {weights}?"),
    Question.OUTPUT: N_("Which output of {title} is its answer?"),
    Question.SIDE: N_("How large is the input of {title}?"),
    Question.FEEDING: N_("How was {title} fed when it was trained?"),
}


def short_name(path: Path) -> str:
    """A file's name, with its middle left out where it is long."""
    name = path.name.encode(errors="replace").decode()
    return name if len(name) <= _LONGEST_NAME else f"{name[:24]}…{name[-20:]}"


def busy_title(choice: NetworkChoice) -> str:
    """While a file is looked into."""
    return _("Looking into {file} …").format(file=short_name(choice.weights))


def busy_why() -> str:
    """What takes so long."""
    return _("It is read with in each usual way of feeding, which may take some seconds.")


def question_title(choice: NetworkChoice, found: Examination) -> str:
    """A question in a line."""
    program, _colon, name = choice.net.rpartition(":")
    return _(_TITLES[found.question]).format(
        weights=short_name(choice.weights),
        program=short_name(Path(choice.net if found.question is Question.CLASS else program)),
        title=_(found.title)[:_LONGEST_NAME] or name[:_LONGEST_NAME] or short_name(choice.weights),
    )


def question_why(choice: NetworkChoice, found: Examination) -> str:
    """Why it is asked, and what helps."""
    if found.question is Question.PROGRAM:
        way = (
            _(
                "Choose the Python file with its class, or the network that it is, if one "
                "of these is:"
            )
            if found.options
            else _("Choose the Python file with its class. It is run for it, without training.")
        )
        return in_sentences((found.why, way))
    return found.why


def feeding_why(found: Examination) -> str:
    """What was tried, and what came of it."""
    if not found.trials:
        return found.why
    titles = dict.fromkeys(dataset_title(trial.dataset) for trial in found.trials)
    images = _("test images of {datasets}").format(datasets=" + ".join(titles))
    if found.is_sure:
        return _(
            "The file does not say. This is a guess: what it reads of labelled "
            "{images}, fed in each of the usual ways."
        ).format(images=images)
    return _(
        "The file does not say, and no guess can be made: in none of the usual "
        "ways it reads much of labelled {images}. Perhaps it is another network, "
        "or reads something else."
    ).format(images=images)


def trial_words(trial: FeedingTrial, found: Examination, is_first: bool) -> tuple[str, str, str]:
    """One way of feeding: in words, what is to be known of it, and how much it reads."""
    several = len({one.dataset for one in found.trials}) > 1
    share = (
        _("{share:.1f} % of {n:,} of {dataset}") if several else _("{share:.1f} % of {n:,}")
    ).format(share=trial.accuracy * 100, n=trial.n, dataset=dataset_title(trial.dataset))
    is_guess = is_first and found.is_sure
    words = _("{feeding} · the guess") if is_guess else "{feeding}"
    is_most = trial.accuracy >= max(one.accuracy for one in found.trials)
    about = "" if is_most or not is_guess else _(_SUREST)
    return (
        words.format(feeding=trial.words),
        about,
        share,
    )


def weights_title(program: Path) -> str:
    """A Python file was brought alone."""
    return _("Which weights belong to {file}?").format(file=short_name(program))


def another_program() -> tuple[str, str]:
    """The way to a dialog for the Python file."""
    return _("Choose a Python file …"), _("the .py file in which the class of the network stands")


def another_weights(has_some: bool) -> tuple[str, str]:
    """The way to a dialog for the weights."""
    title = _("Choose other weights …") if has_some else _("Choose the weights …")
    return title, _("what torch.save wrote, .safetensors or .npz")


def weights_filter() -> str:
    """Which files a dialog for weights shows."""
    endings = " ".join(f"*{ending}" for ending in WEIGHTS_ENDINGS)
    return _("Weights ({endings});;All files (*)").format(endings=endings)


def when_changed(path: Path) -> str:
    """When a file was written, and how large it is."""
    try:
        found = path.stat()
    except OSError:
        return ""
    size = (
        _("{size:.1f} MB").format(size=found.st_size / 1e6)
        if found.st_size >= 1e6
        else _("{size:.0f} kB").format(size=found.st_size / 1e3)
    )
    return f"{time.strftime('%Y-%m-%d %H:%M', time.localtime(found.st_mtime))}, {size}"
