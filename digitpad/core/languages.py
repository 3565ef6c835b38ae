"""The texts that a person reads, in the language that was chosen: GNU gettext of the standard
library.

    title = _("Choose a network")
    line = _("{name} reads {share} of them").format(name=name, share=share)
    count = ngettext("{n} drawing", "{n} drawings", n).format(n=n)
    LABEL = N_("Undo")  # marked where it is written, translated by _(LABEL) where it is shown

A text is a whole sentence or a whole label: nothing is put together from parts, since another
language has another order.
"""

from __future__ import annotations

import gettext

_translations: gettext.NullTranslations = gettext.NullTranslations()


def _(text: str) -> str:
    """The text in the language that was chosen; as it is where there is no translation."""
    return _translations.gettext(text)


def ngettext(one: str, several: str, n: int) -> str:
    """The form of a text that goes with a count: one for 1 in English, several for all else."""
    return _translations.ngettext(one, several, n)


def N_(text: str) -> str:
    """The text as it is, marked for translation where it is shown."""
    return text
