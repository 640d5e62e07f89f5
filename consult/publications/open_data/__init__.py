"""What is public, for programs: consultations, released figures and You Said, We Did as JSON, Atom feeds and DCAT."""

from consult.publications.open_data.catalogue import catalogue
from consult.publications.open_data.feeds import Entry, atom
from consult.publications.open_data.openapi import described
from consult.publications.open_data.things import consultation, feedback, results

__all__ = ["Entry", "atom", "catalogue", "consultation", "described", "feedback", "results"]
