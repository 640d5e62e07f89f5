"""A draft begins with what another consultation or a template says."""

from __future__ import annotations

from datetime import datetime

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.actions.writing import only_a_draft, written, wrote
from consult.consultations.models import WORDED, Consultation, Document
from consult.domain import editing, lifecycle
from consult.domain.bank.templates import TEMPLATES
from consult.domain.errors import Rejected
from consult.studio.actions import edit as acts
from consult.studio.actions.translate import carry

#: How a template begins what has to be written over.
LEFT = "[Say "
#: What of a consultation is its page, besides its texts.
SETTINGS = (
    "activity",
    "contact_name",
    "contact_email",
    "contact_telephone",
    "contact_address",
    "language",
    "languages",
    "equality",
    "equality_questions",
    "equality_purpose",
    "invited_only",
)


def start_from(
    draft: Consultation, earlier: Consultation, *, documents: bool, by: Account | None, now: datetime
) -> None:
    """Texts, settings and questionnaire of another consultation; never its dates, answers, reviews or people.

    Its title stays its own. With `documents` those that are still shown are listed here too.
    """
    only_a_draft(draft)
    if earlier.id == draft.id:
        raise Rejected("earlier", "Choose another consultation")
    definition = earlier.revisions[-1].definition if earlier.revisions else earlier.definition
    for name in (*(one for one in WORDED if one != "title"), *SETTINGS):
        setattr(draft, name, getattr(earlier, name))
    if documents:
        for one in earlier.shown_documents:
            draft.documents.append(
                Document(
                    title=one.title,
                    language=one.language,
                    kind=one.kind,
                    sha256=one.sha256,
                    size=one.size,
                    address=one.address,
                    added_on=lifecycle.day_of(now),
                )
            )
    if definition:
        title = earlier.wording("title").to("en").text
        whole = {**definition, "title": draft.title}
        acts.edit(draft, lambda _now: whole, said=f"Started from “{title}”", seen=0, by=by, now=now)
    written(draft, by, now)
    carry(earlier, draft)
    wrote(draft, by)
    record(by, "edit_consultation", draft, now=now, note=f"started from consultation {earlier.slug}")


def start_from_template(draft: Consultation, key: str, *, by: Account | None, now: datetime) -> None:
    """The pages of a template, and first words where the page has none yet; raises Rejected for one there is not."""
    only_a_draft(draft)
    template = TEMPLATES.get(key)
    if template is None:
        raise Rejected("template", "Choose a template")
    definition = editing.start(language="en", title={"en": draft.wording("title").to("en").text})
    definition["pages"] = [dict(one) for one in template.pages]
    draft.activity = template.activity
    acts.edit(draft, lambda _now: definition, said=f"Started from “{template.name}”", seen=0, by=by, now=now)
    for name, text in template.texts.items():
        if not draft.wording(name):
            setattr(draft, name, {draft.language: text})
    wrote(draft, by)
    record(by, "edit_consultation", draft, now=now, note=f"started from the template {template.key}")


def lacking(consultation: Consultation) -> list[str]:
    """Words in brackets that a template left to be written over keep a consultation from being published."""
    found = [name for name in WORDED if any(LEFT in text for text in consultation.wording(name).values())]
    questionnaire = consultation.draft() if consultation.definition else None
    places = (
        [where for where, words in questionnaire.wordings() if LEFT in "".join(words.values())] if questionnaire else []
    )
    said = [*(f"“{name.replace('_', ' ')}”" for name in found), *places]
    return [f"Words of the template are left in brackets, to be written over: {', '.join(said)}."] if said else []
