"""A message by e-mail, plain text, over SMTP."""

import smtplib
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from ssl import create_default_context
from urllib.parse import unquote, urlsplit

from vacatur.errors import UserError
from vacatur.parties import clean
from vacatur.watch.delivery import DeliveryError, Message
from vacatur.watch.words import details, headline

MOST_SECONDS = 30.0
MOST_NOTICES = 200
"""Notices written out in one mail; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A channel to one e-mail address, through a server given as `smtp://user:password@host:port` or `smtps://…`.

    With `smtp`, the connection is encrypted where the server offers it; a password never goes over one that is not.
    """

    to: str
    server: str
    sender: str

    def __post_init__(self) -> None:
        for address in (self.to, self.sender):
            try:
                if not Address(addr_spec=address).domain:
                    raise ValueError
            except (ValueError, IndexError):
                raise UserError(f"not an e-mail address: {address!r}") from None
        if urlsplit(self.server).scheme not in ("smtp", "smtps") or not urlsplit(self.server).hostname:
            raise UserError("the mail server is given as smtp://host:port or smtps://user:password@host:port")

    @property
    def name(self) -> str:
        """What it is called on record."""
        return f"mail {self.to}"

    def deliver(self, message: Message) -> None:
        """Send it; see `delivery.Channel`."""
        try:
            with self._connected() as server:
                server.send_message(letter(message, self.sender, self.to))
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"{self.name}: {clean(str(error)) or type(error).__name__}") from None

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.server)
        host, context = parts.hostname or "", create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=MOST_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=MOST_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            elif parts.username:
                server.close()
                raise DeliveryError(f"{self.name}: {host} offers no encryption, so no password is sent")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server


def letter(message: Message, sender: str, to: str) -> EmailMessage:
    """The mail; its Message-ID is that of the message, so that one sent again is known as the same."""
    mail = EmailMessage()
    first = headline(message.notices[0].kind, message.notices[0].data)
    more = f" and {len(message.notices) - 1} more" if len(message.notices) > 1 else ""
    mail["Subject"] = clean(f"Vacatur: {first[:120]}{more}")
    mail["From"], mail["To"] = sender, to
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    lines = [f"Run {message.run.id} of {message.run.at}, register transaction {message.run.transaction}.", ""]
    for notice in message.notices[:MOST_NOTICES]:
        lines.append(clean(headline(notice.kind, notice.data)))
        lines += [f"    {clean(line)}" for line in details(notice.kind, notice.data)]
        lines.append("")
    if len(message.notices) > MOST_NOTICES:
        lines.append(f"… and {len(message.notices) - MOST_NOTICES} more: vacatur watch runs --run {message.run.id}")
    mail.set_content("\n".join(lines))
    return mail
