"""A document as a PDF with tags, made from its HTML; nothing is ever fetched for it."""

from __future__ import annotations

from typing import Any, NoReturn

from consult.domain.errors import NotNow
from consult.publications.document import Document
from consult.publications.writers.html import html_of


class Unavailable(NotNow):
    """PDFs cannot be made on this machine: the libraries that set type are not there."""


class Refusing:
    """Documents are whole in themselves: whatever they name elsewhere is left out, and nobody is asked for it."""

    #: WeasyPrint leaves a picture out and goes on
    _fail_on_errors = False

    def __call__(self, url: str) -> NoReturn:
        """Refuse an address; what is refused is left out."""
        raise PermissionError(f"a document may not fetch {url}")


NOT_HERE = (
    "PDF is not available on this machine, because Pango is not installed. "
    "The web page and the Word document hold the same."
)


def write_pdf(document: Document) -> bytes:
    """PDF/UA-1; raises Unavailable where Pango is not installed."""
    made: Any = _typesetter()(string=html_of(document), url_fetcher=Refusing()).write_pdf(pdf_variant="pdf/ua-1")
    return bytes(made)


def available() -> bool:
    """Whether PDFs can be made here."""
    try:
        _typesetter()
    except Unavailable:
        return False
    return True


def _typesetter() -> Any:
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        raise Unavailable(NOT_HERE) from None
    return HTML
