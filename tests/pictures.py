"""Draws the picture that a shared link shows, one for each interface language: `python -m tests.pictures`.

The pictures are kept in consult/static, because the site that serves them has no browser.
"""

from __future__ import annotations

from html import escape
from typing import Any

from playwright.sync_api import sync_playwright

from consult.config import ROOT
from consult.domain.wording import direction
from tests.translations import LANGUAGES, read

TITLE = "Have your say"
SENTENCE = "See what is being asked, take part, and find out what was done with what people said."
#: What every network that shows pictures of links can use.
SIZE: Any = {"width": 1200, "height": 630}
PAGE = """<html lang="{language}" dir="{direction}"><style>
body {{ margin: 0; height: 630px; box-sizing: border-box; padding: 90px; background: #005eb8; color: #fff;
  display: flex; flex-direction: column; justify-content: center; border-bottom: 24px solid #003087;
  font-family: Arial, "Liberation Sans", "Noto Naskh Arabic", sans-serif; }}
[lang="ur"] body {{ font-family: "Noto Nastaliq Urdu", "Noto Naskh Arabic", sans-serif; line-height: 1.9; }}
h1 {{ font-size: 104px; margin: 0 0 36px; }}
p {{ font-size: 42px; line-height: 1.5; margin: 0; }}
[lang="ur"] p {{ line-height: 2.1; }}
</style><body><h1>{title}</h1><p>{sentence}</p></body></html>"""


def words(language: str) -> tuple[str, str]:
    """The title and the sentence in one language."""
    if language == "en":
        return TITLE, SENTENCE
    catalogue = read(language)
    return str(catalogue[TITLE].string), str(catalogue[SENTENCE].string)


def draw() -> None:
    """Write every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        sheet = browser.new_page(viewport=SIZE)
        for language in ("en", *LANGUAGES):
            title, sentence = (escape(text) for text in words(language))
            sheet.set_content(
                PAGE.format(language=language, direction=direction(language), title=title, sentence=sentence)
            )
            sheet.screenshot(path=ROOT / "consult" / "static" / f"share.{language}.png")
        browser.close()


if __name__ == "__main__":
    draw()
