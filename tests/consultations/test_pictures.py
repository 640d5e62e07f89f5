"""Pictures beside answers are drawn anew, described, and given out so that they cannot do harm."""

from __future__ import annotations

import base64
import copy
import hashlib
import io

import pytest
from PIL import Image, ImageFile

from consult.consultations import actions
from consult.consultations.actions import pictures
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from tests.accounts.factories import sign_in
from tests.consultations.factories import NOW, make_definition, make_draft

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def painted(kind: str = "PNG", *, size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "#005eb8").save(written, format=kind, **more)
    return written.getvalue()


def read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("kind", "media"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_the_three_kinds_are_drawn_anew_as_themselves(kind, media):
    kept = pictures.redrawn(painted(kind))
    assert pictures.media_type(kept) == media
    assert read(kept).size == (60, 40)


def test_what_a_telephone_wrote_into_it_goes_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned on its side
    exif[0x010E] = "At home, Dorchester"
    kept = pictures.redrawn(painted("JPEG", exif=exif, comment=b"secret"))
    assert b"Dorchester" not in kept and b"secret" not in kept
    assert read(kept).size == (40, 60)
    assert not read(kept).getexif()


def test_a_large_picture_is_made_smaller_and_a_clear_one_stays_clear():
    assert max(read(pictures.redrawn(painted(size=(3000, 1500)))).size) == pictures.LONGEST_SIDE
    assert read(pictures.redrawn(painted(mode="RGBA"))).mode == "RGBA"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not empty"),
        (SVG, "SVG"),
        (b"\xef\xbb\xbf  <svg/>", "SVG"),
        (b"<html><script>alert(1)</script>", "something else"),
        (painted()[:60], "broken"),
        (painted("GIF"), "something else"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 500, "broken"),
        (b"x" * (pictures.LARGEST + 1), "smaller than 8 MB"),
        (painted(size=(9000, 9000), mode="1"), "fewer than 40 million pixels"),
    ],
    ids=["empty", "svg", "svg with a mark", "page", "cut short", "gif", "broken", "heavy", "bomb"],
)
def test_everything_else_is_refused_with_what_to_do(content, says):
    with pytest.raises(Rejected) as refused:
        pictures.redrawn(content)
    assert refused.value.field == "file"
    assert says in refused.value.message


def draft_with_questions(by):
    draft = make_draft(by=by)
    actions.save_definition(draft, definition=make_definition("en", "pl"), by=by, now=NOW)
    draft.languages = ["en", "pl"]
    return draft


def put(draft, by, folder, **more):
    given = {"question": "how", "number": 0, "content": painted(), "alt": {"en": "A telephone", "pl": "Telefon"}}
    pictures.set_picture(draft, **{**given, **more}, folder=folder, by=by, now=NOW)


def test_a_picture_belongs_to_its_option_and_lies_under_its_content(database, editor, tmp_path):
    draft = draft_with_questions(editor)
    put(draft, editor, tmp_path)
    option = draft.questionnaire().question_by_key["how"].options[0]
    assert option.picture.alt.as_json() == {"en": "A telephone", "pl": "Telefon"}
    content = (tmp_path / option.picture.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == option.picture.file
    put(draft, editor, tmp_path, content=None, alt={"en": "An old telephone", "pl": ""})
    changed = draft.questionnaire().question_by_key["how"].options[0].picture
    assert (changed.file, changed.alt.as_json()) == (option.picture.file, {"en": "An old telephone"})
    assert "question how, option easy: picture in words" in draft.questionnaire().lacking("pl")
    pictures.remove_picture(draft, question="how", number=0, by=editor, now=NOW)
    assert draft.questionnaire().question_by_key["how"].options[0].picture is None


def test_a_picture_needs_words_a_file_and_an_option(database, editor, tmp_path):
    draft = draft_with_questions(editor)
    with pytest.raises(Rejected) as refused:
        put(draft, editor, tmp_path, alt={"en": "  ", "pl": "x"})
    assert refused.value.field == "alt_en"
    with pytest.raises(Rejected) as refused:
        put(draft, editor, tmp_path, content=None)
    assert refused.value.field == "file"
    for elsewhere in ({"question": "nothing"}, {"number": 9}, {"number": -1}, {"question": "why"}):
        with pytest.raises(Missing):
            put(draft, editor, tmp_path, **elsewhere)
    draft.state = "in_review"
    with pytest.raises(NotNow):
        put(draft, editor, tmp_path)
    db.session.rollback()


def test_pictures_travel_with_our_own_definition(database, editor, tmp_path):
    draft = draft_with_questions(editor)
    put(draft, editor, tmp_path / "here")
    questionnaire = draft.questionnaire()
    files = pictures.carried(questionnaire, tmp_path / "here")
    (file,) = files.values()
    assert file["type"] == "image/png"
    definition = copy.deepcopy(draft.definition)
    assert pictures.taken_in(definition, files, tmp_path / "there") == []
    (name,) = [option["picture"]["file"] for option in definition["pages"][0]["questions"][0]["options"][:1]]
    assert (tmp_path / "there" / name).is_file()
    assert pictures.taken_in(copy.deepcopy(draft.definition), {}, tmp_path / "nowhere") == [
        "The picture of “easy” in question how did not come with it."
    ]


@pytest.mark.parametrize("data", ["???", base64.b64encode(b"<svg/>").decode(), base64.b64encode(painted()).decode(), 7])
def test_a_picture_that_is_not_what_it_says_is_left_out_with_a_sentence(tmp_path, data):
    problems = pictures.taken_in({"pages": []}, {"a" * 64: {"type": "image/png", "data": data}}, tmp_path)
    assert len(problems) == 1 and problems[0].startswith("The picture aaaaaaaaaaaa…")
    assert not list(tmp_path.iterdir())


def test_staff_put_a_picture_beside_an_answer_and_everybody_is_given_it(database, editor, app):
    draft = draft_with_questions(editor)
    db.session.commit()
    client = sign_in(app, editor)
    address = f"/staff/consultations/{draft.slug}/pictures"
    page = client.get(address)
    assert "add a picture" in page.text
    form = {"alt_en": "A telephone", "alt_pl": "Telefon", "file": (io.BytesIO(painted("JPEG")), "x.svg")}
    assert (
        client.post(f"{address}/how/0", data={**form, "alt_en": ""}, content_type="multipart/form-data").status_code
        == 422
    )
    form["file"] = (io.BytesIO(SVG), "x.png")
    refused = client.post(f"{address}/how/0", data=form, content_type="multipart/form-data")
    assert refused.status_code == 422 and "SVG" in refused.text
    form["file"] = (io.BytesIO(painted("JPEG")), "x.svg")
    saved = client.post(f"{address}/how/0", data=form, content_type="multipart/form-data")
    assert saved.status_code == 303
    db.session.expire_all()
    file = draft.questionnaire().question_by_key["how"].options[0].picture.file
    given = app.test_client().get(f"/pictures/{file}")
    assert given.status_code == 200
    assert given.headers["Content-Type"] == "image/jpeg"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Cache-Control"] == "public, max-age=31536000"
    assert given.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "Set-Cookie" not in given.headers
    again = app.test_client().get(f"/pictures/{file}", headers={"If-None-Match": given.headers["ETag"]})
    assert again.status_code == 304
    assert client.post(f"{address}/how/0/remove").status_code == 303
    db.session.expire_all()
    assert draft.questionnaire().question_by_key["how"].options[0].picture is None


@pytest.mark.parametrize("name", ["a" * 64, "x", "..%2F..%2Fsecret", "A" * 64])
def test_nothing_else_is_given_out(app, database, name):
    assert app.test_client().get(f"/pictures/{name}").status_code == 404


def test_a_document_in_the_folder_is_no_picture(app, database, tmp_path):
    folder = pictures.folder_of(app.config["CONSULT"].files)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ("b" * 64)).write_bytes(b"<html><script>alert(1)</script>")
    assert app.test_client().get("/pictures/" + "b" * 64).status_code == 404


def test_a_questionnaire_whose_pictures_are_not_here_is_not_published(database, editor, tmp_path):
    draft = draft_with_questions(editor)
    put(draft, editor, tmp_path)
    assert pictures.absent(draft, tmp_path) == []
    assert pictures.absent(draft, tmp_path / "else") == ["Pictures: the files of 1 are not here. Add them again."]


def test_a_picture_cut_short_is_refused_whatever_else_was_loaded(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = io.BytesIO()
    Image.effect_noise((200, 200), 60).convert("RGB").save(whole, format="JPEG")
    with pytest.raises(Rejected):
        pictures.redrawn(whole.getvalue()[: len(whole.getvalue()) // 2])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
