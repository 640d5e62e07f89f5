"""Qualtrics files become questionnaires, as far as their undocumented form is known.

Read in this order: `reading` (words by language, lists by number), `logic` (what a condition means), `options`,
`questions` and `grids` (what each question becomes), `flow` (in which order people come to blocks), `survey` (from
block to block), `form` (all of it, from JSON to a definition).
"""

from consult.exchange.qualtrics.form import looks_like_qualtrics, read_qualtrics

__all__ = ["looks_like_qualtrics", "read_qualtrics"]
