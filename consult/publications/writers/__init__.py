"""The tree of a document, written as HTML, PDF or Word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from consult.publications.document import Document
from consult.publications.writers.html import write_html
from consult.publications.writers.pdf import NOT_HERE, Unavailable, available, write_pdf
from consult.publications.writers.word import write_word

__all__ = ["FORMATS", "NOT_HERE", "Format", "Unavailable", "available", "write_html", "write_pdf", "write_word"]


@dataclass(frozen=True)
class Format:
    """One way of writing a document: its name for people, its type, and what writes it."""

    title: str
    mimetype: str
    write: Callable[[Document], bytes]


FORMATS = {
    "html": Format("web page (HTML)", "text/html; charset=utf-8", write_html),
    "pdf": Format("PDF", "application/pdf", write_pdf),
    "docx": Format(
        "Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_word
    ),
}
