import sys

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QFontDatabase

from digitpad.core import languages
from digitpad.ui.style.spoken import speak, systems_language


def _said(text):
    return QCoreApplication.translate("QPlatformTheme", text)


def test_qts_own_texts_follow_the_language(qapp, monkeypatch):
    monkeypatch.setattr(QFontDatabase, "families", lambda *script: ["A font"])
    assert _said("Cancel") == "Cancel"
    languages.set_language("zh_CN")
    assert speak() == ""
    assert _said("Cancel") == "取消"
    speak()
    languages.set_language("en")
    speak()
    assert _said("Cancel") == "Cancel"


def test_without_a_font_for_it_chinese_is_not_spoken_and_the_font_is_named(qapp, monkeypatch):
    monkeypatch.setattr(QFontDatabase, "families", lambda *script: [])
    languages.set_language("zh_CN")
    told = speak()
    assert "fonts-noto-cjk" in told
    assert told.isascii() and "\n" not in told
    assert languages.language() == "en"
    assert speak() == ""


def test_the_systems_language_is_what_its_environment_says(monkeypatch):
    for name in languages.OF_SYSTEM:
        monkeypatch.delenv(name, raising=False)
    assert systems_language() == "en"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert systems_language() == "zh_CN"


def test_windows_and_macos_tell_qt_their_language(monkeypatch):
    for name in languages.OF_SYSTEM:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(QLocale, "uiLanguages", lambda locale: ["zh-Hans-CN", "en-US"])
    assert systems_language() == "zh_CN"
    monkeypatch.setattr(QLocale, "uiLanguages", lambda locale: ["tlh"])
    assert systems_language() == "en"
