"""Consult: consultations answered anonymously and answered back."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Rule

from consult.config import ROOT, Settings

#: Rooms that have pages; each has `routes.register(app)`.
ROOMS = (
    "accounts",
    "engagement",
    "consultations",
    "correspondence",
    "invitations",
    "answering",
    "exchange",
    "keying",
    "studio",
    "results",
    "feedback",
    "promotion",
    "publications",
)

#: Rooms with sweeps that the worker runs; each has `jobs.register(app)`.
SWEEPING = ("accounts", "correspondence", "invitations", "answering", "studio", "results")


#: How templates are read, for every site.
JINJA: dict[str, Any] = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}


class Address(Rule):
    """A rule that learns to write its address when one is asked for: of hundreds, most commands ask for few."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        name = "_build_unknown" if append_unknown else "_build"

        def build(_self: Rule, /, **values: Any) -> tuple[str, str]:
            made = super(Address, self)._compile_builder(append_unknown).__get__(self, None)
            setattr(self, name, made)
            found: tuple[str, str] = made(**values)
            return found

        return build


class Site(Flask):
    """Flask for views and hooks that are plain functions, all of them."""

    url_rule_class = Address

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: to ask on every request of each whether it is a coroutine is dear."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The application; settings come from the environment unless given."""
    settings = settings or Settings.from_environment()
    templates, instance = str(ROOT / "templates"), str(settings.instance)
    app = Site("consult", static_folder=None, template_folder=templates, instance_path=instance)
    configure(app, settings)
    bind_extensions(app)
    from consult import web

    web.register(app)
    for room in ROOMS:
        import_module(f"consult.{room}.routes").register(app)
    import_module("consult.doors").register(app)
    for room in SWEEPING:
        import_module(f"consult.{room}.jobs").register(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Flask's own settings, from ours."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    app.config.update(
        CONSULT=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=32 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=5_000,
        SESSION_COOKIE_NAME="__Host-staff" if settings.production else "staff",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_ENABLED=settings.rate_limits,
        BABEL_DEFAULT_LOCALE=settings.site_language,
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_options = JINJA
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]


def bind_extensions(app: Flask) -> None:
    """The database and the other extensions."""
    from consult.extensions import csrf, db, limiter, migrate
    from consult.storage import prepare_sqlite

    db.init_app(app)
    with app.app_context():
        prepare_sqlite(db.engine)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    limiter.init_app(app)
