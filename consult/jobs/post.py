"""Sending e-mail: by GOV.UK Notify or SMTP where one is set, on the console in development, else not at all."""

from __future__ import annotations

import smtplib
import ssl
import sys
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from consult.config import Settings
from consult.jobs.failures import Busy, Refused
from consult.jobs.notify import Notify


class Post(Protocol):
    """Sends one message; raises OSError when it could not: Refused or Busy where that is about this address alone."""

    def send(self, *, to: str, subject: str, body: str) -> str | None:
        """Send it; gives the number under which the other side will say what became of it, or None."""


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
        try:
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = self.sender, to, subject
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(body)
        except ValueError:
            raise Refused("this is not an address") from None
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
        except smtplib.SMTPRecipientsRefused as error:
            raise _about_address([code for code, _words in error.recipients.values()]) from None
        except smtplib.SMTPDataError as error:
            raise Busy(f"the mail server did not take the message: {error.smtp_code}") from None
        except (smtplib.SMTPNotSupportedError, UnicodeError):
            raise Refused("the mail server takes no address with such letters") from None
        except smtplib.SMTPException as error:
            raise OSError(f"the mail server refused: {type(error).__name__}") from None


#: Full mailboxes and suspected spam are not for ever, whatever the first digit says.
FOR_NOW = (552, 554)


def _about_address(codes: list[int]) -> OSError:
    for_ever = codes and all(500 <= code < 600 and code not in FOR_NOW for code in codes)
    said = f"the mail server refused the address: {', '.join(map(str, codes))}"
    return Refused(said) if for_ever else Busy(said)


def post_of(settings: Settings) -> Post | None:
    """How this site sends e-mail; None when it cannot."""
    if settings.notify_key:
        return Notify(settings.notify_url, settings.notify_key, settings.notify_template)
    if settings.mail_url:
        return Smtp(settings.mail_url, settings.mail_sender)
    return None if settings.production else Console()
