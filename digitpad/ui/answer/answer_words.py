"""What the answer panel says, marked for translation where it is shown."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.ui.answer.panel_state import PanelState

ABSENT = {
    PanelState.IDLE: (N_("Nothing is drawn."), N_("The answer appears here")),
    PanelState.WAITING: (
        N_("The network is still loading."),
        N_("Reading as soon as\nthe network is loaded"),
    ),
    PanelState.FAILED: (
        N_("There is no recogniser."),
        N_("Nothing reads it:\nthe recogniser stopped"),
    ),
}
"""What is said, and what is painted, where there is no answer."""

RIGHT_FORMS = N_("Right: the label is {name}"), N_("Right: it is {name}"), N_("Right: {name}")
WRONG_FORMS = N_("Wrong: the label is {name}"), N_("Wrong: it is {name}"), N_("Wrong: {name}")
"""The verdict where the label is known, the longest form first."""
