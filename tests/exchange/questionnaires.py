"""Random questionnaires of every kind that the definition can hold, for round trips."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from consult.domain.questionnaire import BadDefinition, read
from consult.exchange.xlsform.writing.kinds import KINDS

LANGUAGES = ["en", "pl", "ar", "en-x-easyread", "zh-Hant"]
CHOOSE = ("single_choice", "multiple_choice", "ranking", "points", "place", "place_on_map")
ROWS = ("matrix", "matrix_several", "matrix_numbers", "matrix_text")
NUMBERS = ("number", "money", "percentage", "duration", "rating", "matrix_numbers", "points")
FREE = ("short_text", "long_text", "document_comment", "matrix_text", "email", "telephone", "statement")
PIECES = st.sampled_from(
    [
        "Bus", "**strong**", "_soft_", "5 * 3", "a_b", "[a](https://example.org/x)", "${x}", "<b>", "&amp;", "“quoted”",
        "مرحبا", "ĄĘ", "#1", "\\*", "'\"", "-", "…", "1.", "  two  ", "\n", "\n- one\n- two", "=SUM(1)", "{{ 7*7 }}",
        "@", "_",
    ]
)  # fmt: skip
TEXT = st.lists(PIECES | st.text("abc XYZ.,;:?!*_#<>&()", min_size=1, max_size=6), min_size=1, max_size=5).map("".join)
KEY = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
OPTION_KEY = st.from_regex(r"[a-z0-9.+'\"é/-]{1,6}", fullmatch=True)


@st.composite
def questionnaires(draw: Any, kinds: tuple[str, ...] = tuple(KINDS)) -> dict[str, Any]:
    """A definition that can be read."""
    return draw(_definitions(kinds).filter(_readable))


def _readable(definition: dict[str, Any]) -> bool:
    try:
        read(definition)
    except BadDefinition:
        return False
    return True


class _Maker:
    def __init__(self, draw: Any, kinds: tuple[str, ...]) -> None:
        self.draw = draw
        self.kinds = kinds
        own = draw(st.sampled_from(LANGUAGES[:3]))
        others = draw(st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=2))
        self.languages = list(dict.fromkeys([own, *others]))
        self.earlier: list[dict[str, Any]] = []
        self.keys: set[str] = set()

    def some(self) -> bool:
        return bool(self.draw(st.integers(0, 3)) == 0)

    def key(self) -> str:
        key = self.draw(KEY.filter(lambda one: one not in self.keys))
        self.keys.add(key)
        return str(key)

    def words(self, *, piped: bool = True) -> dict[str, str]:
        languages = [self.languages[0], *(one for one in self.languages[1:] if not self.some())]
        found = {one: self.draw(TEXT.filter(lambda text: text.strip())) for one in languages}
        closed = [one for one in self.earlier if one["kind"] not in FREE and not one.get("personal")]
        if piped and closed and self.some():
            found[languages[0]] += f" [[{self.draw(st.sampled_from(closed))['key']}|it]]"
        return found

    def condition(self, depth: int = 0) -> dict[str, Any]:
        if depth < 2 and self.some():
            how = self.draw(st.sampled_from(["all", "any", "not"]))
            parts = [self.condition(depth + 1) for _ in range(1 if how == "not" else 2)]
            return {how: parts[0] if how == "not" else parts}
        question = self.draw(st.sampled_from(self.earlier))
        made: dict[str, Any] = {"when": question["key"], "is": "answered"}
        if question.get("rows") and self.some():
            made["row"] = question["rows"][0]["key"]
        if question.get("options") and not question["kind"].startswith("matrix"):
            operator = self.draw(st.sampled_from(["any_of", "none_of", "all_of"]))
            made |= {"is": operator, "of": [question["options"][0]["key"]]}
        elif question["kind"] in NUMBERS:
            operator = self.draw(st.sampled_from(["at_least", "below", "any_of"]))
            made |= {"is": operator, "of": [self.draw(st.integers(-9, 99))]}
        elif question["kind"] == "date" and self.some():
            made |= {"is": "at_most", "of": {"today": self.draw(st.integers(-7000, 10))}}
        if question["kind"] == "multiple_choice" and self.some():
            made = {"when": question["key"], "count": True, "is": "at_least", "of": [2]}
        return made

    def show(self, made: dict[str, Any]) -> None:
        if self.earlier and self.some():
            made["show"] = self.condition()

    def maybe(self, made: dict[str, Any], *names: str) -> None:
        for name in names:
            if self.some():
                made[name] = self.words()

    def options(self, kind: str) -> list[dict[str, Any]]:
        made = []
        for key in self.draw(st.lists(OPTION_KEY, min_size=1, max_size=4, unique=True)):
            option: dict[str, Any] = {"key": key, "label": self.words()}
            self.show(option)
            if self.some():
                option["hint"] = self.words()
            for flag in ("exclusive", "other", "last", "unknown"):
                if self.some():
                    option[flag] = True
            if self.some():
                option["score"] = self.draw(st.integers(0, 9))
            if self.some():
                option["picture"] = {"file": "ab" * 32, "alt": self.words()}
            made.append(option)
        return made

    def question(self) -> dict[str, Any]:
        kind = self.draw(st.sampled_from(self.kinds))
        made: dict[str, Any] = {"key": self.key(), "kind": kind, "text": self.words()}
        self.maybe(made, "hint", "note", "required_message", "constraint_message")
        self.show(made)
        for flag in ("required", "personal", "about_you"):
            if self.some():
                made[flag] = True
        if kind in CHOOSE or kind in ("matrix", "matrix_several"):
            made["options"] = self.options(kind)
        if kind in ROWS:
            made["rows"] = []
            for key in self.draw(st.lists(KEY, min_size=1, max_size=3, unique=True)):
                row: dict[str, Any] = {"key": key, "label": self.words()}
                self.show(row)
                if self.some():
                    row["required"] = True
                made["rows"].append(row)
        made["settings"] = self.settings(kind)
        if self.earlier and self.some():
            made["constraint"] = {"any": [self.condition(), {"when": ".", "is": "answered"}]}
        return made

    def settings(self, kind: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if kind == "rating":
            made = {"points": self.draw(st.integers(2, 7)), "low": self.words(piped=False)}
        if kind in NUMBERS and self.some():
            made |= {"minimum": 1, "least": 1, "maximum": 50.5, "unit": self.words(piped=False)}
        if kind == "date" and self.some():
            made["earliest"] = "2020-02-29"
        if kind in ("short_text", "long_text") and self.some():
            made["longest"] = 200
        if kind == "points":
            made |= {"total": 100, "exactly": True}
        if kind == "document_comment":
            made |= {"passage": self.words(), "source": self.words(piped=False)}
        if kind == "statement" and self.some():
            made["background"] = self.words()
        if kind in ("single_choice", "multiple_choice") and self.some():
            made["order"] = "random"
        if kind == "multiple_choice" and self.some():
            made |= {"least": 1, "most": 2}
        if kind == "publish_consent":
            made["about"] = ["q1"]
        if kind == "place_on_map":
            made["map"] = {"viewbox": "0 0 9 9", "areas": {"a": "M0 0"}, "alt": self.words(piped=False)}
        return made

    def page(self) -> dict[str, Any]:
        made: dict[str, Any] = {"key": self.key(), "questions": []}
        self.maybe(made, "title", "text")
        self.show(made)
        here: list[dict[str, Any]] = []
        for _ in range(self.draw(st.integers(1, 3))):
            if self.some():
                section: dict[str, Any] = {"section": self.key(), "questions": []}
                self.maybe(section, "title", "text")
                self.show(section)
                section["questions"] = [self.question() for _ in range(self.draw(st.integers(1, 2)))]
                made["questions"].append(section)
                here += section["questions"]
            else:
                made["questions"].append(self.question())
                here.append(made["questions"][-1])
        self.earlier += [one for one in here if one["kind"] != "statement"]
        return made


@st.composite
def _definitions(draw: Any, kinds: tuple[str, ...]) -> dict[str, Any]:
    maker = _Maker(draw, kinds)
    definition = {
        "consult": 1,
        "language": maker.languages[0],
        "languages": maker.languages,
        "title": maker.words(piped=False),
        "pages": [maker.page() for _ in range(draw(st.integers(1, 3)))],
    }
    pages = definition["pages"]
    every = [one for page in pages for part in page["questions"] for one in part.get("questions", [part])]
    if all(one["kind"] == "statement" for one in every):
        pages[0]["questions"].append({"key": maker.key(), "kind": "short_text", "text": maker.words(piped=False)})
    return definition
