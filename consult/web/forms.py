"""Forms of staff and public pages: WTForms fields that know their NHS component."""

from __future__ import annotations

import datetime as moments
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    Field,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from consult.domain.errors import Rejected
from consult.questions.base import Component, clean

LONGEST = 300
LONGEST_TEXT = 20_000


class Form(FlaskForm):
    """A staff form: guarded against other sites by a token."""

    class Meta(FlaskForm.Meta):
        """Messages are ours, in the words of the pages."""

        locales = False

        def get_translations(self, form: Any) -> Any:
            return None

    def reject(self, rejected: Rejected) -> None:
        """Put a refusal beside its field, or at the head of the form."""
        field = self._fields.get(rejected.field)
        if field is None:
            self.form_errors.append(rejected.message)
        else:
            field.errors = [*field.errors, rejected.message]


class PublicForm(Form):
    """A form for people without an account: other sites are refused by Sec-Fetch-Site instead of a token."""

    class Meta(Form.Meta):
        """No cookie, hence no token."""

        csrf = False


class Shown(Field):
    """What our fields share: a hint, whether they may be empty, and how they look."""

    def __init__(
        self,
        label: Any = "",
        *,
        hint: Any = "",
        optional: bool = False,
        marked: bool = True,
        missing: Any = None,
        validators: Any = (),
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self.hint = hint
        self.optional = optional
        #: whether a field that may be left empty says so
        self.marked = marked
        self.missing = missing
        self.extra = list(validators)
        self.validators = [self._needed, *self.extra]

    def _needed(self, _form: Any, _field: Field) -> None:
        if self.empty():
            if self.optional:
                raise StopValidation
            raise StopValidation(str(self.missing or gettext("Enter an answer")))

    def empty(self) -> bool:
        """Whether nothing was given."""
        return self.data in (None, "", [], ())

    @property
    def error_id(self) -> str:
        """Where an error summary leads to."""
        return self.id

    def _error(self) -> dict[str, Any] | None:
        return {"text": str(self.errors[0])} if self.errors else None

    def _words(self, size: str = "s") -> dict[str, Any]:
        text = str(self.label.text)
        return {
            "text": gettext("%(question)s (optional)", question=text) if self.optional and self.marked else text,
            "size": size,
        }

    def _hint(self) -> dict[str, Any] | None:
        return {"text": str(self.hint)} if self.hint else None


class Text(Shown, StringField):
    """One line of text."""

    def __init__(
        self,
        label: Any = "",
        *,
        longest: int = LONGEST,
        kind: str = "text",
        autocomplete: str | None = None,
        width: Any = None,
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self.longest = longest
        self.kind = kind
        self.autocomplete = autocomplete
        self.width = width

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean(valuelist[0]).strip() if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if self.data and len(self.data) > self.longest:
            raise StopValidation(gettext("Shorten this to %(count)s characters or fewer", count=self.longest))
        if self.kind == "email" and self.data and not _looks_like_email(self.data):
            raise StopValidation(gettext("Enter an email address in the right form, like name@example.org"))

    def component(self) -> Component:
        """An NHS text input."""
        return Component(
            "input",
            {
                "id": self.id,
                "name": self.name,
                "label": self._words(),
                "hint": self._hint(),
                "errorMessage": self._error(),
                "value": self.data or "",
                "type": self.kind,
                "autocomplete": self.autocomplete,
                "width": self.width,
                "spellcheck": False if self.kind == "email" else None,
            },
        )


class Password(Shown, PasswordField):
    """A password: never shown again, pasting allowed."""

    def __init__(self, label: Any = "", *, autocomplete: str = "current-password", **more: Any) -> None:
        super().__init__(label, **more)
        self.autocomplete = autocomplete

    def component(self) -> Component:
        """An NHS text input of type password."""
        return Component(
            "input",
            {
                "id": self.id,
                "name": self.name,
                "label": self._words(),
                "hint": self._hint(),
                "errorMessage": self._error(),
                "value": "",
                "type": "password",
                "autocomplete": self.autocomplete,
                "spellcheck": False,
            },
        )


class LongText(Shown, TextAreaField):
    """Several lines of text."""

    def __init__(self, label: Any = "", *, longest: int = LONGEST_TEXT, rows: int = 6, **more: Any) -> None:
        super().__init__(label, **more)
        self.longest = longest
        self.rows = rows

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean(valuelist[0]).strip() if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if self.data and len(self.data) > self.longest:
            raise StopValidation(gettext("Shorten this to %(count)s characters or fewer", count=self.longest))

    def component(self) -> Component:
        """An NHS text area."""
        return Component(
            "textarea",
            {
                "id": self.id,
                "name": self.name,
                "label": self._words(),
                "hint": self._hint(),
                "errorMessage": self._error(),
                "value": self.data or "",
                "rows": self.rows,
            },
        )


class _Choosing(Shown):
    """Fields with `choices=[(value, label), …]`."""

    def __init__(self, label: Any = "", *, choices: Any = (), **more: Any) -> None:
        super().__init__(label, choices=[SelectChoice(str(value), text) for value, text in choices], **more)

    def set_choices(self, choices: Any) -> None:
        """Give the choices when they are known only at the request."""
        self.choices = [SelectChoice(str(value), text) for value, text in choices]

    def _items(self, chosen: str, values: set[str]) -> list[dict[str, Any]]:
        return [{"value": one.value, "text": str(one.label), chosen: one.value in values} for one in self.choices]

    def pre_validate(self, form: Any) -> None:
        given = self.data if isinstance(self.data, list) else [self.data] if self.data not in (None, "") else []
        if any(one not in {choice.value for choice in self.choices} for one in given):
            raise StopValidation(gettext("Choose from the answers shown"))


class Select(_Choosing, SelectField):
    """A drop-down list."""

    def __init__(self, label: Any = "", **more: Any) -> None:
        super().__init__(label, validate_choice=False, **more)

    def component(self) -> Component:
        """An NHS select."""
        items = self._items("selected", {str(self.data)})
        if not self.data:
            items.insert(0, {"value": "", "text": gettext("Choose an answer")})
        return Component(
            "select",
            {
                "id": self.id,
                "name": self.name,
                "label": self._words(),
                "hint": self._hint(),
                "errorMessage": self._error(),
                "items": items,
            },
        )


class Radios(_Choosing, SelectField):
    """One of a few."""

    def __init__(self, label: Any = "", **more: Any) -> None:
        super().__init__(label, validate_choice=False, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else None

    def component(self) -> Component:
        """NHS radios."""
        return Component(
            "radios",
            {
                "idPrefix": self.id,
                "name": self.name,
                "fieldset": {"legend": self._words("m")},
                "hint": self._hint(),
                "errorMessage": self._error(),
                "items": self._items("checked", {str(self.data)}),
            },
        )


class YesNo(Radios):
    """Yes or no; data is True, False or None."""

    def __init__(self, label: Any = "", **more: Any) -> None:
        super().__init__(label, choices=[("yes", lazy_gettext("Yes")), ("no", lazy_gettext("No"))], **more)

    def process_data(self, value: Any) -> None:
        self.data = {True: "yes", False: "no"}.get(value, value)

    @property
    def yes(self) -> bool:
        """Whether the answer was yes."""
        return self.data == "yes"


class Checkboxes(_Choosing, SelectMultipleField):
    """Any number of a few."""

    def __init__(self, label: Any = "", **more: Any) -> None:
        super().__init__(label, validate_choice=False, **more)

    def component(self) -> Component:
        """NHS checkboxes."""
        return Component(
            "checkboxes",
            {
                "idPrefix": self.id,
                "name": self.name,
                "fieldset": {"legend": self._words("m")},
                "hint": self._hint(),
                "errorMessage": self._error(),
                "items": self._items("checked", {str(one) for one in self.data or ()}),
            },
        )


class DateInput(Shown, Field):
    """A day in three boxes; data is a date."""

    parts: tuple[str, ...] = ("day", "month", "year")
    labels = {
        "day": lazy_gettext("Day"),
        "month": lazy_gettext("Month"),
        "year": lazy_gettext("Year"),
        "time": lazy_gettext("Time"),
    }

    def __init__(self, label: Any = "", **more: Any) -> None:
        super().__init__(label, **more)
        self.typed: dict[str, str] = {}
        self.broken = False

    @property
    def error_id(self) -> str:
        """The first box."""
        return f"{self.id}-{self.parts[0]}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the boxes."""
        self.process_errors: list[str] = []
        self.errors: list[str] = []
        self.data = data if isinstance(data, moments.date) else None
        self.typed = self._boxes(self.data) if self.data else {}
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.parts):
            self.typed = {part: clean(formdata.get(f"{self.name}-{part}", "")).strip() for part in self.parts}
            self.data = None
            if any(self.typed.values()):
                try:
                    self.data = self._read()
                except (ValueError, OverflowError):
                    self.broken = True

    def _boxes(self, data: Any) -> dict[str, str]:
        return {"day": str(data.day), "month": str(data.month), "year": str(data.year)}

    def _day(self) -> moments.date:
        if len(self.typed["year"]) != 4:
            raise ValueError("a year has four digits")
        return moments.date(int(self.typed["year"]), int(self.typed["month"]), int(self.typed["day"]))

    def _read(self) -> Any:
        return self._day()

    def empty(self) -> bool:
        """Whether every box was left empty."""
        return self.data is None and not self.broken

    def pre_validate(self, form: Any) -> None:
        if self.broken:
            raise StopValidation(gettext("Enter a real date, like 27 3 2026"))

    def component(self) -> Component:
        """NHS date input."""
        return Component(
            "date-input",
            {
                "id": self.id,
                "fieldset": {"legend": self._words("m")},
                "hint": self._hint(),
                "errorMessage": self._error(),
                "items": [
                    {
                        "id": f"{self.id}-{part}",
                        "name": f"{self.name}-{part}",
                        "label": str(self.labels[part]),
                        "width": {"year": 4, "time": 5}.get(part, 2),
                        "value": self.typed.get(part, ""),
                        "inputmode": "text" if part == "time" else "numeric",
                        "classes": "nhsuk-input--error" if self.errors else "",
                    }
                    for part in self.parts
                ],
            },
        )


class DateTimeInput(DateInput):
    """A day and a time in the site's zone; data is an aware moment in UTC. An empty time means `default_time`."""

    parts = ("day", "month", "year", "time")

    def __init__(self, label: Any = "", *, default_time: str = "23:59", **more: Any) -> None:
        super().__init__(label, **more)
        self.default_time = default_time

    def _boxes(self, data: Any) -> dict[str, str]:
        from consult.web.locale import zone

        local = data.astimezone(zone())
        return {**super()._boxes(local), "time": local.strftime("%H:%M")}

    def _read(self) -> Any:
        from consult.domain.lifecycle import london

        hour, _, minute = (self.typed["time"] or self.default_time).replace(".", ":").partition(":")
        return london(self._day(), moments.time(int(hour), int(minute or 0)))


class Upload(Shown, FileField):
    """A file to upload."""

    def empty(self) -> bool:
        """Whether no file was chosen."""
        return not getattr(self.data, "filename", "")

    def component(self) -> Component:
        """A plain file input: the NHS drop zone names its button in words that its label lacks (WCAG 2.5.3)."""
        return Component(
            "input",
            {
                "id": self.id,
                "name": self.name,
                "type": "file",
                "label": self._words(),
                "hint": self._hint(),
                "errorMessage": self._error(),
            },
        )


class Submit(Field):
    """A button; which one was pressed is its `data`."""

    def __init__(self, label: Any = "", *, secondary: bool = False, warning: bool = False, **more: Any) -> None:
        super().__init__(label, **more)
        self.secondary = secondary
        self.warning = warning

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(valuelist)

    def component(self) -> Component:
        """An NHS button."""
        look = "secondary" if self.secondary else "warning" if self.warning else None
        return Component(
            "button",
            {
                "text": str(self.label.text),
                "name": self.name,
                "value": "1",
                "variant": look,
                "preventDoubleClick": True,
            },
        )


__all__ = [
    "Checkboxes",
    "DateInput",
    "DateTimeInput",
    "Form",
    "HiddenField",
    "LongText",
    "Password",
    "PublicForm",
    "Radios",
    "Select",
    "Submit",
    "Text",
    "Upload",
    "ValidationError",
    "YesNo",
]


def _looks_like_email(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return bool(name and at and "." in host.strip(".") and not any(one.isspace() for one in text))
