"""The texts that a person reads, in the language that was chosen: GNU gettext of the standard
library.

    title = _("Choose a network")
    line = _("{name} reads {share} of them").format(name=name, share=share)
    count = ngettext("{n} drawing", "{n} drawings", n).format(n=n)
    LABEL = N_("Undo")  # marked where it is written, translated by _(LABEL) where it is shown

A text is a whole sentence or a whole label: nothing is put together from parts, since another
language has another order.

The language is that of `--lang`, or of the environment (DIGITPAD_LANG, or as the system says it),
and can be changed while the program runs. Processes that this one starts inherit it. Nothing is
read for English, which is the language of the texts themselves.
"""

from __future__ import annotations

import gettext
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "DIGITPAD_LANG"
"""The variable of the environment that names the language, before the system's own."""
ENGLISH = "en"
PSEUDO = "pseudo"
"""No language: English with accents, and longer, to see whether texts have room."""

NEEDS_CJK = frozenset({"zh_CN"})
"""The languages that need a font with Chinese characters."""

_DOMAIN = "digitpad"
_FOLDER = Path(__file__).resolve().parents[1] / "locale"
# As the system orders them; a person's list of languages comes before all.
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
_LIST = "LANGUAGE"
OF_SYSTEM = (_LIST, *_LOCALES)
"""The variables by which the system says its language."""
_SAME = {"zh_hans": "zh_cn", "zh_hans_cn": "zh_cn", "zh_hans_sg": "zh_cn", "zh_sg": "zh_cn"}
_LETTERS = str.maketrans("AEINOSUYaceinosuyz", "ÁÉÍÑÓŠÚÝáčéíñóšúýž")
_LONGER_BY = 0.4


@dataclass(frozen=True)
class Language:
    """A language that the texts are in: its code, as --lang takes it, and its name in itself."""

    code: str
    name: str


class _Pseudo(gettext.NullTranslations):
    """Every text with accents, and 40 % longer, so that none without a translation and none
    without room stays unseen."""

    def gettext(self, message: str) -> str:
        return _stretched(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _stretched(msgid1 if n == 1 else msgid2)


_translations: gettext.NullTranslations | None = None
_code = ENGLISH
_is_asked_for = False


def _(text: str) -> str:
    """The text in the language that was chosen; as it is where there is no translation."""
    # An empty text would be the catalogue's own header.
    return _current().gettext(text) if text else text


def ngettext(one: str, several: str, n: int) -> str:
    """The form of a text that goes with a count: one for 1 in English, several for all else."""
    return _current().ngettext(one, several, n)


def N_(text: str) -> str:
    """The text as it is, marked for translation where it is shown."""
    return text


def language() -> str:
    """The code of the language that texts are in now."""
    _current()
    return _code


def texts_of_qt() -> Path:
    """The file of the texts that Qt lacks in the language chosen, or calls otherwise than we do;
    not every language has one."""
    return _FOLDER / language() / "qt.qm"


def is_asked_for() -> bool:
    """Whether --lang or DIGITPAD_LANG named the language, rather than the system."""
    return _is_asked_for


def available() -> tuple[Language, ...]:
    """The languages that a person may choose, English first, the others by their code."""
    return (
        Language(ENGLISH, _own_name(gettext.NullTranslations())),
        *(Language(code, _own_name(_catalogue(code))) for code in _codes()),
    )


def codes() -> tuple[str, ...]:
    """The codes of the languages that a person may choose, English first."""
    return (ENGLISH, *_codes())


def matching(wanted: str) -> str | None:
    """The code of the language that a name of a locale means, such as "zh", "zh-Hans" or
    "zh_CN.UTF-8"; None where there is none."""
    name = wanted.split(".")[0].split("@")[0].strip().replace("-", "_").lower()
    name = _SAME.get(name, name)
    known = {code.lower(): code for code in (*codes(), PSEUDO)}
    if name in known:
        return known[name]
    language, _dash, place = name.partition("_")
    if language in known:
        return known[language]
    # A language alone means the only variant that there is of it, another variant does not.
    of_it = [code for lowered, code in known.items() if lowered.partition("_")[0] == language]
    return of_it[0] if of_it and not place else None


def set_language(code: str) -> None:
    """Say all texts in a language from now on, here and in processes that are started later.

    code: one of available(), or PSEUDO; raises ValueError for any other.
    """
    global _translations, _code
    if code == ENGLISH:
        translations = gettext.NullTranslations()
    elif code == PSEUDO:
        translations = _Pseudo()
    elif code in _codes():
        translations = _catalogue(code)
    else:
        raise ValueError(f"no language {code!r}")
    _translations, _code = translations, code
    os.environ[VARIABLE] = code


def choose(wanted: str | None = None) -> str:
    """Take the language that is wanted, else the one of the environment; returns what is to be
    said about it, which is nothing but where one was asked for that there is none of, or its texts
    cannot be read.

    wanted: as --lang names it; None or "" where nothing was said.
    """
    global _is_asked_for
    asked = wanted or os.environ.get(VARIABLE, "")
    _is_asked_for = bool(asked)
    code = matching(asked) if asked else of_environment(os.environ)
    set_language(code or ENGLISH)
    if code is not None:
        if code == ENGLISH or type(_translations) is not gettext.NullTranslations:
            return ""
        return _("the texts in the language “{code}” cannot be read; they are in English").format(
            code=code
        )
    known = ", ".join(codes())
    shown = "".join(one if one.isprintable() else "?" for one in asked[:40])
    return _(
        "there are no texts in the language “{shown}”, only in: {known}; they are in English"
    ).format(shown=shown, known=known)


def of_environment(environment: Mapping[str, str]) -> str:
    """The code of the first language that the system's variables name and that there is;
    ENGLISH where they name none, or "C"."""
    system = next((environment[name] for name in _LOCALES if environment.get(name)), "")
    if system.split(".")[0] in ("C", "POSIX"):
        return ENGLISH
    wanted = (*environment.get(_LIST, "").split(":"), system)
    return next((code for one in wanted if one and (code := matching(one))), ENGLISH)


def _current() -> gettext.NullTranslations:
    if _translations is None:
        # Nothing was said: this is a library, or a process that another one started.
        choose()
    return _translations or gettext.NullTranslations()


def _codes() -> tuple[str, ...]:
    """The codes of the languages that there is a catalogue of."""
    try:
        return tuple(sorted(file.parts[-3] for file in _FOLDER.glob(f"*/*/{_DOMAIN}.mo")))
    except OSError:
        return ()


def _catalogue(code: str) -> gettext.NullTranslations:
    """The texts of a language; English where they cannot be read."""
    try:
        return gettext.translation(_DOMAIN, str(_FOLDER), [code])
    except (OSError, ValueError, LookupError, struct.error):
        return gettext.NullTranslations()


def _own_name(translations: gettext.NullTranslations) -> str:
    # Translated as what the language calls itself, and so by each catalogue for itself.
    return translations.gettext(N_("English"))


def _stretched(text: str) -> str:
    """A text as the pseudo-locale has it; what stands in braces, and %s and the like, as it is."""
    import re

    parts = re.split(r"(\{[^{}]*\}|%\(\w+\)[srd]|%[srd]|\n)", text)
    # What chooses an entry of a menu takes no room.
    letters = "".join(parts[::2]).replace("&", "")
    said = "".join(part if n % 2 else part.translate(_LETTERS) for n, part in enumerate(parts))
    more = round(len(letters) * _LONGER_BY)
    end = said[len(said.rstrip()) :]
    # In short words, so that it is broken over lines as sentences are.
    tail = " ~~~~" * (more // 5) + "~" * (more % 5)
    return said.rstrip() + tail + end
