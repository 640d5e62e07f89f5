"""Settings from the environment, checked at start; defaults are safe in production and fit to be public."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: A name, the number of the service and the secret; or nothing.
NOTIFY_KEY = re.compile(r"(?:.*-?[0-9a-fA-F-]{36}-[0-9a-fA-F-]{36})?")


class BadSettings(RuntimeError):
    """A setting that cannot be used; the sentence names it."""


def _setting(name: str, default: str, help: str) -> Any:
    return field(metadata={"name": name, "default": default, "help": help})


@dataclass(frozen=True)
class Settings:
    """Every setting of the site, read once."""

    env: str = _setting("CONSULT_ENV", "development", "development or production")
    instance: Path = _setting("CONSULT_INSTANCE", "instance", "folder for the embedded database, keys and files")
    database_url: str = _setting(
        "CONSULT_DATABASE_URL", "", "database address; empty means SQLite in the instance folder"
    )
    secret_key: str = _setting(
        "CONSULT_SECRET_KEY", "", "signs staff sessions; made in development, required in production"
    )
    box_keys: Path = _setting("CONSULT_BOX_KEYS", "", "folder of the box keys; empty means box/ in the instance folder")
    files: Path = _setting(
        "CONSULT_FILES", "", "folder of uploaded documents; empty means files/ in the instance folder"
    )
    signing_key: Path = _setting(
        "CONSULT_SIGNING_KEY",
        "",
        "file of the key that packs of results are signed with; empty: in the instance folder",
    )
    min_group: int = _setting(
        "CONSULT_MIN_GROUP", "10", "smallest group of responses that is ever settled or shown; 10 or more"
    )
    rate_limits: bool = _setting(
        "CONSULT_RATE_LIMITS", "on", "on or off; off is for load tests and refused in production"
    )
    proof_of_work: bool = _setting(
        "CONSULT_PROOF_OF_WORK", "off", "on or off; on lets browsers work while people check their answers"
    )
    trusted_proxies: int = _setting(
        "CONSULT_TRUSTED_PROXIES", "0", "how many proxies in front may name the visitor's address"
    )
    site_language: str = _setting(
        "CONSULT_SITE_LANGUAGE", "en", "the site's own language: its addresses have no prefix"
    )
    time_zone: str = _setting("CONSULT_TIME_ZONE", "Europe/London", "the zone of opening and closing times")
    settle_at: str = _setting("CONSULT_SETTLE_AT", "03:00", "local time of the daily sweep, HH:MM")
    urgent_days: int = _setting(
        "CONSULT_URGENT_DAYS", "90", "days after which comments that somebody asked to be read at once are deleted"
    )
    tablet_quiet: int = _setting(
        "CONSULT_TABLET_QUIET", "60", "seconds without a touch until a shared tablet asks, and again until it wipes"
    )
    freepost: str = _setting(
        "CONSULT_FREEPOST", "", "where paper forms are sent without a stamp; empty means the organisation's address"
    )
    site_url: str = _setting(
        "CONSULT_SITE_URL", "", "public address of the site, for links on paper; empty means as asked for"
    )
    mail_url: str = _setting(
        "CONSULT_MAIL_URL",
        "",
        "mail server, smtp://user:password@host:587; empty: printed in development, not sent in production",
    )
    answer_days: int = _setting(
        "CONSULT_ANSWER_DAYS", "10", "working days within which formats asked for are sent and questions answered"
    )
    contact_days: int = _setting(
        "CONSULT_CONTACT_DAYS", "90", "days after closing until we forget how to reach people who wrote to us by name"
    )
    notify_key: str = _setting(
        "CONSULT_NOTIFY_KEY", "", "API key of GOV.UK Notify, which then sends all e-mail; empty: not used"
    )
    notify_template: str = _setting(
        "CONSULT_NOTIFY_TEMPLATE",
        "",
        "the template's ID at GOV.UK Notify; its subject is ((subject)), its message ((body))",
    )
    notify_url: str = _setting(
        "CONSULT_NOTIFY_URL", "https://api.notifications.service.gov.uk", "where GOV.UK Notify is asked"
    )
    notify_callback: str = _setting(
        "CONSULT_NOTIFY_CALLBACK",
        "",
        "bearer token with which GOV.UK Notify tells /notify/callback what became of messages; empty: we only ask",
    )
    mail_sender: str = _setting("CONSULT_MAIL_SENDER", "consult@localhost", "the address that e-mail comes from")

    @property
    def production(self) -> bool:
        """Whether this is the live site."""
        return self.env == "production"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check them; raises BadSettings with a sentence that names the setting."""
        environ = os.environ if environ is None else environ
        given = {one.name: environ.get(one.metadata["name"], "") or one.metadata["default"] for one in fields(cls)}
        if given["env"] not in ("development", "production"):
            raise BadSettings("CONSULT_ENV must be development or production.")
        production = given["env"] == "production"
        instance = _path(given["instance"])
        values: dict[str, Any] = {
            **given,
            "instance": instance,
            "database_url": given["database_url"] or f"sqlite:///{instance / 'consult.sqlite3'}",
            "box_keys": _path(given["box_keys"]) if given["box_keys"] else instance / "box",
            "files": _path(given["files"]) if given["files"] else instance / "files",
            "signing_key": _path(given["signing_key"]) if given["signing_key"] else instance / "signing_key",
            "min_group": _number(given["min_group"], "CONSULT_MIN_GROUP", least=10 if production else 2),
            "answer_days": _number(given["answer_days"], "CONSULT_ANSWER_DAYS", least=1),
            "contact_days": _number(given["contact_days"], "CONSULT_CONTACT_DAYS", least=1),
            "urgent_days": _number(given["urgent_days"], "CONSULT_URGENT_DAYS", least=1),
            "tablet_quiet": _number(given["tablet_quiet"], "CONSULT_TABLET_QUIET", least=20 if production else 1),
            "trusted_proxies": _number(given["trusted_proxies"], "CONSULT_TRUSTED_PROXIES", least=0),
        }
        if bool(given["notify_key"]) != bool(given["notify_template"]):
            raise BadSettings("CONSULT_NOTIFY_KEY and CONSULT_NOTIFY_TEMPLATE go together: set both or none.")
        if not NOTIFY_KEY.fullmatch(given["notify_key"]):
            raise BadSettings("CONSULT_NOTIFY_KEY is not a key of GOV.UK Notify: a name and two long codes.")
        if not given["notify_url"].startswith("https://") and production:
            raise BadSettings("CONSULT_NOTIFY_URL must begin with https:// in production.")
        if 0 < len(given["notify_callback"]) < 20:
            raise BadSettings("CONSULT_NOTIFY_CALLBACK must have 20 characters or more.")
        if given["rate_limits"] not in ("on", "off"):
            raise BadSettings("CONSULT_RATE_LIMITS must be on or off.")
        if production and given["rate_limits"] == "off":
            raise BadSettings("CONSULT_RATE_LIMITS cannot be off in production.")
        values["rate_limits"] = given["rate_limits"] == "on"
        if given["proof_of_work"] not in ("on", "off"):
            raise BadSettings("CONSULT_PROOF_OF_WORK must be on or off.")
        values["proof_of_work"] = given["proof_of_work"] == "on"
        if values["signing_key"].is_relative_to(values["files"]):
            raise BadSettings("CONSULT_SIGNING_KEY must not lie in the folder of files: it would be in every backup.")
        if values["database_url"].startswith("postgres"):
            scheme, _, rest = values["database_url"].partition("://")
            values["database_url"] = (
                f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else values["database_url"]
            )
        if not given["secret_key"]:
            if production:
                raise BadSettings("CONSULT_SECRET_KEY is required in production.")
            values["secret_key"] = _kept_secret(instance)
        return cls(**values)


def _path(text: str) -> Path:
    path = Path(text).expanduser()
    return path if path.is_absolute() else ROOT / path


def _number(text: str, name: str, *, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        raise BadSettings(f"{name} must be a whole number.") from None
    if number < least:
        raise BadSettings(f"{name} must be {least} or more.")
    return number


def _kept_secret(instance: Path) -> str:
    instance.mkdir(parents=True, exist_ok=True)
    file = instance / "secret_key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        secret = secrets.token_urlsafe(48)
        opened.write(secret)
    return secret
