"""`consult pack` and `consult verify`."""

from __future__ import annotations

import json
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import current_app

from consult.consultations.queries import by_slug
from consult.publications.pack import signing
from consult.publications.pack.archive import MOST_BYTES, BadPack
from consult.publications.pack.keeping import kept
from consult.publications.pack.verifying import WHAT_FOR, Verdict, verify
from consult.results import queries

HOLDS, DOES_NOT_HOLD, CANNOT_BE_READ = 0, 1, 2


def register(cli: click.Group) -> None:
    """Add the commands."""

    @cli.command("pack")
    @click.argument("slug")
    @click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: SLUG-results-N.zip here.")
    @click.option("--release", "number", type=int, help="An earlier release; default: the latest.")
    def pack(slug: str, output: Path | None, number: int | None) -> None:
        """Write the signed pack of what was published of SLUG."""
        consultation = by_slug(slug)
        listed = [one for one in queries.releases(consultation) if number in (None, one.number)]
        if not listed:
            raise click.ClickException(f"{slug} has no such release: nothing, or not that, was published.")
        release = listed[-1]
        settings = current_app.config["CONSULT"]
        place = output or Path(f"{slug}-results-{release.number}.zip")
        if not place.parent.is_dir():
            raise click.ClickException(f"There is no folder {place.parent}.")
        try:
            place.write_bytes(kept(consultation, release, settings))
            key = signing.signing_key(settings.signing_key).public_key()
        except signing.BadKey as trouble:
            raise click.ClickException(str(trouble)) from None
        told = {"consultation": slug, "release": release.number, "file": str(place)}
        click.echo(json.dumps({**told, "key": signing.fingerprint(key)}))

    @cli.command("verify", with_appcontext=False)
    @click.argument("file", metavar="PACK", type=click.Path(path_type=Path))
    @click.option("--key", "given", help="The public key (a .pem file) or its fingerprint, from somewhere you trust.")
    @click.pass_context
    def verify_pack(context: click.Context, file: Path, given: str | None) -> None:
        """Check PACK: signature, every file, and every table made again. Needs no database and no settings.

        Exit status 0: all holds; 1: something does not; 2: it cannot be read.
        """
        try:
            if not file.is_file():
                raise BadPack(f"There is no file {file}.")
            if file.stat().st_size > MOST_BYTES:
                raise BadPack("The file is too large for a pack.")
            verdict = verify(file.read_bytes(), key=_key(given) if given else None)
        except (BadPack, signing.BadKey, OSError) as trouble:
            click.echo(f"Cannot be checked: {trouble}", err=True)
            context.exit(CANNOT_BE_READ)
        click.echo(f"The pack says that it is {verdict.about}")
        for point in verdict.points:
            word = "Holds" if point.holds else "CANNOT BE TOLD" if point.version else "DOES NOT HOLD"
            click.echo(f"{word}: {point.sentence}")
        click.echo(ending(verdict))
        context.exit(HOLDS if verdict.holds else DOES_NOT_HOLD)


def ending(verdict: Verdict) -> str:
    """What it comes to."""
    if verdict.holds:
        return f"Everything holds. {WHAT_FOR}"
    if verdict.untold:
        return "Nothing in it was changed since it was signed. What this version cannot make again is named above."
    return "Do not rely on this pack."


def _key(given: str) -> Ed25519PublicKey | str:
    """A key from a file, or a fingerprint as it was typed."""
    typed = signing.typed_fingerprint(given)
    if typed is not None:
        return typed
    file = Path(given)
    if not file.is_file():
        raise signing.BadKey(f"--key is neither a file nor a fingerprint of 64 digits: {given}")
    return signing.public_key(file.read_bytes())
