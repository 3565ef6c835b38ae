"""What is said of the pieces of a drawing, in whole sentences: templates with names."""

from __future__ import annotations

from digitpad.core.languages import N_, _
from digitpad.core.texts import in_sentences
from digitpad.explain.rounding import rounded
from digitpad.ui.explain.why_words import plain_units, sentence, shown_lead

_LEADS = {
    False: N_("{first} leads {second} by {lead}."),
    True: N_("{first} is behind {second} by {lead}."),
}
_LEADS_WITHOUT = {
    # By how many pieces are taken away, and whether the first class is behind.
    (False, False): N_("Without the piece that is taken away {first} leads {second} by {lead}."),
    (False, True): N_("Without the piece that is taken away {first} is behind {second} by {lead}."),
    (True, False): N_(
        "Without the {count} pieces that are taken away {first} leads {second} by {lead}."
    ),
    (True, True): N_(
        "Without the {count} pieces that are taken away {first} is behind {second} by {lead}."
    ),
}
HINT = N_("Point at a piece, here or on the pad; a click takes it away.")
HINT_PATCHES = N_("Point at a patch, here or on the pad; a click takes it away.")
RANGE = N_("Losses do not add up, since each piece is taken away alone. Full colour: {end}.")
TAKEN = N_("This one is taken away; a click brings it back.")

_LOSSES = {
    # By whether the lead falls, and whether it is a patch.
    (True, False): N_(
        "Without this piece alone the lead falls from {before} to {after}: its ink "
        "{own}, the shift of the drawing {shift}."
    ),
    (False, False): N_(
        "Without this piece alone the lead rises from {before} to {after}: its ink "
        "{own}, the shift of the drawing {shift}."
    ),
    (True, True): N_(
        "Without this patch alone the lead falls from {before} to {after}: its ink "
        "{own}, the shift of the drawing {shift}."
    ),
    (False, True): N_(
        "Without this patch alone the lead rises from {before} to {after}: its ink "
        "{own}, the shift of the drawing {shift}."
    ),
}
_STAYS = {
    False: N_(
        "Without this piece alone the lead stays {before}: its ink {own}, the "
        "shift of the drawing {shift}."
    ),
    True: N_(
        "Without this patch alone the lead stays {before}: its ink {own}, the "
        "shift of the drawing {shift}."
    ),
}
_BECOMES = N_("It would be read as {other}.")


def lead_text(logits: tuple[float, float], first: str, second: str, removed: int) -> str:
    """By how much a class leads another, in what is left of a drawing; logits: of both."""
    units, decimals = shown_lead(*logits)
    is_behind = units < 0
    template = _LEADS_WITHOUT[removed > 1, is_behind] if removed else _LEADS[is_behind]
    return sentence(
        _(template).format(
            first=first, second=second, lead=plain_units(abs(units), decimals), count=removed
        )
    )


def loss_text(
    logits: tuple[float, float], parts: tuple[float, float], other: str, is_patch: bool
) -> str:
    """What a lead loses without a piece; what is shown adds up.

    logits: of both classes; parts: what the piece's ink takes of their lead, and what the shift of
    the drawing takes. other: the class that it would be read as, "" where that stays.
    """
    own, shift = parts
    told, decimals = shown_lead(*logits)
    lead = told / 10**decimals
    # The lead is what stays and both losses.
    (after, own_units, shift_units), before = rounded([lead - own - shift, own, shift], decimals)
    words = {
        "before": plain_units(before, decimals),
        "after": plain_units(int(after), decimals),
        "own": plain_units(int(own_units), decimals),
        "shift": plain_units(int(shift_units), decimals),
    }
    falls = bool(after < before)
    template = _STAYS[is_patch] if after == before else _LOSSES[falls, is_patch]
    text = _(template).format(**words)
    return in_sentences((text, _(_BECOMES).format(other=other) if other else ""))
