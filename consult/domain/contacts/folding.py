"""Parts of a list that are too small to tell apart become part of what they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

#: How a part within a part is written: “North > Poole”.
WITHIN = " > "
Path = tuple[str, ...]


def path_of(text: str) -> Path:
    """A part of a list as people write it, from the largest to the smallest."""
    return tuple(" ".join(one.split()) for one in text.split(">") if one.strip())


def label_of(path: Path) -> str:
    """The part as it is kept; empty for no part."""
    return WITHIN.join(path)


def fold(paths: Iterable[Path], *, least: int, there: Mapping[Path, int] | None = None) -> dict[Path, Path]:
    """Which part each part is counted in, so that none has fewer than `least` people.

    `paths` has one for each person, `there` the people who were kept before and stay where they are. A small part goes
    to its parent, and what has no parent goes to nobody's part, the empty path. Where that would itself be small, the
    smallest of the largest parts joins it. If all together are fewer than `least`, nobody has a part.
    """
    held = Counter(there or {})
    size = Counter(paths)
    goes = {path: path for path in size}
    while True:
        total = size + held
        moving = [path for path in size if path and total[path] < least]
        if moving:
            path = min(moving, key=lambda one: (-len(one), total[one], one))
        elif 0 < total[()] < least and (others := [path for path in size if path]):
            path = min(others, key=lambda one: (len(one), total[one], one))
        else:
            return goes
        parent = path[:-1]
        size[parent] += size.pop(path)
        goes = {was: parent if now == path else now for was, now in goes.items()}
