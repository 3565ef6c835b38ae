"""What the line at the window's foot says of a network."""

from __future__ import annotations

from digitpad.core.languages import N_, _
from digitpad.core.results import FeedingSource, NetworkInfo
from digitpad.nets.spec.snapshots import is_snapshot
from digitpad.ui.shell.network_words import dataset_title, is_taught, tutorial_words

BETWEEN = " · "
_UNSURE = {
    FeedingSource.GUESSED: N_("how it is fed is a guess"),
    FeedingSource.UNKNOWN: N_("how it was fed is not known"),
}


def figures_in_words(info: NetworkInfo) -> list[str]:
    """What a network is and how good, the first the last to be left out where there is no room."""
    parts = [_("{parameters:,} parameters").format(parameters=info.parameters)]
    if is_snapshot(info.metadata):
        step = info.metadata["step"]
        parts = [_("a snapshot of its training, after step {step}").format(step=step)]
    if info.fed_by in _UNSURE:
        # First, since what comes last is cut in a narrow window.
        parts.insert(0, _(_UNSURE[info.fed_by]))
    if is_taught(info):
        parts.insert(0, _("to go back: Versions (Ctrl+H)"))
    accuracy = info.test_accuracy
    if accuracy is not None:
        n = info.metadata.get("test_n", "10,000")
        n = f"{int(n):,}" if n.isdigit() else n
        of = dataset_title(info.metadata.get("dataset", "mnist"))
        parts.append(
            _("{accuracy:.2f} % on {of}'s {n} test images").format(
                accuracy=accuracy * 100, of=of, n=n
            )
        )
    if info.tutorial[:1].isdigit():
        parts.append(tutorial_words(info.tutorial))
    return parts
