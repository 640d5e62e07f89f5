"""Atom feeds (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True)
class Entry:
    """One entry: its address is also its name, and when it was last changed."""

    address: str
    title: str
    language: str
    summary: str
    updated: datetime


def atom(*, title: str, address: str, page: str, author: str, entries: Sequence[Entry], empty: datetime) -> bytes:
    """A feed; without entries it was last changed at `empty`."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _text(feed, "id", address)
    _text(feed, "title", title)
    _text(feed, "updated", _moment(max((one.updated for one in entries), default=empty)))
    _text(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", author)
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="self", type="application/atom+xml", href=address)
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=page)
    for one in entries:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry", {f"{{{XML}}}lang": one.language})
        _text(entry, "id", one.address)
        _text(entry, "title", one.title)
        _text(entry, "updated", _moment(one.updated))
        etree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", type="text/html", href=one.address)
        _text(entry, "summary", one.summary)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8")


def _text(parent: etree._Element, name: str, text: str) -> None:
    # What XML cannot hold is left out: control characters come in by pasting.
    held = "".join(one for one in text if one in "\t\n" or (ord(one) >= 32 and ord(one) not in (0xFFFE, 0xFFFF)))
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = held


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
