"""A mailbox that conversations are sent to, and how its server takes mail. `tests/test_mail.py` notices a change.

The password never stands in a file: `password_env` names the environment variable that holds it.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

PATIENCE = 5.0  # seconds that the server may take for each answer
_USUAL = {587: "starttls", 465: "tls"}
_HERE = ("localhost", "127.0.0.1")
_ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w-]+(\.[\w-]+)+", re.A)  # of a contact that an answer can go to


class Mail(BaseModel):
    """A mailbox, and the server that takes mail for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    to: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    sender: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    server: str = Field("localhost:25", pattern=r"^[^\s:]+:\d{1,5}$")
    security: Literal["", "none", "starttls", "tls"] = Field("", description="empty: as the port has it, 587 starttls, 465 tls")
    user: str = ""
    password_env: str = Field("", description="name of the environment variable with the password of `user`")

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of the server."""
        host, _, port = self.server.partition(":")
        return host, int(port)

    @property
    def secured(self) -> str:
        """How the line to the server is kept private: none, starttls or tls."""
        return self.security or _USUAL.get(self.address[1], "none")

    @model_validator(mode="after")
    def _fits(self) -> Mail:
        host, port = self.address
        if not 0 < port < 65536:
            raise ValueError(f"`server` has no port {port}; usual are 587 and 465")
        if bool(self.user) != bool(self.password_env):
            raise ValueError("`user` and `password_env` go together: say both, or neither")
        if self.user and self.secured == "none" and host not in _HERE:
            raise ValueError(f"the password would go to {host} for all to read; say `security: starttls` or `tls`")
        return self


def send(mail: Mail, said: Mapping[str, Any]) -> None:
    """Mail a conversation. OSError says why the server did not take it, and what to do."""
    message = letter(mail, said)
    password = os.environ.get(mail.password_env, "") if mail.user else ""
    if mail.user and not password:
        raise OSError(f"{mail.password_env}, the environment variable of the password of {mail.user}, is empty; set it")
    try:
        with _connected(mail) as server:
            if mail.user:
                server.login(mail.user, password)
            server.send_message(message, mail.sender, [mail.to])
    except (OSError, ValueError) as error:
        raise OSError(f"the mail server {mail.server}: {_advice(mail, error)}") from error


def letter(mail: Mail, said: Mapping[str, Any]) -> EmailMessage:
    """The mail that says it. An answer goes to the customer where the contact is an address."""
    message = EmailMessage()
    message["From"], message["To"] = mail.sender, mail.to
    message["Subject"] = f"A customer asks for a person ({said['catalogue']}, {said['session'][:8]})"
    message["Date"], message["Message-ID"] = localtime(), make_msgid(domain=mail.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # nobody's holiday notice answers it
    contact = str(said["contact"])
    if _ADDRESS.fullmatch(contact):
        message["Reply-To"] = contact
    text = f"Contact: {contact or 'not given'}\nSession: {said['session']}\n\n{said['transcript']}\n"
    message.set_content(text, cte="quoted-printable")  # also for servers that take seven bits alone
    return message


def _connected(mail: Mail) -> smtplib.SMTP:
    host, port = mail.address
    if mail.secured == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=PATIENCE)
    if mail.secured == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _advice(mail: Mail, error: OSError | ValueError) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it refuses the login of {mail.user}; check `user` and the password in {mail.password_env} ({_answer(error)})"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reason = next(iter(error.recipients.values()))
        return f"it takes no mail for {mail.to}; check `to` ({code} {_words(reason)})"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"it takes no mail from {mail.sender}; check `sender`, or log in with `user` ({_answer(error)})"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"it cannot do what `security: {mail.secured}` or `user` need; check both ({error})"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message}); one of your own is trusted by SSL_CERT_FILE"
    if isinstance(error, ssl.SSLError):
        return f"no private line by `security: {mail.secured}`; port 587 needs starttls, 465 tls ({error.reason or error})"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"it hung up; check that `security: {mail.secured}` is right for its port ({error})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {_answer(error)}"
    return f"it cannot be reached; check `server` ({error})"


def _answer(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {_words(error.smtp_error)}"


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
