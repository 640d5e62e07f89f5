"""Texts as XLIFF 1.2 and 2.1, which translators' tools speak; 1.x and 2.x are read.

OASIS, XLIFF Version 1.2 (2008) and XLIFF Version 2.1 (2018). Inline codes of other tools come back as what stands for
them: our own texts have none, so a code that is new is seen as changed words.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from consult.exchange.losses import Refused
from consult.exchange.translating.units import Bundle, Unit

ONE = "urn:oasis:names:tc:xliff:document:1.2"
TWO = "urn:oasis:names:tc:xliff:document:2.0"
XML = "http://www.w3.org/XML/1998/namespace"
SPACE = f"{{{XML}}}space"
#: States in which the words are those that a tool put there to begin with.
NOT_DONE = frozenset({"new", "needs-translation", "initial"})


def write_12(bundle: Bundle) -> bytes:
    """XLIFF 1.2: the place is the unit's resname."""
    root = etree.Element(f"{{{ONE}}}xliff", nsmap={None: ONE}, attrib={"version": "1.2"})
    file = etree.SubElement(
        root,
        f"{{{ONE}}}file",
        attrib={
            "original": bundle.consultation,
            "source-language": bundle.source_language,
            "target-language": bundle.target_language,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(file, f"{{{ONE}}}body")
    for number, unit in enumerate(bundle.units, 1):
        made = etree.SubElement(
            body, f"{{{ONE}}}trans-unit", attrib={"id": str(number), "resname": unit.place, SPACE: "preserve"}
        )
        etree.SubElement(made, f"{{{ONE}}}source").text = _sound(unit.source)
        state = "translated" if unit.target else "needs-translation"
        etree.SubElement(made, f"{{{ONE}}}target", attrib={"state": state}).text = _sound(unit.target)
        if unit.note:
            etree.SubElement(made, f"{{{ONE}}}note").text = _sound(unit.note)
    return _written(root)


def write_21(bundle: Bundle) -> bytes:
    """XLIFF 2.1: the place is the unit's name; ids may have no spaces."""
    root = etree.Element(
        f"{{{TWO}}}xliff",
        nsmap={None: TWO},
        attrib={"version": "2.1", "srcLang": bundle.source_language, "trgLang": bundle.target_language},
    )
    file = etree.SubElement(root, f"{{{TWO}}}file", attrib={"id": "f1", "original": bundle.consultation})
    for number, unit in enumerate(bundle.units, 1):
        made = etree.SubElement(
            file, f"{{{TWO}}}unit", attrib={"id": f"u{number}", "name": unit.place, SPACE: "preserve"}
        )
        if unit.note:
            notes = etree.SubElement(made, f"{{{TWO}}}notes")
            etree.SubElement(notes, f"{{{TWO}}}note").text = _sound(unit.note)
        state = "translated" if unit.target else "initial"
        segment = etree.SubElement(made, f"{{{TWO}}}segment", attrib={"state": state})
        etree.SubElement(segment, f"{{{TWO}}}source").text = _sound(unit.source)
        if unit.target:
            etree.SubElement(segment, f"{{{TWO}}}target").text = _sound(unit.target)
    return _written(root)


def read(content: bytes, filename: str) -> Bundle:
    """Any XLIFF 1.x or 2.x with places of ours; raises Refused with the line where it is broken."""
    if b"<!DOCTYPE" in content[:4_000] or b"<!ENTITY" in content:
        raise Refused(f"“{filename}” declares a document type of its own; it is not read.")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content.strip(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        why = (error.msg or "").split(", line ")[0] or "it cannot be read"
        raise Refused(f"“{filename}” is broken XML at line {line}, column {column}: {why}.") from None
    name, version = etree.QName(root).localname, root.get("version", "")
    if name != "xliff" or version[:1] not in ("1", "2"):
        raise Refused(f"“{filename}” is XML, but not XLIFF 1 or 2: it begins with <{name[:40]}>.")
    return _one(root, filename) if version.startswith("1") else _two(root, filename)


def _one(root: etree._Element, filename: str) -> Bundle:
    file = next(_all(root, "file"), None)
    if file is None:
        raise Refused(f"“{filename}” has no <file> in it.")
    units = []
    for unit in _all(root, "trans-unit"):
        target, source = _child(unit, "target"), _text(_child(unit, "source"))
        waits = target is None or (target.get("state", "") in NOT_DONE and _text(target) == source)
        units.append(
            Unit(
                unit.get("resname") or unit.get("id") or "",
                source,
                "" if waits else _text(target),
                _text(_child(unit, "note")),
            )
        )
    languages = file.get("source-language", ""), file.get("target-language", "")
    return Bundle(file.get("original", ""), *languages, tuple(units))


def _two(root: etree._Element, filename: str) -> Bundle:
    file = next(_all(root, "file"), None)
    if file is None or not root.get("srcLang"):
        raise Refused(f"“{filename}” is not whole: it lacks <file> or the language it was translated from.")
    units = []
    for unit in _all(root, "unit"):
        segments = [one for one in unit if _local(one) in ("segment", "ignorable")]
        source = "".join(_text(_child(one, "source")) for one in segments)
        parts = [_child(one, "target") for one in segments]
        waits = any(not _text(part) for one, part in zip(segments, parts, strict=True) if _local(one) == "segment")
        # A tool may divide a text into sentences: it is done when all of them are.
        target = "" if waits else "".join(_text(part) for part in parts)
        units.append(Unit(unit.get("name") or unit.get("id") or "", source, target))
    return Bundle(file.get("original", ""), root.get("srcLang", ""), root.get("trgLang", ""), tuple(units))


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in root.iter() if _local(one) == name)


def _child(parent: etree._Element, name: str) -> etree._Element | None:
    return next((one for one in parent if _local(one) == name), None)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: etree._Element | None) -> str:
    return "".join(element.itertext()) if element is not None else ""


def _sound(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(one for one in text if one in "\t\n\r" or (ord(one) >= 32 and ord(one) not in (0xFFFE, 0xFFFF)))


def _written(root: etree._Element) -> bytes:
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
