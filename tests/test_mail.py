"""A conversation is mailed to a real SMTP server on this machine: with a login, over TLS, and what is said when it fails."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from bot.errors import RapportError
from bot.mail import Mail
from bot.service import Desk, hand_over, read_desks
from bot.state import Reading, Session, Turn

READ = Reading(act="chat", language="zh")
TOLD = Turn(number=1, user="帐篷到货时破了，订单 77123", reply="很抱歉。要转给人工吗？", reading=READ)
TALK = Session(id="Zk3vN0b9pQeT", catalogue="shop", language="zh", turns=(TOLD,))


class Box:
    """What the server was given; it refuses one address."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.private: list[bool] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("nobody@"):
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.private.append(session.ssl is not None)
        return "250 OK"

    def login(self, _server: SMTP, _session: Any, _envelope: Any, _way: str, data: Any) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"open sesame", handled=False)


Start = Callable[..., int]


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def start(box: Box) -> Iterator[Start]:
    """Starts a server for the box; gives its port."""
    running: list[Controller] = []

    def started(**more: Any) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        running.append(Controller(box, hostname="127.0.0.1", port=port, **more))
        running[-1].start()
        return port

    yield started
    for controller in running:
        controller.stop(no_assert=True)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that it signed itself, and its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def given(port: int, contact: str = "ann@example.com", *, to: str = "service@shop.example", **more: Any) -> None:
    mail = Mail(to=to, sender="rapport@shop.example", server=f"localhost:{port}", **more)
    hand_over(Desk(person=mail), TALK, contact, consent=True)


def test_the_mail_has_the_transcript_and_is_answered_to_the_customer(start: Start, box: Box) -> None:
    given(start(decode_data=False, enable_SMTPUTF8=False))
    [mail] = box.mails
    assert (mail["From"], mail["To"]) == ("rapport@shop.example", "service@shop.example")
    assert mail["Subject"] == "A customer asks for a person (shop, Zk3vN0b9)"
    assert mail["Reply-To"] == "ann@example.com"
    assert mail["Date"] and mail["Message-ID"].endswith("@shop.example>")
    text = mail.get_content().replace("\r\n", "\n")
    assert "Contact: ann@example.com" in text
    assert "Customer: 帐篷到货时破了，订单 77123\n\nRapport: 很抱歉。要转给人工吗？" in text
    assert mail.as_bytes().isascii()


@pytest.mark.parametrize(
    "contact",
    ["ann@example.com\r\nBcc: all@shop.example", "ann@example.com\nSubject: won", "ann@example.com, all@shop.example",
     "Ann <ann@example.com>", "安@例子.cn", "+44 20 7946 0958", ""],
)  # fmt: skip
def test_a_contact_that_is_no_plain_address_changes_no_header(start: Start, box: Box, contact: str) -> None:
    given(start(), contact)
    [mail] = box.mails
    assert mail["Reply-To"] is None and mail["Bcc"] is None
    assert mail.get_all("Subject") == ["A customer asks for a person (shop, Zk3vN0b9)"]
    assert mail["To"] == "service@shop.example"
    assert "Contact: " + ((contact.split() or ["not given"])[0]) in mail.get_content()


def test_it_logs_in_over_starttls(
    start: Start, box: Box, tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("MAIL_PASSWORD", "open sesame")
    port = start(tls_context=tls, require_starttls=True, authenticator=box.login, auth_required=True)
    account = {"user": "rapport", "password_env": "MAIL_PASSWORD"}
    given(port, security="starttls", **account)
    assert box.logins == [(b"rapport", b"open sesame")] and box.private == [True]
    monkeypatch.setenv("MAIL_PASSWORD", "guessed")
    with pytest.raises(RapportError, match=r"refuses the login of rapport; check `user`.* MAIL_PASSWORD") as told:
        given(port, security="starttls", **account)
    assert "guessed" not in str(told.value)
    monkeypatch.delenv("MAIL_PASSWORD")
    with pytest.raises(RapportError, match=r"MAIL_PASSWORD.*is empty"):
        given(port, security="starttls", **account)
    assert len(box.mails) == 1


def test_a_line_that_is_private_from_the_start(
    start: Start, box: Box, tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = start(ssl_context=tls)
    with pytest.raises(RapportError, match="certificate is not trusted"):
        given(port, security="tls")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    given(port, security="tls")
    assert len(box.mails) == 1


def test_nothing_is_sent_where_starttls_is_asked_for_and_the_server_has_none(start: Start, box: Box) -> None:
    with pytest.raises(RapportError, match="cannot do what `security: starttls`"):
        given(start(), security="starttls")
    assert box.mails == []


def test_a_certificate_that_nobody_vouches_for_is_refused(start: Start, box: Box, tls: ssl.SSLContext) -> None:
    with pytest.raises(RapportError, match=r"certificate is not trusted.*SSL_CERT_FILE"):
        given(start(tls_context=tls), security="starttls")
    assert box.mails == []


def test_a_refused_recipient_and_a_server_that_is_not_there(start: Start, box: Box) -> None:
    with pytest.raises(RapportError, match=r"no mail for nobody@shop\.example; check `to` \(550 No such mailbox\).*try again"):
        given(start(), to="nobody@shop.example")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(RapportError, match=f"localhost:{port}: it cannot be reached; check `server`"):
        given(port)
    assert box.mails == []


@pytest.mark.parametrize(
    ("server", "security", "secured"),
    [("mail:25", "", "none"), ("mail:587", "", "starttls"), ("mail:465", "", "tls"), ("mail:2525", "tls", "tls"),
     ("mail:587", "none", "none")],
)  # fmt: skip
def test_the_port_says_how_the_line_is_kept_private(server: str, security: Any, secured: str) -> None:
    assert Mail(to="a@b", sender="c@d", server=server, security=security).secured == secured


@pytest.mark.parametrize(
    ("part", "advice"),
    [("server: 'mail.shop.example:25', user: me, password_env: P", "security: starttls"), ("user: me", "password_env"),
     ("password_env: P", "go together"), ("server: 'mail.shop.example:99999'", "port"), ("password: secret", "password")],
)  # fmt: skip
def test_the_file_is_refused_where_it_cannot_work(tmp_path: Path, part: str, advice: str) -> None:
    path = tmp_path / "service.yaml"
    path.write_text(f"shop:\n  person: {{to: a@b.example, sender: c@d.example, {part}}}\n", "utf-8")
    with pytest.raises(RapportError, match=advice):
        read_desks(path)
