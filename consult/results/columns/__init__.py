"""A copy of the counted answers in columns, for what tallies cannot answer: made of the rows, never the truth.

It is made once everything is counted, and again when the rows have changed; deleting the folder costs a minute of work.
Each response is a row without number or time, in the order of its values. What it answered in one question, or in one
row of a grid, is one whole number with a bit for each thing that tallies count (`consult.domain.statistics`).
"""

from consult.results.columns.catalogue import Catalogue, Column, kept
from consult.results.columns.reading import Cut, Picked, Reader
from consult.results.columns.writing import Writer

__all__ = ["Catalogue", "Column", "Cut", "Picked", "Reader", "Writer", "kept"]
