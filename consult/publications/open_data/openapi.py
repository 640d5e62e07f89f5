"""The description of the open data for programs: OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

TEXTS: dict[str, Any] = {
    "type": "object",
    "description": "A text by language, as BCP 47 codes.",
    "additionalProperties": {"type": "string"},
}
DAY: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
MOMENT: dict[str, Any] = {"type": ["string", "null"], "format": "date-time"}
LINK: dict[str, Any] = {"type": ["string", "null"], "format": "uri"}
NUMBER: dict[str, Any] = {"type": ["integer", "null"]}
TEXT: dict[str, Any] = {"type": "string"}
SLUG = {
    "name": "slug",
    "in": "path",
    "required": True,
    "description": "The consultation's name in addresses.",
    "schema": TEXT,
}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Any] = {
    "Consultation": _object(
        slug=TEXT,
        title=TEXTS,
        summary=TEXTS,
        language=TEXT,
        languages=_list(TEXT),
        activity=TEXT,
        phase={"enum": ["coming", "open", "paused", "closed", "reported", "withdrawn"]},
        opens_at=MOMENT,
        closes_at=MOMENT,
        group=_object(slug=TEXT, name=TEXTS, page=LINK),
        page=LINK,
        responses={**NUMBER, "description": "Published with the results: before that, and under ten, it is null."},
        results=LINK,
        results_published_on=DAY,
        you_said_we_did=LINK,
        you_said_we_did_published_on=DAY,
        self=LINK,
    ),
    "Consultations": _object(consultations=_list(_ref("Consultation"))),
    "Cell": _object(
        question=TEXT,
        question_text=TEXT,
        row=TEXT,
        row_text=TEXT,
        answer=TEXT,
        answer_text=TEXT,
        people={**NUMBER, "description": "Rounded as `rounded_to` says; null where it is hidden to protect people."},
        hidden={"type": "boolean"},
        rounded_to=NUMBER,
        percent={**NUMBER, "description": "Of those who answered, from the cells as published; null under 50 people."},
        several={"type": "boolean", "description": "Whether people could choose more than one answer."},
        did_not_choose=NUMBER,
        answered={"type": "integer"},
        answered_is_about={"type": "boolean"},
    ),
    "Results": _object(
        consultation=TEXT,
        title=TEXT,
        language=TEXT,
        published=DAY,
        release=NUMBER,
        responses=NUMBER,
        profile={**TEXT, "description": "The rules of disclosure control, such as nhs-public."},
        questions=_list(_object(question=TEXT, text=TEXT, shape=TEXT)),
        cells=_list(_ref("Cell")),
        left_out_at_least={
            "type": "object",
            "description": "How many answers were left out of the count, by reason, rounded down to ten.",
            "additionalProperties": {"type": "integer"},
        },
        page=LINK,
    ),
    "Row": _object(
        key=TEXT,
        heard=TEXTS,
        evidence=_list(_object(kind=TEXT, question=TEXT, note=TEXTS)),
        answer={"enum": ["changed", "already", "will_do", "not_decided", "cannot", "other_body", ""]},
        words=TEXTS,
        who=TEXTS,
        day=DAY,
        reason=TEXT,
        addressed=TEXTS,
        href=TEXT,
        reflects={"type": "boolean"},
        informs={"type": "boolean"},
    ),
    "YouSaidWeDid": _object(
        consultation=TEXT,
        title=TEXTS,
        number={"type": "integer"},
        published_on=DAY,
        language=TEXT,
        people=NUMBER,
        themes=_list(_object(key=TEXT, title=TEXTS, rows=_list(_ref("Row")))),
        changes=_list(_object(kind=TEXT, heard=TEXTS)),
        page=LINK,
    ),
    "Problem": _object(error=TEXT),
}


def _get(summary: str, schema: str, *, one: bool = True) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {
            "description": "It, with an ETag.",
            "content": {"application/json": {"schema": _ref(schema)}},
        },
        "304": {"description": "It has not changed since the ETag that was sent as If-None-Match."},
    }
    if one:
        answers["404"] = {
            "description": "There is no such consultation, or this is not published.",
            "content": {"application/json": {"schema": _ref("Problem")}},
        }
    return {"get": {"summary": summary, "responses": answers, **({"parameters": [SLUG]} if one else {})}}


def described(*, title: str, server: str) -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1",
            "summary": "Consultations, what people said in figures that give nobody away, and what was done.",
            "description": "Open to everybody without a key. Keys are added, never renamed or removed.",
        },
        "servers": [{"url": server}],
        "paths": {
            "/api/v1/consultations": _get("Every public consultation", "Consultations", one=False),
            "/api/v1/consultations/{slug}": _get("One consultation", "Consultation"),
            "/api/v1/consultations/{slug}/results": _get("The published results", "Results"),
            "/api/v1/consultations/{slug}/you-said-we-did": _get("You Said, We Did as published", "YouSaidWeDid"),
        },
        "components": {"schemas": SCHEMAS},
    }
