"""A questionnaire as people write it, in a document or pasted, becomes questions; what was understood is shown first.

Read in this order: `sources` (Word and OpenDocument files as plain lines), `lines` (what each line is), `understanding`
(lines into questions), `goto` (“If no, go to 7”), `building` (questions into a definition with its losses).
"""

from consult.exchange.text.building import Reading, read_text
from consult.exchange.text.sources import is_document, text_of

__all__ = ["Reading", "is_document", "read_text", "text_of"]
