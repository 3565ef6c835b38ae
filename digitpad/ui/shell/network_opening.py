"""Opening a network's file of the person's own, with what has to be asked for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QSpinBox, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.engine.opening import NetworkChoice
from digitpad.nets.spec.file_kinds import WEIGHTS_ENDINGS
from digitpad.nets.spec.open_choices import LARGEST_SIDE, SMALLEST_SIDE, OpenChoices
from digitpad.nets.spec.opening_questions import Examination, FeedingTrial, Question
from digitpad.ui.shell import opening_words as words
from digitpad.ui.shell.feeding_fields import FeedingFields
from digitpad.ui.shell.network_files import beside, names_its_network
from digitpad.ui.shell.opening_card import Offer, OpeningCard
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import RecognizerState

BUSY_PAUSE_MS = 300
_ANOTHER_FILE = "another file"
_ANSWERED_BY_PROGRAM = (Question.NETWORK, Question.PROGRAM, Question.CLASS)


@dataclass(frozen=True)
class _Step:
    """A question that was asked: what was known of the file then, and what was found out."""

    choice: NetworkChoice
    found: Examination


class NetworkOpening(QObject):
    """Takes files of networks, asks in the card what is not known of them, and opens them.

    A file of which all is known is opened without a question. A question that can only be answered
    by another file offers those that lie beside it, and a dialog.

    Signals:
        said (str): why nothing is opened.
        closed (): the card went away.
    """

    said = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, card: OpeningCard, window: QWidget) -> None:
        """card: where questions are asked. window: the parent of dialogs."""
        super().__init__(window)
        self._session, self._window = session, window
        self.card = card
        self._program: Path | None = None
        self._choice: NetworkChoice | None = None
        self._steps: list[_Step] = []
        self._fields: FeedingFields | None = None
        self._trials: dict[str, FeedingTrial] = {}
        self._side: QSpinBox | None = None
        self._busy_timer = QTimer(self, singleShot=True, interval=BUSY_PAUSE_MS)
        self._busy_timer.timeout.connect(self._show_busy)
        card.chosen.connect(self._on_chosen)
        card.back_wanted.connect(self.go_back)
        card.cancelled.connect(self.cancel)
        session.network_changed.connect(self._examine_waiting)
        self._is_waiting = False

    @property
    def is_open(self) -> bool:
        """Whether something is asked, or being looked into."""
        return self._choice is not None or self._program is not None

    def take_file(self, file: Path) -> None:
        """Take a file that was chosen or dropped: weights, or the Python file of a network, which
        may answer what is asked just now."""
        if file.suffix.lower() == ".py":
            asked = self._steps[-1].found.question if self._steps else None
            if asked in _ANSWERED_BY_PROGRAM and self._choice is not None:
                self._go_on(replace(self._choice, net=str(file)))
            else:
                self._ask_for_weights(file)
        elif self._program is not None and self._choice is None:
            self._begin(NetworkChoice(file.absolute(), str(self._program)))
        else:
            self.open(file)

    def open(self, weights: Path, net: str = "") -> None:
        """Open a file, with net as open_weights takes it, asking what is not known."""
        self._program = None
        if not net and names_its_network(weights):
            self.cancel()
            self._session.open_network(weights)
        else:
            self._begin(NetworkChoice(weights.absolute(), net))

    def cancel(self) -> None:
        """Ask nothing any more, and open nothing."""
        was_open = not self.card.isHidden()
        self._busy_timer.stop()
        self._session.client.stop_examining()
        self._program = self._choice = self._fields = None
        self._is_waiting = False
        self._steps.clear()
        self.card.hide()
        if was_open:
            self.closed.emit()

    def go_back(self) -> None:
        """Ask the question before once more; the first one is cancelled."""
        self._session.client.stop_examining()
        self._busy_timer.stop()
        if len(self._steps) > 1:
            self._steps.pop()
            self._ask()
        elif self._steps and self._program is not None:
            self._ask_for_weights(self._program)
        else:
            self.cancel()

    def stop(self) -> None:
        """No timer runs after this."""
        self._busy_timer.stop()

    # Looking into the file.

    def _begin(self, choice: NetworkChoice) -> None:
        self._steps.clear()
        self._go_on(choice)

    def _go_on(self, choice: NetworkChoice) -> None:
        """Find out what is to be asked next, with what is known by now."""
        self._choice = choice
        state = self._session.state
        if state is RecognizerState.FAILED:
            # There is nobody to ask; opening starts the recogniser again.
            self._open(choice)
            return
        self._is_waiting = state is RecognizerState.LOADING
        self._busy_timer.start()
        if not self._is_waiting:
            self._session.client.examine(choice, self._take_found, self._take_refusal)

    def _examine_waiting(self) -> None:
        if self._is_waiting and self._choice is not None:
            self._is_waiting = False
            self._session.client.examine(self._choice, self._take_found, self._take_refusal)

    def _show_busy(self) -> None:
        if self._choice is not None:
            self.card.show_page(words.busy_title(self._choice), words.busy_why())

    def _take_refusal(self, why: str) -> None:
        self._busy_timer.stop()
        if self._steps:
            self._ask(error=why)
        elif self._program is not None:
            self._ask_for_weights(self._program, error=why)
        else:
            self.cancel()
            self.said.emit(why)

    def _take_found(self, found: Examination) -> None:
        self._busy_timer.stop()
        choice = self._choice
        if choice is None:
            return
        if found.question is Question.NOTHING:
            self._open(choice)
        elif found.question is Question.CLASS and len(found.options) == 1:
            self._go_on(replace(choice, net=f"{choice.net}:{found.options[0].value}"))
        else:
            self._steps.append(_Step(choice, found))
            self._ask()

    def _open(self, choice: NetworkChoice) -> None:
        self.cancel()
        self._session.open_network(choice.weights, choice.net, choice.choices)

    # Asking.

    def _ask(self, error: str = "") -> None:
        """Show the newest question."""
        choice, found = self._steps[-1].choice, self._steps[-1].found
        self._choice = choice
        self._fields = self._side = None
        title = words.question_title(choice, found)
        can_go_back = len(self._steps) > 1 or self._program is not None
        if found.question is Question.FEEDING:
            self._ask_for_feeding(title, found, error, can_go_back)
        elif found.question is Question.SIDE:
            self._side = QSpinBox(minimum=SMALLEST_SIDE, maximum=LARGEST_SIDE, value=48)
            self._side.setSuffix(_(" pixels"))
            self.card.show_page(
                title, found.why, (), error, self._side, self._take_side, can_go_back
            )
        else:
            offers = [Offer(one.value, _(one.title), one.about) for one in found.options]
            if found.question in _ANSWERED_BY_PROGRAM:
                offers += self._programs_beside(choice)
                offers.append(Offer(_ANOTHER_FILE, *words.another_program()))
            why = words.question_why(choice, found)
            self.card.show_page(title, why, offers, error, can_go_back=can_go_back)

    def _ask_for_weights(self, program: Path, error: str = "") -> None:
        """A Python file was brought alone: which weights belong to it?"""
        self._steps.clear()
        self._choice, self._program = None, program.absolute()
        offers = [
            Offer(str(path), words.short_name(path), words.when_changed(path))
            for path in beside(self._program, WEIGHTS_ENDINGS)
        ]
        offers.append(Offer(_ANOTHER_FILE, *words.another_weights(bool(offers))))
        self.card.show_page(words.weights_title(program), "", offers, error)

    def _programs_beside(self, choice: NetworkChoice) -> list[Offer]:
        own = choice.net.rpartition(":")[0] or choice.net
        return [
            Offer(str(path), words.short_name(path), words.when_changed(path))
            for path in beside(choice.weights, (".py",))
            if str(path) != own
        ]

    def _ask_for_feeding(
        self, title: str, found: Examination, error: str, can_go_back: bool
    ) -> None:
        self._trials = {str(place): trial for place, trial in enumerate(found.trials)}
        offers = [
            Offer(place, *words.trial_words(trial, found, is_first=place == "0"))
            for place, trial in self._trials.items()
        ]
        fields = self._fields = FeedingFields(found)
        first = found.trials[0] if found.trials and found.is_sure else None
        fields.set_feeding(*((first.mean, first.std) if first else (0.0, 1.0)))
        fields.feeding_edited.connect(lambda: self.card.pick(None))
        self.card.show_page(
            title,
            words.feeding_why(found),
            offers,
            error,
            fields,
            self._take_feeding,
            can_go_back,
            picked="0" if first is not None else None,
        )

    # Answers.

    def _on_chosen(self, value: str) -> None:
        if self._fields is not None:
            trial = self._trials[value]
            self._fields.set_feeding(trial.mean, trial.std)
            return
        if not self._steps:
            self._take_weights(value)
            return
        step = self._steps[-1]
        choice, question = step.choice, step.found.question
        if question in _ANSWERED_BY_PROGRAM and value == _ANOTHER_FILE:
            self._choose_program(choice)
        elif question in (Question.NETWORK, Question.PROGRAM):
            self._go_on(replace(choice, net=value))
        elif question is Question.CLASS:
            is_file = value.endswith(".py")
            self._go_on(replace(choice, net=value if is_file else f"{choice.net}:{value}"))
        elif question is Question.SET:
            self._say(OpenChoices(set=value))
        elif question is Question.OUTPUT:
            self._say(OpenChoices(output=int(value)))

    def _say(self, said: OpenChoices) -> None:
        choice = self._steps[-1].choice
        self._go_on(replace(choice, choices=said.completed(choice.choices)))

    def _take_side(self) -> None:
        if self._side is not None:
            self._say(OpenChoices(side=self._side.value()))

    def _take_feeding(self) -> None:
        fields, step = self._fields, self._steps[-1]
        if fields is None:
            return
        picked = self._trials.get(self.card.picked or "")
        try:
            said = fields.choices()
            if said.side is not None:
                # Another input is read otherwise: it is tried anew.
                self._say(said)
                return
            mean, std = fields.feeding()
            if picked is not None:
                mean, std = picked.mean, picked.std
                fit = "" if picked.fit == "same" else picked.fit
                said = replace(said, fit=fit, dataset=picked.dataset)
            is_guess = picked is not None and step.found.is_sure and self.card.picked == "0"
            accepted = step.found.why[: words.LONGEST_GUESS] if is_guess else ""
            said = replace(said, mean=mean, std=std, accepted=accepted)
        except DigitpadError as error:
            self.card.show_error(str(error))
            return
        self._open(replace(step.choice, choices=said.completed(step.choice.choices)))

    def _take_weights(self, value: str) -> None:
        program = self._program
        if program is None:
            return
        weights = value
        if value == _ANOTHER_FILE:
            weights, _kind = QFileDialog.getOpenFileName(
                self._window,
                words.weights_title(program),
                str(program.parent),
                words.weights_filter(),
            )
        if weights:
            self.take_file(Path(weights))

    def _choose_program(self, choice: NetworkChoice) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self._window,
            _("Choose the Python file of the network"),
            str(choice.weights.parent),
            _("Python (*.py);;All files (*)"),
        )
        if name:
            self._go_on(replace(choice, net=str(Path(name).absolute())))
