"""The published figures as datasets for catalogues of open data: DCAT 3 as JSON-LD."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from consult.results.models import Release

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: How each file of a release is called and what it is.
FILES = (
    ("csv", "text/csv"),
    ("json", "application/json"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("zip", "application/zip"),
)


def catalogue(
    releases: Iterable[Release], *, publisher: str, title: str, address: Callable[[str], str]
) -> dict[str, Any]:
    """Every release that everybody sees."""
    return {
        "@context": CONTEXT,
        "@id": address("/api/v1/catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": publisher},
        "dcat:dataset": [_dataset(one, address) for one in releases],
    }


def _dataset(release: Release, address: Callable[[str], str]) -> dict[str, Any]:
    one = release.consultation
    page = address(f"/consultations/{one.slug}/results")
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": f"{one.slug}/{release.number}",
        "dct:title": [{"@language": language, "@value": text} for language, text in one.title.items()],
        "dct:description": [{"@language": language, "@value": text} for language, text in one.summary.items()],
        "dct:issued": {"@type": "xsd:date", "@value": release.published_on.isoformat()},
        "dct:language": list(one.languages),
        "dcat:landingPage": {"@id": page},
        "dcat:version": str(release.number),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": f"{page}.{ending}"},
                "dcat:mediaType": kind,
            }
            for ending, kind in FILES
        ],
    }
