"""What to read first, in plain English: what is in a pack and how to check it."""

from __future__ import annotations

from consult.publications.pack.published import Published

TEXT = """\
{title}
Results, release {number}, published on {day} by {publisher}

What this is
------------
The results of a consultation as they were published, with all it takes to check them. People chose to take
part, so this is not a poll. Small figures are hidden and others rounded, so that nobody can be recognised.
Nothing is in here that was not published: no answer of any one person, and no figure behind a hidden one.

What is in it
-------------
release.json               the published figures; every table is made from them
tables/<language>/         the same figures as results.csv and results.json, as the website offers them, and what
                           the columns are (results.csv-metadata.json, CSV on the Web)
questionnaires/            every version of the questionnaire that people were asked
codebook.xml               the questions, answers and published figures as DDI-Codebook 2.5
method/<language>.html     how the figures were made, rounded and hidden; .txt is the same as plain text
manifest.json              the SHA-256 of every file above and of the public key
signature.ed25519          the signature of manifest.json (64 bytes, Ed25519)
public-key.pem             the key to check it with

In the tables [c] is a figure that is hidden, [z] one that cannot be.

How to check it
---------------
With the program that made it ({software} {version}, free to have; no database, no settings):

    consult verify THIS-FILE.zip --key FINGERPRINT

Take the fingerprint from somewhere else than this file: from the organisation's website (/open-data/signing-key.pem
is the key), its minutes or its report. Without --key the key in the pack is used, and then you know
only that nothing changed since somebody signed it, not who did.

Without the program, in the folder where you unpacked it:

    openssl pkeyutl -verify -rawin -pubin -inkey public-key.pem -in manifest.json -sigfile signature.ed25519
    sha256sum release.json            (and so on; compare with manifest.json)
    openssl pkey -pubin -in public-key.pem -outform DER | sha256sum            (the fingerprint)

What a signature proves: that whoever has the key published exactly this. Not that people were counted rightly.
"""


def text(published: Published) -> str:
    """The whole file."""
    return TEXT.format(
        title=published.worded_title.to("en").plain,
        number=published.number,
        day=published.published_on.isoformat(),
        publisher=published.worded_publisher.to("en").plain,
        software=published.software["name"],
        version=published.software["version"],
    )
