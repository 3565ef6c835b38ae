from digitpad.core.languages import N_, _, ngettext


def test_a_text_without_a_translation_stays_as_it_is():
    assert _("Choose a network") == "Choose a network"
    assert N_("Undo") == "Undo"


def test_the_form_of_a_text_goes_with_the_count():
    forms = [ngettext("{n} drawing", "{n} drawings", n).format(n=n) for n in (0, 1, 2)]
    assert forms == ["0 drawings", "1 drawing", "2 drawings"]
