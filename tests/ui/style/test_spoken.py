import sys

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QLabel, QLineEdit

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


@pytest.fixture
def in_chinese(qapp, monkeypatch):
    monkeypatch.setattr(QFontDatabase, "families", lambda *script: ["A font"])
    languages.set_language("zh_CN")
    speak()
    yield
    languages.set_language("en")
    speak()


def test_qts_file_dialog_has_no_english_left_in_chinese(in_chinese, tmp_path):
    (tmp_path / "a folder").mkdir()
    (tmp_path / "seven.png").touch()
    dialog = QFileDialog(None, "打开", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    labels = [one.text() for one in dialog.findChildren(QLabel)]
    assert not [text for text in labels if text.isascii() and text]
    model = dialog.findChild(QFileSystemModel)
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert heads == ["名称", "大小", "类型", "修改日期"]
    kinds = [model.type(model.index(str(tmp_path / name))) for name in ("a folder", "seven.png")]
    assert kinds == ["文件夹", "PNG 图像"]


def test_what_qt_undoes_is_called_as_the_window_calls_it(in_chinese):
    line = QLineEdit("7")
    menu = line.createStandardContextMenu()
    texts = [one.text() for one in menu.actions() if not one.isSeparator()]
    assert texts[0].startswith(languages._("Undo"))
    assert not [text for text in texts if text.isascii()]


def test_qt_speaks_english_again_after_chinese(in_chinese):
    languages.set_language("en")
    speak()
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "&Look in:"
    assert QLocale().language() == QLocale.Language.English
