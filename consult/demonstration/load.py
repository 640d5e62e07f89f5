"""Puts the demonstration into an empty site by the same actions that people use; what is there already stays as it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import ModuleType
from typing import Any

from sqlalchemy import select

from consult.accounts.actions.accounts import add_account
from consult.accounts.actions.organisation import OrganisationText, edit_organisation
from consult.accounts.defaults import STARTING
from consult.accounts.models import Account, Organisation
from consult.accounts.passwords import DEMONSTRATION_PASSWORD
from consult.consultations import actions as consultations
from consult.consultations.actions import PageText
from consult.consultations.models import Consultation
from consult.demonstration import blood_tests, evening, nursing, places, telephones
from consult.domain import lifecycle
from consult.domain.feedback import Evidence
from consult.domain.population import Benchmark
from consult.domain.wording import Wording
from consult.engagement import actions as engagement
from consult.engagement.models import Group
from consult.extensions import db
from consult.feedback import actions as feedback
from consult.feedback.actions import RowText
from consult.feedback.models import FeedbackDraft, FeedbackTheme
from consult.keying.actions import batches as keying
from consult.promotion import actions as promotion
from consult.results import actions as results
from consult.studio.actions import translate as translating
from consult.web.locale import catalogues

#: e-mail, name, role, group (None: all of them)
PEOPLE = (
    ("editor@example.org", "Elin Editor", "editor", None),
    ("commissioner@example.org", "Carol Commissioner", "commissioner", None),
    ("analyst@example.org", "Anil Analyst", "analyst", None),
    ("ppg@example.org", "Peter Promoter", "promoter", "purbeck"),
    ("keyer@example.org", "Kim Keyer", "keyer", None),
    ("translator@example.org", "Tove Translator", "translator", None),
    ("administrator@example.org", "Ada Administrator", "administrator", None),
)
#: What the translator reads.
TRANSLATED_INTO = ("ar", "pl", "ro")
NAME = {
    "en": "Dorset primary care demonstration",
    "cy": "Arddangosiad gofal sylfaenol Dorset",
    "pl": "Pokaz: podstawowa opieka zdrowotna w Dorset",
    "ro": "Demonstrație: medicina primară din Dorset",
    "ar": "عرض تجريبي: الرعاية الأولية في دورست",
    "ur": "نمائش: ڈورسیٹ کی بنیادی صحت کی دیکھ بھال",
}


def organisation(now: datetime) -> None:
    """Name the site, unless somebody has."""
    row = db.session.get(Organisation, 1)
    if row is None or row.name == STARTING["name"]:
        edit_organisation(OrganisationText(**{**STARTING, "name": NAME, "logo_text": "Demo"}), by=None, now=now)


def groups(now: datetime) -> dict[str, Group]:
    """The twelve groups with practices and leads."""
    found: dict[str, Group] = {group.slug: group for group in db.session.scalars(select(Group))}
    number = 0
    for at, (slug, name, locality, practices) in enumerate(places.GROUPS):
        first = number
        number += len(practices)
        if slug in found:
            continue
        description = {"en": f"The GP practices of {name} plan changes together and ask you before they decide."}
        group = engagement.add_group(
            slug=slug,
            name={"en": name},
            locality=locality,
            description=description,
            as_at=places.AS_AT,
            by=None,
            now=now,
        )
        for offset, (practice, town) in enumerate(practices, 1):
            engagement.add_practice(group, code=places.code(first + offset), name=practice, town=town, by=None, now=now)
        for role, names, start in (
            ("clinical lead", places.CLINICAL_LEADS, 100),
            ("principal programme lead", places.PROGRAMME_LEADS, 200),
        ):
            email = names[at].lower().replace("dr ", "").replace(" ", ".") + "@example.org"
            engagement.add_lead(
                group, role=role, name=names[at], telephone=places.telephone(start + at), email=email, by=None, now=now
            )
        found[slug] = group
    return found


def people(found: dict[str, Group], now: datetime) -> dict[str, Account]:
    """An account for each role; they never work on a live site."""
    known = {account.email: account for account in db.session.scalars(select(Account))}
    for email, name, role, group in PEOPLE:
        if email not in known:
            known[email] = add_account(
                email=email,
                name=name,
                role=role,
                group_id=found[group].id if group else None,
                languages=TRANSLATED_INTO if role == "translator" else (),
                password=DEMONSTRATION_PASSWORD,
                by=None,
                now=now,
                demonstration=True,
            )
    return {role: known[email] for email, _name, role, _group in PEOPLE}


def consultation(
    module: ModuleType,
    found: dict[str, Group],
    staff: dict[str, Account],
    *,
    opens: datetime,
    closes: datetime,
    sent: datetime,
    approved: datetime | None,
) -> Consultation | None:
    """One consultation, written, sent for review and approved by two people; None when it is there already.

    Not `approved`, it waits for the second of them.
    """
    if db.session.scalar(select(Consultation.id).where(Consultation.slug == module.SLUG)):
        return None
    editor, begun = staff["editor"], sent - timedelta(days=10)
    made = consultations.create(
        group=found[module.GROUP], title=module.PAGE["title"], slug=module.SLUG, by=editor, now=begun
    )
    consultations.save_definition(made, definition=module.DEFINITION, by=editor, now=begun)
    purpose = getattr(module, "EQUALITY_PURPOSE", {})
    text = PageText(
        **module.PAGE,
        activity="engage",
        opens_at=opens,
        closes_at=closes,
        contact_name=f"Engagement team, {found[module.GROUP].name['en']}",
        contact_email="engagement@example.org",
        contact_telephone=places.telephone(10),
        languages=module.LANGUAGES,
        equality=bool(purpose),
        equality_purpose=purpose,
    )
    consultations.edit_page(made, text=text, by=editor, now=begun)
    if crossings := getattr(module, "CROSSINGS", {}):
        consultations.declare_crossings(made, purposes=crossings, weighted=(), by=editor, now=begun)
    answer_check(made, by=editor, now=begun)
    translating.sign_all(made, by=staff["translator"], now=begun)
    consultations.submit_for_review(made, by=editor, now=sent, catalogues=catalogues())
    if approved is not None:
        consultations.approve(made, by=staff["commissioner"], now=approved, catalogues=catalogues())
    db.session.flush()
    return made


#: What depends on the day on which the demonstration is loaded.
REASONS = {
    "holidays": "Practices hand the questions out in person as well, and it is open for longer than it would be otherwise.",
    "election": "It is about opening times only, was announced before, and nobody who stands for election speaks for it.",
}


def answer_check(made: Consultation, *, by: Account, now: datetime) -> None:
    """Say what the check before publishing asks, and why what it finds is right as it is."""
    assert made.closes_at is not None
    consultations.prepare(
        made,
        who_decides="The primary care commissioning committee",
        decision_on=lifecycle.day_of(made.closes_at + timedelta(days=45)),
        significant=False,
        alternatives=True,
        impacts=True,
        equality_assessment="Begun when the plan was made; looked at again when the answers are in.",
        privacy_assessment="Recorded with the information governance team: no question asks who somebody is.",
        audience=20_000,
        formats=("paper", "large_print", "easy_read", "telephone"),
        by=by,
        now=now,
    )
    for one in consultations.check(made):
        if one.stands:
            consultations.give_reason(made, mark=one.finding.mark, reason=REASONS[one.finding.rule.key], by=by, now=now)


def four_consultations(
    found: dict[str, Group], staff: dict[str, Account], now: datetime
) -> list[tuple[Consultation, int]]:
    """In review, open, closed, and answered back, each with how many responses to invent; only those that were not there."""
    today = lifecycle.day_of(now)
    made: list[tuple[Consultation, int]] = []
    for module, first, last, count in (
        (blood_tests, 28, 70, 0),
        (evening, -14, 42, 0),
        (telephones, -70, -14, 412),
        (nursing, -160, -75, 268),
    ):
        opens = lifecycle.london(today + timedelta(days=first), datetime.min.time().replace(hour=9))
        waits = module is blood_tests
        new = consultation(
            module,
            found,
            staff,
            opens=opens,
            closes=lifecycle.closing_of(today + timedelta(days=last)),
            sent=now - timedelta(days=2) if waits else opens - timedelta(days=10),
            approved=None if waits else opens - timedelta(days=5),
        )
        if new is not None:
            made.append((new, count))
    opened = next((one for one, _count in made if one.slug == evening.SLUG), None)
    if opened is not None:
        for kind, label in (
            ("group", "Purbeck PPG"),
            ("practice", "Swanage Bay Surgery"),
            ("place", "Wareham library"),
        ):
            promotion.make_link(opened, kind=kind, label=label, by=staff["promoter"], now=now)
        paper(opened, staff, now)
    return made


def paper(opened: Consultation, staff: dict[str, Account], now: datetime) -> None:
    """Forms from a library, counted and waiting for the keyer, and for the editor to key them again."""
    batch = keying.make_batch(
        opened,
        revision=opened.current,
        channel="paper",
        language="en",
        received_on=lifecycle.day_of(now),
        received=12,
        twice=True,
        note="The box at Wareham library",
        by=staff["editor"],
        now=now,
    )
    keying.choose_keyers(batch, first=[staff["keyer"].id], second=[staff["editor"].id], by=staff["editor"], now=now)


def population(asked: Consultation, by: Account, now: datetime) -> None:
    """A county to compare who answered with."""
    counts = {
        "age_band": {age: 1000 * people for age, (people, _women) in places.THOUSANDS.items()},
        "age_band&sex": {
            f"{age}.{sex}": 1000 * count
            for age, (people, women) in places.THOUSANDS.items()
            for sex, count in (("female", women), ("male", people - women))
        },
        "sex": {
            "female": 1000 * sum(women for _people, women in places.THOUSANDS.values()),
            "male": 1000 * sum(people - women for people, women in places.THOUSANDS.values()),
        },
        **{key: {one: 1000 * count for one, count in some.items()} for key, some in places.BY_ANSWER.items()},
    }
    tables = [Benchmark("DORSET", "Dorset", question, "2026", some) for question, some in counts.items()]
    results.keep_benchmarks(tables, source=places.SOURCE, by=by, now=now)
    results.choose_population(asked, areas=["DORSET"], places="", by=by, now=now)


def answer_back(staff: dict[str, Account], now: datetime) -> None:
    """You Said, We Did: for one published by two people, for another still half written."""
    _write(telephones, staff["editor"], now)
    draft = _write(nursing, staff["editor"], now)
    if draft is None:
        return
    commissioner = staff["commissioner"]
    feedback.submit(draft, by=staff["editor"], now=now)
    for written, row in zip(draft.rows, nursing.ROWS, strict=True):
        if row.get("informs") or row.get("reflects"):
            feedback.flag(
                written, reflects=bool(row.get("reflects")), informs=bool(row.get("informs")), by=commissioner, now=now
            )
    feedback.publish(draft, by=commissioner, now=now)


def _write(module: ModuleType, editor: Account, now: datetime) -> FeedbackDraft | None:
    """The rows of one consultation as a draft; None when there is one already."""
    asked = db.session.scalars(select(Consultation).where(Consultation.slug == module.SLUG)).one()
    if db.session.scalar(select(FeedbackDraft.id).where(FeedbackDraft.consultation_id == asked.id)):
        return None
    themes: dict[str, FeedbackTheme] = {}
    for row in module.ROWS:
        name = row["theme"]["en"]
        if name not in themes:
            themes[name] = feedback.add_theme(asked, title=row["theme"], by=editor, now=now)
        feedback.add_row(themes[name], text=_row(row, lifecycle.day_of(now)), by=editor, now=now)
    db.session.flush()
    return next(iter(themes.values())).draft


def _row(row: dict[str, Any], today: date) -> RowText:
    evidence = Evidence(row["evidence"]["kind"], row["evidence"]["question"], Wording({}))
    return RowText(
        heard=row["heard"],
        evidence=[evidence],
        answer=row.get("answer_kind", ""),
        words=row.get("answer", {}),
        who=row.get("who", {}),
        day=today + timedelta(days=90) if "who" in row else None,
        reason=row.get("reason", ""),
        addressed=row.get("where", {}),
    )
