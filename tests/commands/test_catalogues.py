import gettext
import string
from collections import Counter
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator

pytest.importorskip("babel")

from digitpad.commands import catalogues

TEXTS = catalogues.template()
LANGUAGES = catalogues.languages()


def _ids(message):
    return (message.id,) if isinstance(message.id, str) else message.id


def _fields(text):
    """The names that are filled into a template; None where it is none."""
    try:
        return {field for __, field, __, __ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        return None


def test_there_is_a_catalogue_of_chinese():
    assert "zh_CN" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_the_texts_of_the_source_and_no_others(language):
    # Where this fails: make texts
    wanted = {one.id if isinstance(one.id, str) else one.id[0] for one in TEXTS if one.id}
    found = {
        one.id if isinstance(one.id, str) else one.id[0]
        for one in catalogues.read(language)
        if one.id
    }
    assert sorted(wanted - found) == []
    assert sorted(found - wanted) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_in_every_form(language):
    catalogue = catalogues.read(language)
    assert not catalogue.obsolete
    left = [one.id for one in catalogue if one.id and not all(catalogues.translations(one.string))]
    assert left == []
    assert [one.id for one in catalogue if one.id and one.fuzzy] == []
    for one in catalogue:
        if not isinstance(one.id, str):
            assert len(catalogues.translations(one.string)) == catalogue.num_plurals


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_its_text_fills_in(language):
    for one in catalogues.read(language):
        if not one.id:
            continue
        allowed = [_fields(text) for text in _ids(one)]
        for translation in catalogues.translations(one.string):
            assert _fields(translation) in allowed or None in allowed, one.id
            counts = Counter(_ids(one)[-1])["%"], Counter(translation)["%"]
            assert counts[0] == counts[1], one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_compiled_of_the_catalogue(language):
    with catalogues.po_file(language).with_suffix(".mo").open("rb") as opened:
        compiled = gettext.GNUTranslations(opened)
    for one in catalogues.read(language):
        if isinstance(one.id, str) and one.id:
            assert compiled.gettext(one.id) == one.string
        elif one.id:
            assert compiled.ngettext(*one.id, 7) == catalogues.translations(one.string)[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_qt_reads_is_compiled_of_its_texts(language):
    # Where this fails: make texts
    source = catalogues.po_file(language).parents[1] / "qt.ts"
    translator = QTranslator()
    assert translator.load(str(source.with_suffix(".qm"))) == source.exists()
    texts = ElementTree.parse(source).findall("context") if source.exists() else []
    for context in texts:
        for message in context.findall("message"):
            name, text = context.findtext("name"), message.findtext("source")
            assert translator.translate(name, text) == message.findtext("translation"), text


def test_texts_are_found_where_they_are_marked(tmp_path, monkeypatch):
    (tmp_path / "commands").mkdir()
    (tmp_path / "commands" / "one.py").write_text(
        '"""What one does."""\n'
        'def add_arguments(parser): parser.add("--x", help=_("many " "words"))\n'
    )
    (tmp_path / "two.py").write_text(
        'A = N_("label")\nB = _(A)\nC = ngettext("one", "two", 1)\nD = f"<p>{_(\'within\')}</p>"\n'
    )
    monkeypatch.setattr(catalogues, "_PACKAGE", tmp_path)
    found = {one.id for one in catalogues.template() if one.id}
    assert found == {"What one does.", "many words", "label", "within", ("one", "two")}


def test_a_catalogue_is_begun_updated_and_rid_of_what_is_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "_LOCALE", tmp_path)
    assert catalogues.update("de", TEXTS) == len([one for one in TEXTS if one.id])
    begun = catalogues.read("de")
    begun.get("Undo").string = "Zurücknehmen"
    begun.add("Never said", "Nie gesagt")
    catalogues.write("de", begun)
    assert catalogues.update("de", TEXTS) == len([one for one in TEXTS if one.id]) - 1
    again = catalogues.read("de")
    assert again.get("Undo").string == "Zurücknehmen"
    assert again.get("Never said") is None
    written = catalogues.po_file("de").read_bytes()
    catalogues.update("de", TEXTS)
    assert catalogues.po_file("de").read_bytes() == written
