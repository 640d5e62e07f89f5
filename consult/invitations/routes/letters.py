"""A file to print letters from: who they are for, their links, and a QR code for each."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence

import openpyxl
import segno
from babel.dates import format_datetime
from flask import Response, current_app

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.consultations import queries as consultations
from consult.domain.errors import Rejected
from consult.invitations import actions
from consult.invitations.actions.letters import Letter
from consult.invitations.queries import with_addresses
from consult.invitations.routes.blueprint import blueprint
from consult.invitations.routes.lists import LettersForm, list_page, offer_parts
from consult.invitations.routes.messages import link_of, offered
from consult.web.locale import cldr_name, zone
from consult.web.saving import saves

ADDRESS_LINES = 7
HEADINGS = (
    "name",
    *(f"address line {number}" for number in range(1, ADDRESS_LINES + 1)),
    "language",
    "title",
    "link",
    "link to type",
    "closes",
    "QR code",
)
#: What spreadsheet programs would run instead of show.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.post("/staff/consultations/<slug>/invitations/lists/<int:number>/letters")
@signed_in
@saves
def download_letters(slug: str, number: int) -> Response:
    """Make links and give them as a table and pictures; only their hashes are kept."""
    consultation = consultations.by_slug(slug)
    authorise("invite", consultation)
    listed, form = actions.list_of(consultation, number), LettersForm()
    offer_parts(form, with_addresses(listed)[1])
    if form.validate_on_submit():
        try:
            made = actions.make_letters(
                listed,
                everybody=form.everybody.data == "yes",
                part=int(form.part.data),
                secret=current_app.config["SECRET_KEY"],
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            known, closes = offered(consultation), consultation.closes_at
            titles = {one: consultation.wording("title").to(one).text for one in known}
            until = {
                one: format_datetime(closes, "d MMMM y, HH:mm", tzinfo=zone(), locale=cldr_name(one)) if closes else ""
                for one in known
            }
            rows = [_row(at, one, titles, until) for at, one in enumerate(made, 1)]
            answer = Response(_packed(rows), mimetype="application/zip")
            answer.headers["Content-Disposition"] = f'attachment; filename="letters-{slug}-{form.part.data}.zip"'
            return answer
    return list_page(consultation, listed, letters=form, status=422)


def _row(at: int, letter: Letter, titles: dict[str, str], until: dict[str, str]) -> list[str]:
    language = letter.language if letter.language in titles else next(iter(titles))
    link = link_of(letter.token, language)
    address = [*letter.address[: ADDRESS_LINES - 1], ", ".join(letter.address[ADDRESS_LINES - 1 :])]
    address += [""] * (ADDRESS_LINES - len(address))
    typed = link.removeprefix("https://").removeprefix("http://").removesuffix(letter.token) + "-".join(
        letter.token[begin : begin + 4] for begin in range(0, len(letter.token), 4)
    )
    return [letter.name, *address, language, titles[language], link, typed, until[language], f"{at:04}.png"]


def _packed(rows: Sequence[Sequence[str]]) -> Iterator[bytes]:
    """A ZIP file, given away piece by piece while the QR codes are drawn; the links are kept before it begins."""
    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("letters.csv", _csv(rows))
        archive.writestr("letters.xlsx", _xlsx(rows))
        yield out.taken()
        link, name = HEADINGS.index("link"), len(HEADINGS) - 1
        for row in rows:
            symbol = segno.make_qr(row[link], error="m")
            for kind, look in (("png", {"scale": 8}), ("svg", {"scale": 4})):
                drawn = io.BytesIO()
                symbol.save(drawn, kind=kind, border=4, light="#fff", **look)
                archive.writestr(f"qr/{row[name].removesuffix('.png')}.{kind}", drawn.getvalue())
            yield out.taken()
    yield out.taken()


class Pipe(io.RawIOBase):
    """Takes what is written, and gives it away once."""

    def __init__(self) -> None:
        super().__init__()
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.held += memoryview(data)  # type: ignore[arg-type]
        return len(memoryview(data))  # type: ignore[arg-type]

    def taken(self) -> bytes:
        """What was written since the last time."""
        given = bytes(self.held)
        self.held.clear()
        return given


def _safe(row: Sequence[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row]


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(map(_safe, rows))
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("letters")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(_safe(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
