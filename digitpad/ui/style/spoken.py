"""The language chosen, as Qt is told of it: its own texts, and a font that has the letters."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase

from digitpad.core import languages
from digitpad.core.languages import NEEDS_CJK

_PROBE = QFontDatabase.WritingSystem.SimplifiedChinese
_TRANSLATOR = "digitpad-qt-texts"


def systems_language() -> str:
    """The code of the language that the system is in: what its environment says, or on Windows and
    macOS, where that says nothing, what Qt knows."""
    said = any(os.environ.get(name) for name in languages.OF_SYSTEM)
    if said or sys.platform not in ("win32", "darwin"):
        return languages.of_environment(os.environ)
    codes = map(languages.matching, QLocale.system().uiLanguages())
    return next((code for code in codes if code is not None), languages.ENGLISH)


def speak() -> str:
    """Let Qt say its own texts, such as the buttons of dialogs, in the language chosen; before a
    window is made.

    Returns what a person has to be told: nothing, but where the language needs a font that is not
    there. All is said in English then, since nothing could be read.
    """
    trouble = ""
    if languages.language() in NEEDS_CJK and not QFontDatabase.families(_PROBE):
        languages.set_language(languages.ENGLISH)
        trouble = (
            "There is no font with Chinese characters here, so all is said in English. "
            "On Debian and Ubuntu: sudo apt-get install fonts-noto-cjk"
        )
    application = QCoreApplication.instance()
    if application is None:
        return trouble
    for before in application.findChildren(QTranslator, _TRANSLATOR):
        application.removeTranslator(before)
        before.setObjectName("")
        before.deleteLater()
    # Sizes, dates and kinds of files are said by the locale.
    QLocale.setDefault(QLocale(languages.language()))
    if languages.language() != languages.ENGLISH:
        folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        # Qt asks the translator that was installed last first.
        for file in (folder / f"qtbase_{languages.language()}.qm", languages.texts_of_qt()):
            translator = QTranslator(application)
            if translator.load(str(file)):
                translator.setObjectName(_TRANSLATOR)
                application.installTranslator(translator)
    return trouble
