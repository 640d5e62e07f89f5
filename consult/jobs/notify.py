"""GOV.UK Notify by its documented HTTP interface: one template whose subject and message are what we say."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from consult.jobs.failures import Refused

#: A key ends with the number of the service and the secret, each a UUID.
UUID = 36
SECONDS = 30
LARGEST_REPLY = 1024 * 1024


class Stay(HTTPRedirectHandler):
    """Never carries the key to another address."""

    def redirect_request(self, *_given: Any) -> None:
        """Do not follow."""


class Notify:
    """Sends and asks what became of it; every failure is an OSError without any address in it."""

    def __init__(self, address: str, key: str, template: str) -> None:
        self.address = address.rstrip("/")
        self.secret = key[-UUID:]
        self.service = key[-2 * UUID - 1 : -UUID - 1]
        self.template = template
        self.opener = build_opener(Stay)

    def send(self, *, to: str, subject: str, body: str) -> str | None:
        """Hand a message over; gives its number there."""
        said = self._ask(
            "/v2/notifications/email",
            {
                "email_address": to,
                "template_id": self.template,
                "personalisation": {"subject": subject, "body": body},
            },
        )
        number = said.get("id")
        return number[:80] if isinstance(number, str) and number else None

    def status(self, reference: str) -> str:
        """What became of a message: created, sending, delivered, or one of three failures."""
        return str(self._ask(f"/v2/notifications/{quote(reference, safe='')}").get("status", ""))

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = Request(  # noqa: S310 - the address is a setting
            self.address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"},
        )
        try:
            with self.opener.open(request, timeout=SECONDS) as answer:
                said = json.loads(answer.read(LARGEST_REPLY))
        except HTTPError as error:
            with error:
                wrong = _about_the_address(error)
            if wrong:
                raise Refused("GOV.UK Notify takes no such address") from None
            raise OSError(f"GOV.UK Notify answered {error.code}") from None
        except (HTTPException, ValueError) as error:
            raise OSError(f"GOV.UK Notify could not be understood: {type(error).__name__}") from None
        return said if isinstance(said, dict) else {}

    def _token(self) -> str:
        """A JSON Web Token for the next 30 seconds (RFC 7519, HS256)."""
        head = _part({"typ": "JWT", "alg": "HS256"})
        claims = _part({"iss": self.service, "iat": int(time.time())})
        signed = hmac.new(self.secret.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
        return f"{head}.{claims}.{_base64(signed)}"


def _about_the_address(error: HTTPError) -> bool:
    """Whether a refusal is about the address alone, and not about the key or the template."""
    if error.code != 400:
        return False
    try:
        said = json.loads(error.read(LARGEST_REPLY))
        return any("email_address" in str(one.get("message", "")) for one in said["errors"])
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return False


def _part(said: dict[str, Any]) -> str:
    return _base64(json.dumps(said, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
