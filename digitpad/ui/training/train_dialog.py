"""What to train, in plain words, with our defaults."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _, ngettext
from digitpad.datasets import DATASETS
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.training.recipes import has_pen_styles
from digitpad.ui.style.announcing import tell
from digitpad.ui.style.fitting_scroll import FittingDialog, FittingScroll
from digitpad.ui.training.train_plan import PATIENCE, TrainPlan
from digitpad.ui.training.training_desk import TrainingDesk

_MOST_EPOCHS = 10_000
_OWN = ""


class TrainDialog(FittingDialog):
    """Network, data set and settings of a run; starts it on the desk.

    Attributes:
        network, dataset, quick, full, epochs, augments, mixes, stops, patience, seed, name: the
            fields. start_button: starts. trouble: why it cannot be started, or nothing.
    """

    def __init__(self, desk: TrainingDesk, parent: QWidget | None = None) -> None:
        """desk: where the run is started."""
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("Train a network"))
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.network, self.own = QComboBox(), QLineEdit()
        for network in NETWORKS.values():
            self.network.addItem(_(network.title), network.name)
        self.network.addItem(_("A class of your own …"), _OWN)
        self.network.currentIndexChanged.connect(self._on_network)
        self.own.setPlaceholderText("net.py:MyLeNet5")
        self.own.textChanged.connect(self._refresh)
        self.find_button = QPushButton(_("Find …"))
        self.find_button.clicked.connect(self._find_file)
        self.dataset = QComboBox()
        for entry in DATASETS.values():
            self.dataset.addItem(entry.title, entry.name)
        self.dataset.currentIndexChanged.connect(self._refresh)
        self.quick = QRadioButton(_("A quick look: 4 epochs, a minute or two for LeNet-5"))
        self.full = QRadioButton()
        self.quick.setChecked(True)
        self.quick.toggled.connect(self._refresh)
        self.epochs = QSpinBox()
        self.epochs.setRange(1, _MOST_EPOCHS)
        self.epochs.setAccessibleName(_("How many epochs"))
        self.augments = QCheckBox(_("Move and bend the digits a little each time they are seen"))
        self.mixes = QCheckBox(_("Mix in synthetic handwriting, as the world writes"))
        self.augments.setChecked(True)
        self.mixes.setChecked(True)
        self.stops = QCheckBox(_("Stop when nothing got better for"))
        self.stops.setChecked(True)
        self.patience = QSpinBox()
        self.patience.setRange(1, _MOST_EPOCHS)
        self.patience.setValue(PATIENCE)
        self.patience.setAccessibleName(_("Epochs without gain before it stops"))
        self.patience.valueChanged.connect(self._name_units)
        self.stops.toggled.connect(self.patience.setEnabled)
        self.seed = QSpinBox()
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setToolTip(_("The same seed, settings and digits give the same weights"))
        self.name = QLineEdit()
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setObjectName("quiet")
        self.trouble.setText(
            _("It runs beside the window, at low priority, and leaves a core to your pen.")
        )
        self._lay_out()
        self._on_network()
        self.network.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        # Rows that a finger hits.
        form.setVerticalSpacing(10)
        form.addRow(_("&Network"), self.network)
        self._own_row = QWidget()
        own = QHBoxLayout(self._own_row)
        own.setContentsMargins(0, 0, 0, 0)
        own.addWidget(self.own, 1)
        own.addWidget(self.find_button)
        form.addRow("", self._own_row)
        form.addRow(_("Learns &from"), self.dataset)
        form.addRow(_("How &long"), self.quick)
        full = QHBoxLayout()
        full.addWidget(self.full)
        full.addWidget(self.epochs)
        full.addStretch(1)
        form.addRow("", full)
        form.addRow(_("How"), self.augments)
        form.addRow("", self.mixes)
        stop = QHBoxLayout()
        stop.addWidget(self.stops)
        stop.addWidget(self.patience)
        stop.addStretch(1)
        form.addRow("", stop)
        form.addRow(_("&Seed"), self.seed)
        form.addRow(_("Na&me"), self.name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = buttons.addButton(
            _("Start training"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        for other in (self.find_button, *buttons.buttons()):
            assert isinstance(other, QPushButton)
            other.setAutoDefault(False)
        self.start_button.setDefault(True)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        buttons.accepted.connect(self._start)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(FittingScroll(form))
        layout.addWidget(self.trouble)
        layout.addWidget(buttons)
        # As large as its letters and rows come to be, so that it does not scroll without need.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def set_font(self, font: QFont) -> None:
        """Take a font; a dialog's parts do not take it from the window."""
        for part in (self, *self.findChildren(QWidget)):
            part.setFont(font)

    # What is said.

    @property
    def plan(self) -> TrainPlan:
        """What the fields say."""
        net = self.network.currentData() or self.own.text().strip()
        dataset = self.dataset.currentData()
        is_quick = self.quick.isChecked()
        return TrainPlan(
            net=net,
            dataset=dataset,
            quick=is_quick,
            epochs=None if is_quick else self.epochs.value(),
            augments=self.augments.isChecked(),
            mixes=self.mixes.isChecked() and has_pen_styles(dataset),
            seed=self.seed.value(),
            patience=self.patience.value() if self.stops.isChecked() else None,
        )

    def _on_network(self) -> None:
        """Another network: its own data set, epochs and name."""
        name = self.network.currentData()
        self._own_row.setVisible(name == _OWN)
        network = NETWORKS.get(name)
        if network is not None:
            self.dataset.setCurrentIndex(self.dataset.findData(network.dataset))
            self.epochs.setValue(network.our_epochs)
            self.name.setText(_("my {title}").format(title=_(network.title)))
        elif not self.own.text():
            self.name.setText(_("my network"))
        self._name_units()
        self._refresh()

    def _name_units(self) -> None:
        n = self.patience.value()
        self.patience.setSuffix(" " + ngettext("epoch", "epochs", n))
        self.full.setText(_("In full; epochs:"))

    def _refresh(self) -> None:
        """What can be said of the fields as they are."""
        self.epochs.setEnabled(not self.quick.isChecked())
        dataset = self.dataset.currentData()
        self.mixes.setEnabled(dataset is not None and has_pen_styles(dataset))
        self.start_button.setEnabled(self.network.currentData() != _OWN or ":" in self.own.text())

    def _find_file(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("The Python file of your network"), "", "Python (*.py)"
        )
        if chosen:
            path = Path(chosen)
            self.own.setText(f"{path}:{_class_in(path)}")
            self.name.setText(path.stem)

    def _start(self) -> None:
        try:
            self._desk.start(self.plan, self.name.text().strip())
        except (DigitpadError, ValueError) as error:
            tell(self.trouble, str(error), assertive=True)
            return
        self.accept()


def _class_in(path: Path) -> str:
    """The first class of torch.nn.Module in a file by its text, which is not run; "Net" where none
    is seen."""
    import re

    try:
        text = path.read_text(errors="replace")[:1_000_000]
    except OSError:
        return "Net"
    found = re.search(r"^class\s+(\w+)\s*\([^)]*Module[^)]*\)", text, re.MULTILINE)
    return found[1] if found else "Net"
