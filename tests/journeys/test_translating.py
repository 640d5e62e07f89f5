"""A translator and an editor bring two languages to where they can be published: Given, When, Then."""

from __future__ import annotations

import pytest

from tests.journeys.test_review import drafted
from tests.journeys.test_staff import signed_in


def writes(walker, name, words):
    """Fills the field of one text."""
    walker.page.get_by_label(name, exact=True).fill(words)


@pytest.mark.browser
def test_two_people_translate_and_sign_off_two_languages(someone, site):
    # Given a draft that is offered in Polish and Arabic, and has Polish words that came with it
    draft = drafted(site, "translated-phones", "en", "pl")
    desk = f"{draft}/desk"
    editor = signed_in(someone, "editor")
    editor.goes_to(f"{draft}/settings")
    editor.page.locator("input[name=languages][value=ar]").check(force=True)
    editor.presses("Save")
    editor.goes_to(draft)
    editor.sees("Arabic: 11 texts are missing. See the translation desk.")
    editor.sees("Polish: 11 texts are not signed off by a second person. See the translation desk.")
    assert not editor.page.get_by_role("button", name="Send it for review").count()

    # When a translator, who is allowed three languages, finds them in their work
    translator = signed_in(someone, "translator", width=320)
    translator.finds_it_accessible()
    translator.page.get_by_role("link", name="“The title of phones” into Arabic: 11 missing").click()
    translator.is_on("desk_language")
    translator.finds_it_accessible()
    for box in translator.page.locator("textarea[name^=words-]").all():
        assert (box.get_attribute("lang"), box.get_attribute("dir")) == ("ar", "rtl")
        box.fill("كلمات")
    translator.presses("Save as drafts")
    translator.is_on("desk_language")
    translator.sees("You wrote this translation yourself, so somebody else has to sign it off.")
    translator.finds_it_accessible()
    assert not translator.page.get_by_role("button", name="Sign off").count()

    # And signs off the Polish, which the editor brought
    translator.goes_to(desk)
    translator.finds_it_accessible()
    translator.presses("Polish", role="link")
    translator.presses("Sign off all 11 drafts shown")
    translator.sees("11 of 11 texts are signed off")
    translator.finds_it_accessible()

    # Then the editor signs off the Arabic
    editor.goes_to(f"{desk}/ar")
    editor.finds_it_accessible()
    editor.presses("Sign off all 11 drafts shown")
    editor.sees("11 of 11 texts are signed off")

    # When the editor changes an original, its translations are out of date, and the page says what it was
    editor.goes_to(f"{draft}/texts/en")
    editor.page.locator("#why").fill("Nobody gets through by telephone.")
    editor.presses("Save")
    editor.goes_to(draft)
    editor.sees("Polish: 1 text is out of date because the original has changed. See the translation desk.")
    translator.goes_to(f"{desk}/pl?state=stale")
    translator.sees("What has changed in it since it was translated")
    translator.finds_it_accessible()
    editor.goes_to(f"{desk}/pl?state=stale")
    writes(translator, "Why this is needed in Polish", "Nikt się nie dodzwoni.")
    translator.presses("Save as drafts")
    translator.sees("There are no such texts.")

    # And who saves later is shown both, and loses nothing
    writes(editor, "Why this is needed in Polish", "Nie można się dodzwonić.")
    editor.presses("Save as drafts")
    editor.sees("Somebody else saved another translation after you opened this page.")
    editor.sees("What is saved now, by Tove Translator")
    editor.finds_it_accessible()
    assert (
        editor.page.get_by_label("Why this is needed in Polish", exact=True).input_value() == "Nie można się dodzwonić."
    )

    # Then the editor keeps the translator's words and signs them; somebody says that the Arabic is still right
    editor.goes_to(f"{desk}/pl?state=draft")
    editor.page.get_by_role("button", name="Sign off").first.click()
    editor.sees("11 of 11 texts are signed off")
    translator.goes_to(f"{desk}/ar?state=stale")
    translator.page.get_by_label("It is still right").check(force=True)
    translator.presses("Save as drafts")
    editor.goes_to(f"{desk}/ar?state=draft")
    editor.page.get_by_role("button", name="Sign off").first.click()
    editor.goes_to(f"{draft}/formats")
    editor.sees("Nothing is lacking: 11 of 11 signed off")
    editor.finds_it_accessible()
    editor.goes_to(draft)
    assert "translation desk." not in editor.page.locator("main").inner_text()
