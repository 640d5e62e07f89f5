"""The strict client: every HTML page it gets must be one that a person can use."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask, g, has_app_context
from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"}
LABELLED = {"text", "email", "tel", "password", "number", "search", "url", "file", "date", "radio", "checkbox"}


class Element:
    """A tag with its attributes, its text and what holds it."""

    def __init__(self, tag: str, attributes: dict[str, str | None], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element] = []
        self.pieces: list[str | Element] = []

    def get(self, name: str, default: str = "") -> str:
        """An attribute as text."""
        value = self.attributes.get(name, default)
        return "" if value is None else value

    @property
    def text(self) -> str:
        """All words in it, with single spaces."""
        return " ".join("".join(one if isinstance(one, str) else f" {one.text} " for one in self.pieces).split())

    def all(self, *tags: str) -> list[Element]:
        """Everything below with one of these tags, in order."""
        found = []
        for child in self.children:
            if not tags or child.tag in tags:
                found.append(child)
            found += child.all(*tags)
        return found

    def inside(self, tag: str) -> Element | None:
        """The nearest element around it with this tag."""
        at = self.parent
        while at is not None and at.tag != tag:
            at = at.parent
        return at


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self.at = self.root
        self.trouble: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.trouble.append(f"<{tag}> repeats an attribute")
        element = Element(tag, dict(attributes), self.at)
        self.at.children.append(element)
        self.at.pieces.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attributes), self.at)
        self.at.children.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.at.tag != tag:
            self.trouble.append(f"</{tag}> closes <{self.at.tag}>")
            while self.at.parent is not None and self.at.tag != tag:
                self.at = self.at.parent
        if self.at.parent is not None:
            self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.pieces.append(data)


def parse(page: str) -> Element:
    """The page as a tree; fails on tags that do not nest."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    assert not parser.trouble, parser.trouble
    return parser.root


def careless(page: str) -> list[str]:
    """What is wrong with a whole page, as sentences; empty for a good one."""
    root = parse(page)
    wrong: list[str] = []
    html = next(iter(root.all("html")), None)
    if html is None or not html.get("lang") or html.get("dir") not in ("ltr", "rtl"):
        wrong.append("the page does not say its language and direction")
    headings = root.all("h1")
    if len(headings) != 1:
        wrong.append(f"{len(headings)} h1 headings: {[one.text for one in headings]}")
    title = next((one.text for one in root.all("title")), "")
    if " – " not in title or not title.split(" – ")[0].strip():
        wrong.append(f"title {title!r} does not name page and organisation")
    elif headings:
        said = title.rsplit(" – ", 1)[0]
        said = re.sub(r"^\S+[:：] ", "", said) if not headings[0].text.startswith(said[:12]) else said
        if _letters(said)[:40] not in _letters(headings[0].text) and _letters(headings[0].text)[:40] not in _letters(
            said
        ):
            wrong.append(f"title {said!r} and heading {headings[0].text!r} do not agree")
    ids = [one.get("id") for one in root.all() if "id" in one.attributes]
    wrong += [f"id {one!r} is used twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    main = root.all("main")
    if len(main) != 1 or not main[0].get("data-page"):
        wrong.append("no main that names its page")
    labels = {one.get("for") for one in root.all("label")}
    for one in root.all("input", "select", "textarea"):
        kind = one.get("type", "text") if one.tag == "input" else one.tag
        if kind in LABELLED | {"select", "textarea"} and not (
            one.get("id") in labels or one.get("aria-label") or one.get("aria-labelledby") or one.inside("label")
        ):
            wrong.append(f"{one.tag} {one.get('name')!r} has no label")
    for label in root.all("label"):
        if not label.text:
            wrong.append(f"an empty label for {label.get('for')!r}")
        if label.get("for") and label.get("for") not in ids:
            wrong.append(f"a label for {label.get('for')!r}, which is not there")
    for form in root.all("form"):
        if "action" not in form.attributes:
            wrong.append("a form without action")
        if form.get("method", "get").lower() not in ("get", "post"):
            wrong.append("a form with an odd method")
    for one in root.all("img"):
        if "alt" not in one.attributes:
            wrong.append(f"image {one.get('src')!r} without alternative")
    for one in root.all("a"):
        if not one.text and not one.get("aria-label"):
            wrong.append(f"a link without words to {one.get('href')!r}")
    for one in root.all("button"):
        if not one.text and not one.get("aria-label"):
            wrong.append("a button without words")
    for one in root.all("fieldset"):
        if not one.all("legend"):
            wrong.append("a fieldset without legend")
    for one in root.all("script", "style"):
        if one.tag == "style" or not one.get("src"):
            wrong.append(f"inline {one.tag}")
    for one in root.all():
        if "style" in one.attributes or any(name.startswith("on") for name in one.attributes):
            wrong.append(f"inline code on {one.tag}")
        source = one.get("src") or (one.get("href") if one.tag == "link" else "")
        if re.match(r"(https?:)?//", source):
            wrong.append(f"asks a third party: {source}")
        for name in ("aria-describedby", "aria-labelledby"):
            wrong += [f"{name} names {part!r}, which is not there" for part in one.get(name).split() if part not in ids]
    return wrong


def _letters(text: str) -> str:
    return "".join(one for one in text.lower() if one.isalnum())


class StrictClient:
    """Flask's test client that parses and checks each page, and never follows redirects by itself."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.plain = app.test_client()

    def open(self, *arguments: Any, **named: Any) -> TestResponse:
        """Any request; its `g` is its own, also inside the context of a test."""
        if has_app_context():
            for name in list(g):
                left = g.pop(name)
                if name == "reading":
                    left.close()  # as at the end of a real request
        response = self.plain.open(*arguments, **named)
        if (
            response.content_type
            and response.content_type.startswith("text/html")
            and response.status_code not in (301, 302, 303, 304, 308)
        ):
            wrong = careless(response.get_data(as_text=True))
            assert not wrong, f"{response.request.path}: {wrong}"
        return response

    def get(self, path: str, **named: Any) -> TestResponse:
        """GET, checked."""
        return self.open(path, method="GET", **named)

    def post(self, path: str, data: Any = None, **named: Any) -> TestResponse:
        """POST, checked."""
        return self.open(path, method="POST", data=data, **named)

    def page(self, path: str, status: int = 200) -> Element:
        """GET, checked, as a tree."""
        response = self.get(path)
        assert response.status_code == status, f"{path}: {response.status_code}"
        return parse(response.get_data(as_text=True))
