"""What has been published about a consultation, told by the rooms that publish it, so that others can pass it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class News:
    """Something published: its running number within the consultation and the path of its page."""

    consultation_id: int
    number: int
    path: str


def news_number(day: date, *, after_results: bool = False) -> int:
    """The running number of what is published on a day; an answer to results comes after results of the same day."""
    return day.toordinal() * 2 + after_results


Source = Callable[[Session], list[News]]
_sources: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """A room that publishes says how to list what it has published."""
    _sources[f"{source.__module__}.{source.__qualname__}"] = source


def published(session: Session) -> list[News]:
    """Everything published so far, oldest first within a consultation."""
    found = [news for source in _sources.values() for news in source(session)]
    return sorted(found, key=lambda news: (news.consultation_id, news.number))
