import re
import string

import pytest

from digitpad.core import languages
from digitpad.core.languages import N_, _, ngettext


def test_a_text_without_a_translation_stays_as_it_is():
    assert _("Choose a network") == "Choose a network"
    assert N_("Undo") == "Undo"


def test_the_form_of_a_text_goes_with_the_count():
    forms = [ngettext("{n} drawing", "{n} drawings", n).format(n=n) for n in (0, 1, 2)]
    assert forms == ["0 drawings", "1 drawing", "2 drawings"]


def test_a_text_is_said_in_the_language_that_was_chosen():
    languages.set_language("zh_CN")
    assert _("Undo") == "撤销"
    assert languages.language() == "zh_CN"
    languages.set_language("en")
    assert _("Undo") == "Undo"


def test_no_text_is_not_the_catalogues_header():
    languages.set_language("zh_CN")
    assert _("") == ""


def test_processes_that_are_started_inherit_the_language(monkeypatch):
    monkeypatch.setenv(languages.VARIABLE, "en")
    languages.set_language("zh_CN")
    assert languages.os.environ[languages.VARIABLE] == "zh_CN"
    # As such a process finds it, in which nothing has been chosen.
    monkeypatch.setattr(languages, "_translations", None)
    assert _("Undo") == "撤销"


def test_languages_are_listed_by_their_own_names():
    names = {one.code: one.name for one in languages.available()}
    assert names["en"] == "English"
    assert names["zh_CN"] == "简体中文"
    assert languages.PSEUDO not in names
    assert languages.codes() == tuple(names)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("zh", "zh_CN"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh-Hans", "zh_CN"),
        ("ZH_cn@stroke", "zh_CN"),
        ("zh_SG", "zh_CN"),
        ("zh_TW", None),
        ("zh-Hant-HK", None),
        ("en_GB.UTF-8", "en"),
        ("pseudo", "pseudo"),
        ("de", None),
        ("", None),
        ("../../../etc", None),
        ("\0", None),
    ],
)
def test_a_name_of_a_locale_means_a_language(wanted, code):
    assert languages.matching(wanted) == code


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_CN:en"}, "zh_CN"),
        ({"LC_ALL": "C", "LANGUAGE": "zh_CN"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
    ],
)
def test_the_systems_variables_choose_in_their_order(environment, code):
    assert languages.of_environment(environment) == code


def test_what_is_wanted_comes_before_the_environment(monkeypatch):
    monkeypatch.setenv(languages.VARIABLE, "zh_CN")
    assert languages.choose("en") == ""
    assert languages.language() == "en"
    monkeypatch.setenv(languages.VARIABLE, "zh_CN")
    assert languages.choose() == ""
    assert languages.language() == "zh_CN"


@pytest.mark.parametrize("wanted", ["tlh", "x" * 9_999, "zh\n_CN", "..", "\x1b[31m"])
def test_a_language_that_there_is_not_is_said_in_one_line_and_english_taken(wanted):
    languages.set_language("zh_CN")
    said = languages.choose(wanted)
    assert "en, zh_CN" in said
    assert said.isprintable()
    assert len(said) < 200
    assert languages.language() == "en"


def test_only_a_language_that_there_is_can_be_set():
    with pytest.raises(ValueError, match="tlh"):
        languages.set_language("tlh")


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_a_damaged_catalogue_leaves_the_texts_in_english(content, tmp_path, monkeypatch):
    folder = tmp_path / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "digitpad.mo").write_bytes(content)
    monkeypatch.setattr(languages, "_FOLDER", tmp_path)
    said = languages.choose("xx")
    assert said == "the texts in the language “xx” cannot be read; they are in English"
    assert _("Undo") == "Undo"
    assert languages.available()[1] == languages.Language("xx", "English")


def test_the_pseudo_locale_is_longer_and_keeps_what_is_filled_in():
    text = "{name} reads {share:.1%} of %(count)s\nin all"
    languages.set_language(languages.PSEUDO)
    longer = _(text)
    letters = len(re.sub(r"\{.*?\}|%\(\w+\)s|\n", "", text))
    assert len(longer) >= len(text) + 0.39 * letters
    fields = [field for __, field, __, __ in string.Formatter().parse(longer) if field]
    assert fields == ["name", "share"]
    assert "%(count)s" in longer
    assert ngettext("{n} unit", "{n} units", 2).startswith("{n} úñ")
