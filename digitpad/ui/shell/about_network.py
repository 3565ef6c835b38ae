"""What a network is made of, how it was trained, and what its tutorial gets wrong."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from digitpad.core.languages import N_, _
from digitpad.core.results import FeedingSource, NetworkInfo
from digitpad.core.texts import SOURCES, enumerated
from digitpad.nets.spec.layer_words import kind_words, layer_name
from digitpad.nets.spec.open_choices import feeding_words
from digitpad.ui.shell.network_words import (
    dataset_title,
    device_words,
    fed_by_words,
    settings_words,
    tutorial_words,
)
from digitpad.ui.style.theme import LIGHT, Theme

# As the record names what our training settings mix in.
_ACCURACIES = (
    ("test", N_("Test accuracy: {share:.2f} % of {n:,} images.")),
    ("validation", N_("Validation accuracy: {share:.2f} % of {n:,} images.")),
)
# Nothing tells what such a network learned from.
_FOUND_OUT = (FeedingSource.GUESSED, FeedingSource.ACCEPTED)
_DETAILS = (("epochs", N_("{value} epochs")), ("seed", N_("seed {value}")), ("date", "{value}"))


class AboutNetwork(QFrame):
    """A card over the network's panels, to be read while drawing goes on beneath and beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A closed card that knows no network yet."""
        super().__init__(parent)
        self.setObjectName("about")
        self._info: NetworkInfo | None = None
        self._theme = LIGHT
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("About this network"))
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.text)
        self.hide()

    def show_info(self, info: NetworkInfo) -> None:
        """Tell of this network from now on."""
        self._info = info
        self._write()

    def toggle(self) -> None:
        """Open the card, or close it; nothing opens before a network has loaded."""
        self.setVisible(self.isHidden() and self._info is not None)
        if not self.isHidden():
            self.raise_()
            self.text.verticalScrollBar().setValue(0)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self._write()

    def set_unit(self, unit: float) -> None:
        """Make texts and gaps so much larger than the smallest comfortable size."""
        self._layout.setContentsMargins(*[round(14 * unit)] * 4)
        font = QFont(self.font())
        font.setPixelSize(round(13 * unit))
        self.text.setFont(font)

    def _write(self) -> None:
        if self._info is not None:
            self.text.setHtml(about_html(self._info, self._theme))


def about_html(info: NetworkInfo, theme: Theme) -> str:
    """All that is known of a network, as the simple HTML that Qt shows."""
    parts = [f"<h2 style='margin-bottom:2px'>{escape(_(info.title))}</h2>"]
    origin = " · ".join(filter(None, [escape(info.network), escape(tutorial_words(info.tutorial))]))
    parts.append(f"<p style='color:{theme.quiet};margin-top:0px'>{origin}</p>")
    if info.notes:
        heading = _("What its tutorial gets wrong") if info.tutorial else _("How it is read with")
        parts.append(f"<h3>{heading}</h3>")
        parts += [f"<p>{escape(_(note))}</p>" for note in info.notes]
    rows = "".join(_layer_row(*row, theme) for row in _layer_rows(info))
    parts.append(f"<h3>{_('Layers')}</h3><table cellspacing='0' cellpadding='3'>{rows}</table>")
    lines = "".join(f"<p>{line}</p>" for line in _training_lines(info))
    parts.append(f"<h3>{_('Training')}</h3>{lines}")
    return "".join(parts)


def _layer_rows(info: NetworkInfo) -> list[tuple[str, str, str, str]]:
    side = f"{info.side} × {info.side}"
    fit = {"pad": _("28 × 28 with paper around"), "resize": _("28 × 28, stretched")}.get(
        info.fit, ""
    )
    taken, mean, std = fit or _("the digit"), info.record.mean, info.record.std
    if mean is not None and std is not None:
        taken = _("{digit}, fed as {feeding}").format(digit=taken, feeding=feeding_words(mean, std))
    rows = [(_("input"), taken, side, "")]
    for layer in info.layers:
        kind = kind_words(layer.kind)
        if layer.connections:
            kind = _("{kind}, {n} connections").format(
                kind=kind, n=sum(len(row) for row in layer.connections)
            )
        rows.append(
            (
                layer_name(layer.name),
                kind,
                " × ".join(str(n) for n in layer.shape),
                f"{layer.parameters:,}",
            )
        )
    return [*rows, ("", "", _("parameters"), f"{info.parameters:,}")]


def _layer_row(name: str, kind: str, shape: str, parameters: str, theme: Theme) -> str:
    return (
        f"<tr><td><b>{escape(name)}</b></td><td>{escape(kind)}</td>"
        f"<td align='right' style='color:{theme.quiet}'>{escape(shape)}</td>"
        f"<td align='right'>&nbsp;&nbsp;{escape(parameters)}</td></tr>"
    )


def _training_lines(info: NetworkInfo) -> list[str]:
    record = info.metadata
    lines = []
    sources = (record.get("datasets") or record.get("dataset", "")).split(", ")
    learned = escape(
        enumerated(
            [
                _(SOURCES[source]) if source in SOURCES else dataset_title(source)
                for source in sources
                if source
            ]
        )
    )
    settings = escape(settings_words(record.get("recipe", "")))
    if learned and info.fed_by in _FOUND_OUT and not record.get("datasets"):
        lines.append(_("Reads {learned}, as was found out.").format(learned=learned))
    elif learned and settings:
        lines.append(
            _("Trained on {learned} with {settings}.").format(learned=learned, settings=settings)
        )
    elif learned:
        lines.append(_("Trained on {learned}.").format(learned=learned))
    elif settings:
        lines.append(_("Trained with {settings}.").format(settings=settings))
    for key, words in _ACCURACIES:
        try:
            share, n = float(record[f"{key}_accuracy"]), int(record[f"{key}_n"])
        except (KeyError, ValueError):
            continue
        lines.append(_(words).format(share=share * 100, n=n))
    details = [
        _(words).format(value=escape(record[key])) for key, words in _DETAILS if key in record
    ]
    if details:
        lines.append(_("{words}.").format(words=_(", ").join(details)))
    mean, std = info.record.mean, info.record.std
    if mean is not None and std is not None:
        lines.append(
            _("Fed digits as {feeding}: {source}.").format(
                feeding=escape(feeding_words(mean, std)), source=fed_by_words(info.fed_by)
            )
        )
    temperature = info.record.temperature
    if temperature is not None and temperature != 1:
        lines.append(
            _(
                "Probabilities are the softmax of the outputs divided by "
                "{temperature:.2f}, the temperature that fits validation digits best."
            ).format(temperature=temperature)
        )
    lines.append(
        _("Computed with {reader} on: {device}.").format(
            reader=info.reader.value, device=device_words(info)
        )
    )
    lines.append(_("Weights: {file}").format(file=escape(Path(info.weights_file).name)))
    return lines
