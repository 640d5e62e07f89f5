"""A signed pack is the same every time, holds what was published and nothing else, and shows every change."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import stat
import subprocess
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from lxml import etree

from consult.commands import command_line
from consult.commands.backup import write as write_backup
from consult.commands.packing import ending
from consult.config import BadSettings
from consult.domain.disclosure import found_out, relations
from consult.domain.disclosure.figures import Figures
from consult.domain.findings import HIDDEN, Cell, Grid, Table, Total
from consult.domain.questionnaire import read
from consult.extensions import db
from consult.publications.pack import contents, signing
from consult.publications.pack.archive import BadPack, pack, unpack
from consult.publications.pack.keeping import kept, place
from consult.publications.pack.published import published, were_asked
from consult.publications.pack.verifying import verify
from consult.results import actions, queries
from tests.conftest import settings_for
from tests.results.factories import AFTER, RESULTS, count, crowd, make_answered

DDI = "{ddi:codebook:2_5}"


@pytest.fixture
def site(app, client, database, clock):
    """Closed with 73 responses, and published; what a later change might do stands in `consultation`."""
    clock.set(AFTER)
    consultation = make_answered(app)
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    return SimpleNamespace(client=client, consultation=consultation, settings=app.config["CONSULT"])


@pytest.fixture
def packed(site):
    """The pack as everybody gets it."""
    return site.client.get(f"{RESULTS}.zip").data


def wrong(content, **more):
    """What does not hold of a pack."""
    return [point.sentence for point in verify(content, **more).points if not point.holds]


def resigned(files, key):
    """A pack that somebody changed and signed with a key of their own, manifest and all."""
    manifest = json.loads(files["manifest.json"])
    files = {**files, "public-key.pem": signing.pem(key.public_key())}
    manifest["files"] = {
        name: {"bytes": len(one), "sha256": hashlib.sha256(one).hexdigest()}
        for name, one in sorted(files.items())
        if name not in ("manifest.json", "signature.ed25519")
    }
    written = json.dumps(manifest).encode()
    return pack({**files, "manifest.json": written, "signature.ed25519": key.sign(written)})


def run(*arguments):
    """The command line outside any site: whatever asks for settings or a database fails."""
    return CliRunner().invoke(command_line(), [str(one) for one in arguments], env={"CONSULT_ENV": "nowhere"})


def test_the_pack_is_the_same_every_time_and_everything_in_it_holds(site, packed):
    verdict = verify(packed)
    assert verdict.holds, wrong(packed)
    assert "phones, release 1, published on" in verdict.about
    release = queries.latest(site.consultation)
    key = signing.signing_key(site.settings.signing_key)
    assert contents.signed(published(site.consultation, release), key) == packed, "made anew it is the same"
    got = site.client.get(f"{RESULTS}-1.zip")
    assert got.data == packed and got.headers["Content-Disposition"].endswith('"phones-results-1.zip"')
    assert site.client.get(f"{RESULTS}-2.zip").status_code == 404
    assert f"{RESULTS}.zip" in {link.get("href") for link in site.client.page(RESULTS).all("a")}


def test_its_tables_are_those_of_the_site_in_every_language(site, packed):
    files = unpack(packed)
    assert sum(name.startswith("tables/") for name in files) == 18
    for language in ("en", "pl", "ar", "ro", "cy", "ur"):
        prefix = "" if language == "en" else f"/{language}"
        for form in ("csv", "json", "csv-metadata.json"):
            offered = site.client.get(f"{prefix}{RESULTS}.{form}").data
            assert files[f"tables/{language}/results.{form}"] == offered, (language, form)


def test_nothing_in_it_says_more_than_what_was_published(site, packed):
    files = unpack(packed)
    release = json.loads(files["release.json"])
    figures = Figures.from_json(release["figures"])
    assert figures == queries.latest(site.consultation).released()
    exact = queries.exact(site.consultation)
    ties = relations(exact.questionnaire, exact.findings)
    assert not found_out(figures, relations=ties), "the attacker finds nothing"
    for name, content in files.items():
        assert b"Comment 0" not in content, name
    root = etree.fromstring(files["codebook.xml"])
    stats = [
        [(one.get("type"), one.get("otherType"), one.text) for one in category.iter(f"{DDI}catStat")]
        for category in root.iter(f"{DDI}catgry")
        if category.findtext(f"{DDI}catValu") == "other"
    ]
    assert stats == [[("other", "hidden", "[c]")]]


#: What the schema of DDI-Codebook 2.5 lets stand in each element, in this order.
ORDER = {
    "codeBook": "docDscr stdyDscr fileDscr dataDscr",
    "docDscr": "citation",
    "stdyDscr": "citation stdyInfo method dataAccs",
    "citation": "titlStmt rspStmt prodStmt distStmt verStmt",
    "titlStmt": "titl parTitl IDNo",
    "rspStmt": "AuthEnty",
    "prodStmt": "software",
    "distStmt": "distrbtr distDate",
    "verStmt": "version",
    "stdyInfo": "sumDscr",
    "sumDscr": "collDate anlyUnit universe dataKind",
    "method": "dataColl notes",
    "dataColl": "sampProc resInstru weight",
    "dataAccs": "useStmt",
    "useStmt": "confDec",
    "fileDscr": "fileTxt notes",
    "fileTxt": "fileName fileCont fileType",
    "dataDscr": "var",
    "var": "labl qstn TotlResp catgry notes",
    "qstn": "qstnLit",
    "catgry": "catValu labl catStat",
}
ONCE = {"citation", "titl", "stdyInfo", "sumDscr", "dataColl", "catValu", "TotlResp", "fileTxt", "version", "distDate"}


def test_the_code_book_is_in_the_order_of_the_schema_and_has_every_question(packed):
    root = etree.fromstring(unpack(packed)["codebook.xml"])
    assert root.tag == f"{DDI}codeBook" and root.get("version") == "2.5"
    ids = [one.get("ID") for one in root.iter() if one.get("ID")]
    assert len(set(ids)) == len(ids)
    for element in root.iter():
        name = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element]
        allowed = ORDER.get(name, "").split()
        assert children == sorted(children, key=allowed.index), name
        assert all(children.count(child) < 2 for child in children if child in ONCE), name
        assert children or (element.text or "").strip(), f"{name} is empty"
    variables = {one.get("name"): one for one in root.iter(f"{DDI}var")}
    assert {"how", "rate", "grid/desk", "grid/line", "which", "times", "born", "why"} <= variables.keys()
    assert all(set(one.get("files").split()) <= set(ids) for one in variables.values())
    easy = variables["how"].findall(f"{DDI}catgry")[0]
    assert [(one.get("type"), one.text) for one in easy.findall(f"{DDI}catStat")] == [
        ("freq", "40"),
        ("percent", "53"),
        ("other", "10"),
    ]


def test_a_changed_digit_shows(packed):
    files = unpack(packed)
    name = "tables/en/results.csv"
    changed = pack({**files, name: files[name].replace(b"40", b"45", 1)})
    said = " ".join(wrong(changed))
    assert f"{name} was changed" in said and "1 of 18 tables are others" in said and "figures are not the same" in said
    flipped = bytearray(packed)
    flipped[packed.index(b'"release": 1')] ^= 1
    with pytest.raises(BadPack, match="damaged"):
        verify(bytes(flipped))


def test_a_missing_and_an_added_file_show(packed):
    files = unpack(packed)
    less = {name: one for name, one in files.items() if name != "method/pl.txt"}
    assert "method/pl.txt is missing." in wrong(pack(less))
    assert any("notes.txt was added" in one for one in wrong(pack({**files, "notes.txt": b"and more"})))
    for name in ("manifest.json", "signature.ed25519"):
        with pytest.raises(BadPack, match=name):
            verify(pack({other: one for other, one in files.items() if other != name}))


def test_another_key_shows_and_whose_key_it_is_is_said(site, packed):
    mine, ours = Ed25519PrivateKey.generate(), signing.signing_key(site.settings.signing_key).public_key()
    files = unpack(packed)
    forged = resigned(files, mine)
    assert verify(forged).holds and "not who signed it" in verify(forged).points[0].sentence
    assert "signature is not that of the key" in wrong(forged, key=ours)[0]
    assert "not signed with the key you named" in wrong(forged, key=signing.fingerprint(ours))[0]
    for key in (ours, signing.fingerprint(ours)):
        verdict = verify(packed, key=key)
        assert verdict.holds and "signed with the key that you gave" in verdict.points[0].sentence
    swapped = pack({**files, "public-key.pem": signing.pem(mine.public_key())})
    assert "signature is not that of the key" in wrong(swapped)[0]
    assert site.client.get("/open-data/signing-key.pem").data == files["public-key.pem"] == signing.pem(ours)


def test_figures_changed_before_signing_do_not_fit_the_tables(packed):
    """Whoever changes the release must change every table: the pack cannot say one thing here and another there."""
    files = unpack(packed)
    files["release.json"] = files["release.json"].replace(b"40,", b"45,", 1)
    said = " ".join(wrong(resigned(files, Ed25519PrivateKey.generate())))
    assert "tables are others" in said and "figures are not the same" in said


def test_what_is_hidden_behind_the_release_shows(packed):
    files = unpack(packed)
    release = json.loads(files["release.json"])
    release["exact"] = {"other": 3}
    files["release.json"] = json.dumps(release, ensure_ascii=False, indent=1).encode() + b"\n"
    assert any("holds more than a release does" in one for one in wrong(resigned(files, Ed25519PrivateKey.generate())))


def test_a_table_of_another_version_is_told_from_a_changed_figure(packed):
    files = unpack(packed)
    release = json.loads(files["release.json"])
    release["software"]["source_sha256"] = "0" * 64
    files["release.json"] = json.dumps(release, ensure_ascii=False, indent=1).encode() + b"\n"
    manifest = json.loads(files["manifest.json"])
    manifest["software"] = release["software"]
    files["manifest.json"] = json.dumps(manifest).encode()
    name = "tables/pl/results.csv"
    files[name] = files[name].replace(b"How easy is it?", "Łatwo?".encode())
    mine = Ed25519PrivateKey.generate()
    said = " ".join(wrong(resigned(files, mine)))
    assert "Check with the version that made it" in said and "The figures in them are the same." in said
    assert verify(resigned(files, mine)).untold and "Nothing in it was changed" in ending(verify(resigned(files, mine)))
    files[name] = files[name].replace(b",40,", b",45,")
    assert not verify(resigned(files, mine)).untold


def test_what_stands_around_the_files_shows(packed):
    assert any("added around its files" in one for one in wrong(b"#!/bin/sh\n" + packed))
    copy = io.BytesIO(packed)
    with zipfile.ZipFile(copy, "a") as opened:
        opened.comment = b"look here"
    assert any("added around its files" in one for one in wrong(copy.getvalue()))


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_pack_cut_short_cannot_be_checked(packed, part):
    with pytest.raises(BadPack, match="cut short"):
        verify(packed[: int(len(packed) * part)])


def test_each_release_has_its_own_pack_and_an_earlier_one_stays_as_it_was(site, packed):
    count(site.consultation, crowd(103, 87, 3))
    site.consultation.title = {**site.consultation.title, "en": "Another title"}
    actions.publish(site.consultation, by=None, now=AFTER)
    db.session.commit()
    later = site.client.get(f"{RESULTS}.zip").data
    assert later != packed and verify(later).holds and "release 2" in verify(later).about
    assert site.client.get(f"{RESULTS}-1.zip").data == packed and verify(packed).holds
    assert site.client.get(f"{RESULTS}-2.zip").data == later
    both = [Figures.from_json(json.loads(unpack(one)["release.json"])["figures"]) for one in (packed, later)]
    exact = queries.exact(site.consultation)
    ties = relations(exact.questionnaire, exact.findings)
    assert not found_out(both[1], earlier=both[:1], relations=ties), "not even beside each other"
    counted = {cell.about for finding in exact.findings for table in finding.tables for cell in table.cells}
    told = {cell.about for table in both[1].table_by_key.values() for cell in (*table.cells, *table.unticked)}
    behind = {number for number in counted - told - {both[1].responses} if number > 31}
    assert {143, 117} <= behind
    for name, content in unpack(later).items():
        numbers = {int(one) for one in re.findall(rb"(?<![\w.-])\d{2,6}(?![\w.-])", content)}
        assert not behind & numbers, f"an exact figure is in {name}"


def test_a_pack_is_signed_once_and_with_one_key(site, packed):
    file = site.settings.signing_key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and file.parent == site.settings.instance
    release = queries.latest(site.consultation)
    assert place(site.consultation, release, site.settings).is_relative_to(site.settings.files), "in every backup"
    backup = file.with_name("backup.zip")
    secret = file.read_bytes()
    write_backup(db.session, backup, site.settings)
    with zipfile.ZipFile(backup) as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    assert packed in held.values() and not any(secret in one for one in held.values())
    file.unlink()
    assert kept(site.consultation, release, site.settings) == packed, "what was signed stays"
    assert signing.fingerprint(signing.signing_key(file).public_key()) != signing.fingerprint(
        signing.public_key(unpack(packed)["public-key.pem"])
    )
    other = file.read_bytes()
    signing._make(file)
    assert file.read_bytes() == other, "whoever comes second takes the key of the first"
    file.write_bytes(b"short")
    with pytest.raises(signing.BadKey, match="damaged"):
        signing.signing_key(file)


def test_the_key_never_lies_where_backups_come_from(tmp_path):
    with pytest.raises(BadSettings, match="every backup"):
        settings_for(tmp_path, CONSULT_SIGNING_KEY=str(tmp_path / "files" / "key"))


def test_every_questionnaire_that_was_asked_is_in_it_and_no_draft(site, packed):
    files = unpack(packed)
    (revision,) = site.consultation.revisions
    assert json.loads(files["questionnaires/revision-1.json"]) == revision.definition
    assert read(json.loads(files["questionnaires/revision-1.json"])) == revision.questionnaire()
    opened = site.consultation.opens_at.date()
    before, after = opened.replace(year=opened.year - 1), opened.replace(year=opened.year + 1)
    for days, reasons, asked in (
        ((before, before, after), ("First published", "Approved again", "A word"), [2, 3]),
        ((before, opened), ("First published", "Approved again"), [2]),
        ((before, opened), ("First published", "A word was wrong"), [1, 2]),
    ):
        revisions = [
            SimpleNamespace(number=at, created_on=day, reason=reason)
            for at, (day, reason) in enumerate(zip(days, reasons, strict=True), 1)
        ]
        life = SimpleNamespace(revisions=revisions, opens_at=site.consultation.opens_at)
        assert [one.number for one in were_asked(life, until=9)] == asked


def test_the_commands_say_it_in_sentences_and_by_their_exit_status(app, site, packed, tmp_path):
    written = tmp_path / "out.zip"
    done = app.test_cli_runner().invoke(command_line(), ["pack", "phones", "--output", str(written)])
    assert done.exit_code == 0 and written.read_bytes() == packed
    told = json.loads(done.output)
    good = run("verify", written, "--key", told["key"].upper())
    assert good.exit_code == 0 and "DOES NOT" not in good.output and "Everything holds." in good.output
    key = tmp_path / "key.pem"
    key.write_bytes(signing.pem(Ed25519PrivateKey.generate().public_key()))
    bad = run("verify", written, "--key", key)
    assert bad.exit_code == 1 and "DOES NOT HOLD: The signature" in bad.output and "Do not rely" in bad.output
    for arguments in ((key,), (tmp_path / "none.zip",), (written, "--key", "abc"), (tmp_path,)):
        assert run("verify", *arguments).exit_code == 2
    assert app.test_cli_runner().invoke(command_line(), ["pack", "phones", "--release", "7"]).exit_code == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_anybody_can_check_it_without_this_program(packed, tmp_path):
    for name, content in unpack(packed).items():
        if "/" not in name:
            (tmp_path / name).write_bytes(content)
    asked = "openssl pkeyutl -verify -rawin -pubin -inkey public-key.pem -in manifest.json -sigfile signature.ed25519"
    assert asked in (tmp_path / "README.txt").read_text()
    check = subprocess.run(asked.split(), cwd=tmp_path, capture_output=True, text=True, env=os.environ, check=False)
    assert check.returncode == 0 and "Verified Successfully" in check.stdout


def test_of_few_people_the_pack_has_no_figure_and_before_publication_there_is_none(app, client, database, clock):
    clock.set(AFTER)
    consultation = make_answered(app, crowd(5, 2, 0))
    db.session.commit()
    assert client.get(f"{RESULTS}.zip").status_code == client.get(f"{RESULTS}-1.zip").status_code == 404
    actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    content = client.get(f"{RESULTS}.zip").data
    assert verify(content).holds
    root = etree.fromstring(unpack(content)["codebook.xml"])
    assert not list(root.iter(f"{DDI}catStat")) and list(root.iter(f"{DDI}var"))
    assert json.loads(unpack(content)["release.json"])["figures"]["responses"] is None


def test_what_groups_of_people_answered_is_in_the_release_and_the_code_book(app, site):
    release = queries.latest(site.consultation)
    cells = (Cell("easy", 20, 5), Cell("hard", 10, 5), Cell("other", HIDDEN))
    grid = Grid("how&sex", (Table("how&sex", cells, Total(35, about=True), part="female", breakdown=True),))
    told = published(site.consultation, release)
    told = replace(told, figures=replace(told.figures, crossed=(grid,)))
    content = contents.signed(told, Ed25519PrivateKey.generate())
    assert verify(content).holds, wrong(content)
    files = unpack(content)
    assert Figures.from_json(json.loads(files["release.json"])["figures"]).crossed == (grid,)
    assert "Groups of fewer than 20 people are left out" in files["method/en.txt"].decode()
    (crossed,) = (
        one for one in etree.fromstring(files["codebook.xml"]).iter(f"{DDI}var") if one.get("name") == "how&sex/female"
    )
    assert crossed.findtext(f"{DDI}labl") == "How easy is it? – Female"
    assert [one.text for one in crossed.iter(f"{DDI}catStat")] == ["20", "5", "10", "5", "[c]"]
