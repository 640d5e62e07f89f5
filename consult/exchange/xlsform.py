"""XLSForm workbooks become definitions that can be asked, with a report of what could not be brought in."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from consult.domain.questionnaire import BadDefinition, read
from consult.exchange import checks, expressions
from consult.exchange.choices import Lists
from consult.exchange.columns import Columns, Words, read_columns, report_others, split
from consult.exchange.languages import code_of
from consult.exchange.losses import CHANGED, LOST, NOTE, Imported, Losses, Refused
from consult.exchange.pages import Layout, both, looked_at
from consult.exchange.rows import Item, tree
from consult.exchange.workbook import Row, Sheet, read_sheets

LOOKS = {"minimal", "multiline", "field-list", "table-list", "label", "list-nolabel"}
SETTINGS_KEPT = {"form_title", "title", "default_language", "form_id", "id_string", "version", "set_form_title", "set_form_id"}
LOST_KINDS = {
    "place": "A place on a map cannot be asked yet; the question is left out.",
    "media": "Pictures, sounds, films and files cannot be collected; the question is left out.",
    "unknown": "This kind of question is not known; it is left out.",
}


def read_xlsform(content: bytes, filename: str) -> Imported:
    """A workbook as a definition and its losses; raises Refused with a sentence naming sheet, row and column."""
    sheets = read_sheets(content, filename)
    if "survey" not in sheets:
        there = ", ".join(f"“{sheet.name}”" for sheet in sheets.values()) or "none"
        raise Refused(f"“{filename}” has no sheet “survey”, so it is not an XLSForm. Its sheets: {there}.")
    return _Form(sheets, filename).imported()


class _Form:
    def __init__(self, sheets: dict[str, Sheet], filename: str) -> None:
        self.losses = Losses()
        self.survey = sheets["survey"]
        settings = sheets.get("settings")
        self.settings = {key.strip().lower(): text for key, text in settings.rows[0].cells.items()} if settings and settings.rows else {}
        self.filename = filename
        self.language = self._language()
        self.columns = read_columns(self.survey, default=self.language, losses=self.losses)
        for needed in ("type", "name"):
            if needed not in self.columns.plain:
                raise Refused(f"Sheet “{self.survey.name}”, row 1: there is no column “{needed}”.")
        self.words = Words(self.survey.name, self.columns, self.losses, {})
        self.lists = Lists(sheets.get("choices"), default=self.language, losses=self.losses, called={})
        self.languages = tuple(dict.fromkeys((self.language, *self.columns.languages, *self.lists.languages)))
        self.layout = Layout()
        self.sheets = sheets

    def _language(self) -> str:
        """The language the form was written in: as its settings say, else that of its bare words, else its first."""
        said = self.settings.get("default_language", "")
        named = [split(heading)[1] for heading in self.survey.headings if split(heading)[0] == "label"]
        codes = [code_of(one)[0] for one in named if one]
        if said and said.lower() not in ("none", "default"):
            code, known = code_of(said)
            if known or code in codes:
                return code
        if "" in named or not codes:
            if "en" not in codes:
                self.losses.add(NOTE, sheet=self.survey.name, row=1, column="label", said="label", done="The form does not say which language this is; it is taken to be English.")
            return "en"
        return "en" if "en" in codes else codes[0]

    def imported(self) -> Imported:
        items = tree(self.survey, self.columns)
        self._no_loops(items)
        self._forget_unasked(items)
        self._walk(items, condition=None, outermost=True)
        report_others(self.survey, self.columns, self.losses)
        self.lists.finish()
        self._report_sheets()
        if not any(question["kind"] != "statement" for page in self.layout.pages for question in page["questions"]):
            raise Refused(f"“{self.filename}” has no question that can be asked here.")
        title = self.settings.get("form_title") or self.settings.get("title") or PurePath(self.filename).stem.replace("_", " ")
        definition: dict[str, Any] = {
            "consult": 1,
            "language": self.language,
            "languages": list(self.languages),
            "title": {self.language: title.strip()},
            "pages": self.layout.pages,
        }
        try:
            questionnaire = read(definition)
        except BadDefinition as refusal:
            problem = refusal.problems[0]
            raise Refused(f"“{self.filename}” cannot be asked: {problem.where}: {problem.sentence}.") from None
        asked = sum(question.kind != "statement" for question in questionnaire.questions)
        return Imported(definition, self.languages, asked, tuple(self.losses.found))

    def _no_loops(self, items: list[Item]) -> None:
        """Refuse conditions that wait for each other."""
        looks: dict[str, set[str]] = {}
        rows: dict[str, Row] = {}

        def collect(inside: list[Item], inherited: set[str]) -> None:
            for item in inside:
                mine = inherited | expressions.names_in(self.columns.get(item.row, "relevant"))
                if item.is_group:
                    collect(item.inside, mine)
                elif item.name:
                    looks[item.name] = mine
                    rows[item.name] = item.row

        collect(items, set())
        state: dict[str, int] = {}
        for start in looks:
            stack = [(start, iter(sorted(looks[start])))]
            if state.get(start):
                continue
            state[start] = 1
            while stack:
                name, rest = stack[-1]
                following = next(rest, None)
                if following is None:
                    state[name] = 2
                    stack.pop()
                elif state.get(following) == 1:
                    column = self.columns.plain.get("relevant", "relevant")
                    raise Refused(f"Sheet “{self.survey.name}”, row {rows[name].number}, column “{column}”: the conditions go round in a loop: “{name}” waits for “{following}”, which waits for “{name}”.")
                elif following in looks and not state.get(following):
                    state[following] = 1
                    stack.append((following, iter(sorted(looks[following]))))

    def _forget_unasked(self, items: list[Item]) -> None:
        """Know before laying out which rows will not be kept, so that conditions on them can say why."""
        for item in items:
            if item.kind == "worked out":
                self.layout.dropped[item.name] = "worked out by the form, not asked"
            elif item.kind == "metadata":
                self.layout.dropped[item.name] = "collected by the device, not asked"
            elif item.kind in LOST_KINDS:
                self.layout.dropped[item.name] = "not kept"
            elif item.kind == "repeat" or item.kind.startswith("begin "):
                for inner in _flat(item.inside):
                    self.layout.dropped[inner.name] = "asked again and again in the form, which is not kept"
                if item.name:
                    self.layout.dropped[item.name] = "a part that is asked again and again"
                continue
            elif item.is_group and item.name:
                self.layout.dropped.setdefault(item.name, "a group, not a question")
            if item.is_group:
                self._forget_unasked(item.inside)

    def _walk(self, items: list[Item], *, condition: dict[str, Any] | None, outermost: bool) -> None:
        at = 0
        while at < len(items):
            item = items[at]
            grid = self._grid_run(items, at)
            if grid:
                self._grid(items[at : at + grid], heading=None, condition=condition)
                at += grid
                continue
            at += 1
            if item.is_group:
                self._group(item, condition, outermost)
            else:
                self._question(item, condition)

    def _group(self, item: Item, condition: dict[str, Any] | None, outermost: bool) -> None:
        if item.kind != "group":
            questions = sum(1 for inner in _flat(item.inside) if inner.kind not in ("comment", "note"))
            what = "Questions that are asked again and again" if item.kind == "repeat" else f"A group of the kind “{self.columns.get(item.row, 'type')}”"
            self.losses.add(LOST, row=item.row.number, column=self.columns.plain["type"], said=item.name or self.columns.get(item.row, "type"), done=f"{what} cannot be kept; rows {item.row.number} to {item.end} are left out ({questions} questions).")
            return
        show = checks.relevance(self.columns.get(item.row, "relevant"), item.row, self.columns.plain.get("relevant", "relevant"), self.layout.place, self.losses, "This group")
        if show is False:
            for inner in _flat(item.inside):
                self.layout.dropped[inner.name] = "never shown"
            return
        condition = both(condition, show if isinstance(show, dict) else None)
        looks = self.columns.get(item.row, "appearance").lower()
        alone = outermost or "field-list" in looks
        label = self.words.of(item.row, "label")
        before = dict(self.layout.title)
        if alone:
            self.layout.turn(label or (None if not outermost else {}))
        if "table-list" in looks or ("field-list" in looks and "table-list" in looks):
            self._table(item, label, condition)
        else:
            if label and not alone:
                self._statement(item, label, condition)
            self._walk(item.inside, condition=condition, outermost=False)
        if alone:
            self.layout.turn(before if not outermost else {})

    def _table(self, item: Item, label: dict[str, str], condition: dict[str, Any] | None) -> None:
        """A table-list: choices with one list become a grid, whatever else is in the group follows."""
        first = next((inner for inner in item.inside if inner.kind == "one"), None)
        rows = [inner for inner in item.inside if first and inner.kind == "one" and inner.choices == first.choices and not self.columns.get(inner.row, "choice_filter")]
        for inner in item.inside:
            if inner is first and len(rows) > 1:
                self._grid(rows, heading=label, condition=condition)
            elif inner not in rows or len(rows) < 2:
                self._walk([inner], condition=condition, outermost=False)

    def _grid_run(self, items: list[Item], at: int) -> int:
        """How many rows from here make a grid: a “label” row and the “list-nolabel” rows after it."""
        looks = [self.columns.get(item.row, "appearance").lower().split() for item in items[at:]]
        first = items[at]
        if first.kind != "one" or not ({"label", "list-nolabel"} & set(looks[0])):
            return 0
        run = 1
        while at + run < len(items) and items[at + run].kind == "one" and items[at + run].choices == first.choices and "list-nolabel" in looks[run]:
            run += 1
        return run if run > 1 else 0

    def _grid(self, items: list[Item], *, heading: dict[str, str] | None, condition: dict[str, Any] | None) -> None:
        first = items[0]
        if heading is None and "label" in self.columns.get(first.row, "appearance").lower().split():
            heading = self.words.of(first.row, "label")
            self.layout.dropped[first.name] = "the heading of a grid"
            items = items[1:]
        options = self._options(first, None)
        key = self.layout.key(f"{first.name}_grid")
        rows, names, looks = [], {}, set(looked_at(condition))
        keys: set[str] = set()
        for item in items:
            show = self._relevance(item)
            if show is False:
                self.layout.dropped[item.name] = "never shown"
                continue
            row_key = _unique(Layout().key(item.name), keys)
            rows.append({"key": row_key, "label": self._label(item), "show": show, "required": self._required(item)})
            names[item.name] = row_key
            looks |= looked_at(show)
            self._unchecked(item)
        if not rows:
            return
        heading = heading or rows[0]["label"]
        question = {"key": key, "kind": "matrix", "text": heading, "options": options, "rows": rows, "show": condition}
        self.layout.add(question, looks_at=looks, names=dict(names))

    def _unchecked(self, item: Item) -> None:
        said = self.columns.get(item.row, "constraint")
        if said:
            self.losses.add(CHANGED, row=item.row.number, column=self.columns.plain["constraint"], said=said, done="Rows of a grid are not checked by rules of their own.")

    def _statement(self, item: Item, label: dict[str, str], condition: dict[str, Any] | None) -> None:
        key = self.layout.key(item.name or f"group_{item.row.number}")
        self.layout.add({"key": key, "kind": "statement", "text": label, "hint": self.words.of(item.row, "hint"), "show": condition}, looks_at=looked_at(condition), names={})

    def _relevance(self, item: Item) -> dict[str, Any] | bool | None:
        return checks.relevance(self.columns.get(item.row, "relevant"), item.row, self.columns.plain.get("relevant", "relevant"), self.layout.place, self.losses, "This question")

    def _required(self, item: Item) -> bool:
        return checks.required(self.columns.get(item.row, "required"), item.row, self.columns.plain.get("required", "required"), self.losses)

    def _label(self, item: Item) -> dict[str, str]:
        label = self.words.of(item.row, "label")
        if label:
            return label
        hint = self.words.of(item.row, "hint")
        words = hint or {self.language: item.name.replace("_", " ")}
        self.losses.add(CHANGED, row=item.row.number, column="label", said=item.name, done="The question has no words; " + ("its hint is asked instead." if hint else "its name is asked instead."))
        return words

    def _options(self, item: Item, question_row: Row | None) -> list[dict[str, Any]]:
        row, column = item.row, self.columns.plain["type"]
        if not item.choices:
            raise Refused(f"Sheet “{self.survey.name}”, row {row.number}, column “{column}”: “{self.columns.get(row, 'type')}” names no list of choices.")
        if self.lists.sheet is None:
            raise Refused(f"“{self.filename}” has no sheet “choices”, but row {row.number} of “{self.survey.name}” needs the list “{item.choices}”.")
        if item.choices not in self.lists.lists:
            raise Refused(f"Sheet “{self.survey.name}”, row {row.number}, column “{column}”: the list “{item.choices}” is not on the sheet “{self.lists.sheet.name}”.")
        filtered = self.columns.get(row, "choice_filter") if question_row is not None else ""
        return self.lists.options(
            item.choices, filtered=filtered, place=self.layout.place, row=row, column=self.columns.plain.get("choice_filter", "choice_filter"), with_other=item.with_other, languages=self.languages
        )

    def _question(self, item: Item, condition: dict[str, Any] | None) -> None:
        row, said = item.row, self.columns.get(item.row, "type")
        column = self.columns.plain["type"]
        if item.kind == "comment":
            self.losses.add(NOTE, row=row.number, column=column, said=item.name or next(iter(row.cells.values())), done="The row has no type, so it is taken for a remark and left out.", together="comment")
            return
        if item.kind == "metadata":
            self.losses.add(LOST, row=row.number, column=column, said=said, done="This is not collected: it would help to identify people.")
            return
        if item.kind == "worked out":
            self.losses.add(LOST, row=row.number, column=self.columns.plain.get("calculation", column), said=f"{item.name}: {self.columns.get(row, 'calculation')}".strip(": "), done="Values that the form works out are not kept.")
            return
        if item.kind in LOST_KINDS or (item.kind in ("one", "many") and "${" in item.choices):
            self.layout.dropped[item.name] = "not kept"
            self.losses.add(LOST, row=row.number, column=column, said=f"{said}: {item.name}", done=LOST_KINDS.get(item.kind, "Choices taken from earlier answers cannot be kept; the question is left out."))
            return
        show = self._relevance(item)
        if show is False:
            self.layout.dropped[item.name] = "never shown"
            return
        question = self._built(item)
        if question is None:
            return
        question["show"] = both(condition, show if isinstance(show, dict) else None)
        looks = looked_at(question["show"]) | looked_at(question.get("constraint"))
        for option in question.get("options", ()):
            looks |= looked_at(option.get("show"))
        self._looks(item)
        self.layout.add(question, looks_at=looks, names={item.name: None} if question["kind"] != "statement" else {})
        if question["kind"] == "statement":
            self.layout.dropped.setdefault(item.name, "words to read, not a question")

    def _looks(self, item: Item) -> None:
        said = self.columns.get(item.row, "appearance")
        others = [word for word in said.lower().split() if word not in LOOKS]
        if others:
            self.losses.add(NOTE, row=item.row.number, column=self.columns.plain["appearance"], said=said, done="How a question looks on a device is not kept.", together=" ".join(others))
        if self.columns.get(item.row, "calculation"):
            self.losses.add(CHANGED, row=item.row.number, column=self.columns.plain["calculation"], said=self.columns.get(item.row, "calculation"), done="The answer is not worked out; people are asked for it.")

    def _built(self, item: Item) -> dict[str, Any] | None:
        row, kind = item.row, item.kind
        look = self.columns.get(row, "appearance").lower().split()
        question: dict[str, Any] = {"key": self.layout.key(item.name), "text": self._label(item), "hint": {**self.words.of(row, "guidance"), **self.words.of(row, "hint")}}
        if question["hint"] == question["text"]:
            question["hint"] = {}
        if kind == "note":
            return {**question, "kind": "statement"}
        question["required"] = self._required(item)
        question["required_message"] = self.words.of(row, "required_message")
        question["constraint_message"] = self.words.of(row, "constraint_message")
        if kind == "text" and "multiline" in look:
            kind = "long text"
        settings, rule = checks.constraint(self.columns.get(row, "constraint"), row, self.columns.plain.get("constraint", "constraint"), kind, self.layout.place, self.losses)
        if rule is not None:
            question["constraint"] = rule
        if kind in ("one", "many"):
            question["kind"] = "single_choice" if kind == "one" else "multiple_choice"
            question["options"] = self._options(item, row)
            if kind == "one" and "minimal" in look and not item.with_other:
                settings["appearance"] = "select"
        elif kind in ("whole", "decimal", "range"):
            question["kind"] = "number"
            settings["decimal"] = kind == "decimal"
            if kind == "range":
                settings.update(self._range(item))
        elif kind == "ticked":
            question["kind"] = "multiple_choice"
            question["options"] = [{"key": "OK", "label": dict.fromkeys(self.languages, "OK")}]
        elif kind in ("date", "moment"):
            question["kind"] = "date"
            if kind == "moment":
                self.losses.add(CHANGED, row=row.number, column=self.columns.plain["type"], said=self.columns.get(row, "type"), done="The day is asked, not the time of day.")
            if {"year", "month-year"} & set(look):
                self.losses.add(CHANGED, row=row.number, column=self.columns.plain["appearance"], said=" ".join(look), done="The whole date is asked.")
        elif kind == "time":
            question["kind"] = "time"
        elif kind == "personal":
            question.update(kind="short_text", personal=True)
            self.losses.add(NOTE, row=row.number, column=self.columns.plain["type"], said=self.columns.get(row, "type"), done="The answer identifies people: it is kept apart from all others.")
        else:
            question["kind"] = "long_text" if kind == "long text" else "short_text"
            settings.setdefault("longest", 4000 if kind == "long text" else 500)
        question["settings"] = {name: value for name, value in settings.items() if value is not None and value is not False}
        self._parameters(item)
        return question

    def _range(self, item: Item) -> dict[str, Any]:
        said = dict(part.split("=", 1) for part in self.columns.get(item.row, "parameters").replace(",", " ").replace(";", " ").split() if "=" in part)
        found: dict[str, Any] = {}
        for name, ours, otherwise in (("start", "minimum", 0), ("end", "maximum", 10)):
            try:
                number = float(said.get(name, otherwise))
            except ValueError:
                number = otherwise
            found[ours] = int(number) if float(number).is_integer() else number
        step = said.get("step", "1")
        if step not in ("", "1", "1.0"):
            found["decimal"] = "." in step
            self.losses.add(CHANGED, row=item.row.number, column=self.columns.plain["parameters"], said=f"step={step}", done="Steps are not kept: every number in the range is accepted.")
        return found

    def _parameters(self, item: Item) -> None:
        said = self.columns.get(item.row, "parameters")
        if said and item.kind != "range":
            self.losses.add(CHANGED, row=item.row.number, column=self.columns.plain["parameters"], said=said, done="Parameters such as a random order are not kept.")

    def _report_sheets(self) -> None:
        for name, sheet in self.sheets.items():
            if name in ("survey", "choices") or not sheet.rows:
                continue
            if name == "settings":
                for heading in sheet.headings:
                    said = sheet.rows[0].get(heading)
                    if said and heading.strip().lower() not in SETTINGS_KEPT:
                        self.losses.add(NOTE, sheet=sheet.name, row=sheet.rows[0].number, column=heading, said=said, done="This setting is not kept.")
            else:
                self.losses.add(NOTE, sheet=sheet.name, row=None, column="", said=sheet.name, done=f"This sheet is not read. It has {len(sheet.rows)} rows.")


def _flat(items: list[Item]) -> list[Item]:
    return [inner for item in items for inner in ([*_flat(item.inside)] if item.is_group else [item])]


def _unique(key: str, taken: set[str]) -> str:
    found, number = key, 1
    while found in taken:
        number += 1
        found = f"{key}_{number}"
    taken.add(found)
    return found


__all__ = ["Columns", "Imported", "Refused", "read_xlsform"]
