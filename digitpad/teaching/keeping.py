"""A taught network is kept: its weights and its record become a version's file."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from digitpad.core.files import write_beside
from digitpad.core.weights_record import TAUGHT, WeightsRecord
from digitpad.teaching.teacher import Outcome, Teacher
from digitpad.teaching.versions import (
    BODY,
    Teaching,
    Version,
    body_digest,
    read_version,
    versions_folder,
    write_teaching,
)


def keep(
    teacher: Teacher, outcome: Outcome, overruled: bool = False, folder: Path | None = None
) -> Version:
    """Write a taught network as a new version, and give that; overruled: against the program's
    verdict. folder: the user's own unless told.

    Raises DigitpadError where it cannot be written; nothing is left then.
    """
    teaching = Teaching(
        taught_at=datetime.now(timezone.utc).replace(microsecond=0),
        parent=teacher.digest,
        parent_name=teacher.weights.stem,
        labels=dict(sorted(Counter(outcome.own.labels.tolist()).items())),
        drawings=outcome.own.digest,
        figures=outcome.table.figures,
        overruled=overruled,
        departures=outcome.recipe.departures(),
    )
    content = content_of(teacher, outcome, teaching)
    stamp = teaching.taught_at.strftime("%Y%m%d-%H%M%S")
    name = f"{outcome.network.name}-{stamp}-{hashlib.sha256(content).hexdigest()[:8]}.safetensors"
    path = (folder or versions_folder()) / name
    write_beside(path, content)
    return read_version(path)


def content_of(teacher: Teacher, outcome: Outcome, teaching: Teaching) -> bytes:
    """The file of a taught network."""
    from safetensors.torch import save

    weights = {
        name: tensor.detach().cpu().contiguous()
        for name, tensor in outcome.network.state_dict().items()
    }
    record = record_of(teacher, outcome).as_metadata() | {TAUGHT: write_teaching(teaching)}
    body = body_digest(save(weights, metadata=record))
    return save(weights, metadata=record | {BODY: body})


def record_of(teacher: Teacher, outcome: Outcome) -> WeightsRecord:
    """The record of a taught network: that of the network it was taught from, but for what holds no
    more."""
    form, before = teacher.opened.form, teacher.opened.record
    extra = {
        name: text
        for name, text in before.extra.items()
        if not name.startswith(("taught", "valid"))
    }
    return replace(
        before,
        network=outcome.network.name,
        classes=teacher.opened.classes,
        mean=form.mean,
        std=form.std,
        temperature=outcome.table.temperature,
        reject_energy=outcome.table.threshold,
        test_accuracy=None,
        test_n=None,
        validation_accuracy=None,
        validation_n=None,
        calibration_error_before=None,
        calibration_error=None,
        date=datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        command="digitpad teach",
        extra=extra,
    )
