"""What the sites of one process have in common.

Each test has a site of its own; these are the same for all, and making them anew took most of the time of tests:
what templates compile to, what rules of addresses compile to, and the SQL of statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from sqlalchemy.engine import Dialect
from werkzeug.routing import Rule

from consult import JINJA

#: By the name of the database: the dialect that statements were compiled for, and what they compiled to.
DIALECTS: dict[str, tuple[Dialect, Any]] = {}

#: What a rule's compiling leaves in it.
LEFT = ("_parts", "_trace", "_converters", "arguments")


@contextmanager
def shared() -> Iterator[None]:
    """Sites made inside share what their templates and addresses compile to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(JINJA, "bytecode_cache", Templates())
        patch.setattr(Rule, "compile", _compiled_rules(Rule.compile))
        patch.setattr(Rule, "_compile_builder", _compiled_builders(Rule._compile_builder))
        yield


class Templates(BytecodeCache):
    """Templates that some site has compiled, by their text."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled of the same file with the same text, if it was."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self.known[bucket.key, bucket.checksum] = bucket.code


def share_statements(engine: Engine) -> None:
    """Let an engine that nothing has asked yet use what other engines of its kind have compiled."""
    if engine.dialect.name not in DIALECTS:
        with engine.connect():  # so that the dialect has met its server
            DIALECTS[engine.dialect.name] = engine.dialect, engine._compiled_cache
    dialect, compiled = DIALECTS[engine.dialect.name]
    engine.dialect = engine.pool._dialect = dialect
    engine._compiled_cache = compiled


def _compiled_rules(compiling: Callable[[Rule], None]) -> Callable[[Rule], None]:
    known: dict[Any, tuple[Any, ...]] = {}

    def compiled(rule: Rule) -> None:
        key = _key(rule)
        if key in known:
            for name, value in zip(LEFT, known[key], strict=True):
                setattr(rule, name, value)
            rule._build = rule._compile_builder(False).__get__(rule, None)
            rule._build_unknown = rule._compile_builder(True).__get__(rule, None)
        else:
            compiling(rule)
            known[key] = tuple(getattr(rule, name) for name in LEFT)

    return compiled


def _compiled_builders(compiling: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def compiled(rule: Rule, append_unknown: bool = True) -> Any:
        key = (_key(rule), append_unknown)
        if key not in known:
            known[key] = compiling(rule, append_unknown)
        return known[key]

    return compiled


def _key(rule: Rule) -> tuple[Any, ...]:
    assert rule.map is not None
    return (
        rule.rule,
        rule.host if rule.map.host_matching else rule.subdomain,
        rule.merge_slashes,
        rule.strict_slashes,
        tuple((rule.defaults or {}).items()),
        tuple(rule.map.converters),
    )
