"""What is asked where the window is to close while a network is trained."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QWidget

from digitpad.core.languages import _
from digitpad.ui.training.train_run import TrainRun


def wants_to_stop(run: TrainRun) -> bool:
    """Whether a person wants the run to end; it goes on while they think."""
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow)]
    parent = QApplication.activeWindow() or next(iter(shown), None)
    box = QMessageBox(parent)
    box.setObjectName("sheet")
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_("Training is under way"))
    if run.history:
        text = _(
            "{title} is being trained: {n} of {epochs} epochs are over. If you close the window, "
            "training stops; the best so far is kept."
        ).format(title=_(run.plan.title), n=len(run.history), epochs=run.epochs)
    else:
        text = _(
            "{title} is being trained, and its first epoch is not over. If you close the window, "
            "training stops, and nothing of it is kept."
        ).format(title=_(run.plan.title))
    box.setText(text)
    stop = box.addButton(_("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("Go on training"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    if parent is not None:
        # A dialog's parts do not take the window's colours by themselves.
        for part in (box, *box.findChildren(QWidget)):
            part.setPalette(parent.palette())
    box.exec()
    return box.clickedButton() is stop
