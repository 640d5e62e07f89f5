"""Schemas of the ONS's electronic questionnaires become questionnaires.

Read in this order: `reading` (words with placeholders), `when` (what a condition means), `answers` (what each type of
answer becomes), `blocks` (pages, and the rules that lead past some), `form` (all of it, from JSON to a definition).
"""

from consult.exchange.ons.form import looks_like_ons, read_ons

__all__ = ["looks_like_ons", "read_ons"]
