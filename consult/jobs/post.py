"""Sending e-mail: by SMTP where a server is set, on the console in development, else not at all."""

from __future__ import annotations

import smtplib
import ssl
import sys
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from consult.config import Settings


class Post(Protocol):
    """Sends one message; raises OSError when it could not."""

    def send(self, *, to: str, subject: str, body: str) -> None:
        """Send it."""


class Console:
    """Prints messages instead of sending them: development only."""

    def send(self, *, to: str, subject: str, body: str) -> None:
        print(f"--- message to {to}: {subject}\n{body}\n---", file=sys.stdout, flush=True)


class Smtp:
    """Sends through the server at `smtp://user:password@host:port` (STARTTLS) or `smtps://…`."""

    def __init__(self, address: str, sender: str) -> None:
        self.parts = urlsplit(address)
        self.sender = sender

    def send(self, *, to: str, subject: str, body: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        host, context = self.parts.hostname or "localhost", ssl.create_default_context()
        try:
            if self.parts.scheme == "smtps":
                server: smtplib.SMTP = smtplib.SMTP_SSL(host, self.parts.port or 465, timeout=30, context=context)
            else:
                server = smtplib.SMTP(host, self.parts.port or 587, timeout=30)
            with server:
                if self.parts.scheme == "smtp" and server.has_extn("starttls"):
                    server.starttls(context=context)
                if self.parts.username:
                    server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
                server.send_message(message)
        except smtplib.SMTPException as error:
            raise OSError(f"the mail server refused: {type(error).__name__}") from None


def post_of(settings: Settings) -> Post | None:
    """How this site sends e-mail; None when it cannot."""
    if settings.mail_url:
        return Smtp(settings.mail_url, settings.mail_sender)
    return None if settings.production else Console()
