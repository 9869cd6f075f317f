"""Who may use this server from outside: sites with their origins, and admins. Kept in `sites.yaml`, written by `rapport key`.

A site's key is public (it stands in the shop's page); what it is worth is the list of origins beside it. An admin's key is
shown once and kept as its SHA-256 only. `tests/test_api_access.py`.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.errors import BadInput, RapportError
from bot.settings import Settings

log = logging.getLogger(__name__)

SITE, ADMIN = "site_", "rk_"
SHORTEST_SECRET = 32  # bytes: as long as the hash that HS256 makes
Algorithm = Literal["HS256", "RS256", "ES256", "EdDSA"]
_HEAD = "# Who may call this server: `rapport key --help`. It may be edited while the server runs; remarks are not kept.\n"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Identity(_Part):
    """How a site signs who its own signed-in people are: JSON Web Tokens, by a shared secret or a public key."""

    algorithm: Algorithm
    secret: str = Field("", description="of HS256, at least 32 bytes; or where it stands: secret_env")
    secret_env: str = ""
    public_key: str = Field("", description="PEM, or the path of a PEM file, beside sites.yaml when it is relative")
    issuer: str = ""
    audience: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Identity:
        if self.algorithm == "HS256":
            if bool(self.secret) == bool(self.secret_env) or self.public_key:
                raise ValueError("HS256 needs `secret` or `secret_env`, one of the two, and no `public_key`")
            if self.secret and len(self.secret.encode()) < SHORTEST_SECRET:
                raise ValueError(f"the secret is shorter than {SHORTEST_SECRET} bytes, so it could be guessed")
        elif not self.public_key or self.secret or self.secret_env:
            raise ValueError(f"{self.algorithm} needs `public_key` and no secret")
        return self

    def key(self, folder: Path) -> str:
        """What a signature is checked with. RapportError when it is not where it should be."""
        if self.secret_env:
            if len((secret := os.environ.get(self.secret_env, "")).encode()) < SHORTEST_SECRET:
                raise RapportError(
                    f"The environment variable {self.secret_env}, which a site in sites.yaml names as its secret, is not set "
                    f"or shorter than {SHORTEST_SECRET} bytes. Set it and start the server again."
                )
            return secret
        if self.secret or self.public_key.lstrip().startswith("-----BEGIN"):
            return self.secret or self.public_key
        try:
            return (folder / self.public_key).read_text("utf-8")
        except OSError as error:
            raise RapportError(f"The public key {self.public_key} that sites.yaml names cannot be read: {error}.") from error


class Site(_Part):
    """A shop's site that may call this server from the browsers of its visitors."""

    key: str = Field(min_length=8)
    name: str = Field(min_length=1, max_length=64)
    origins: tuple[str, ...] = ()
    catalogue: str = ""
    programs: bool = Field(False, description="the key may also be used by programs, which send no Origin")
    identity: Identity | None = None

    @field_validator("origins")
    @classmethod
    def _plain(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(origin(o) for o in given))


class Admin(_Part):
    """Somebody who may change catalogues."""

    name: str = Field(min_length=1, max_length=64)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Keys(_Part):
    """The whole file."""

    sites: tuple[Site, ...] = ()
    admins: tuple[Admin, ...] = ()

    @model_validator(mode="after")
    def _distinct(self) -> Keys:
        for what, said in (("key", [s.key for s in self.sites]), ("name", [s.name for s in self.sites])):
            if len(set(said)) < len(said):
                raise ValueError(f"two sites have the same {what}")
        return self

    def site(self, key: str) -> Site | None:
        """The site of that key."""
        given = key.encode()
        return next((s for s in self.sites if hmac.compare_digest(s.key.encode(), given)), None)

    def admin(self, key: str) -> Admin | None:
        """The admin of that key."""
        given = digest(key)
        return next((a for a in self.admins if hmac.compare_digest(a.sha256, given)), None)


def digest(key: str) -> str:
    """What is kept of an admin's key. It is random and long, so one round of hashing is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def origin(address: str) -> str:
    """The origin of a site as browsers write it. ValueError for what is none."""
    said = address.strip()
    parts = urlsplit(said)
    try:
        port, host = parts.port, (parts.hostname or "").encode("idna" if ":" not in (parts.hostname or "") else "ascii").decode()
    except (ValueError, UnicodeError):
        port, host = None, ""
    if parts.scheme not in ("http", "https") or not host or parts.path not in ("", "/") or parts.query or parts.username:
        raise ValueError(f"{said!r} is not an origin; write scheme, name and port alone: https://shop.example")
    if not re.fullmatch(r"[a-z0-9._:-]+", host):
        raise ValueError(f"{said!r} names no host; every origin is written out, as in https://shop.example")
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")


def place(settings: Settings) -> Path:
    """Where the keys stand."""
    return Path(settings.sites) if settings.sites else Path(settings.data_dir) / "sites.yaml"


def read(path: Path) -> Keys:
    """The keys in a file; none when there is no file. RapportError for a file that is not in order, with the place."""
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        return Keys()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RapportError(f"The keys cannot be read from {path}: {error}") from error
    try:
        return Keys.model_validate(loaded or {})
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise RapportError(f"The keys in {path} are not in order: {wrong}.") from error


class KeyFile:
    """The keys as they stand in the file now: a change counts from the next request on.

    RapportError for a file that is not in order at the start; later the keys before it stay, and the log says why.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._state = self._look()
        self._keys = read(path)

    def keys(self) -> Keys:
        """What the file says."""
        with self._lock:
            if (state := self._look()) != self._state:
                self._state = state
                try:
                    self._keys = read(self.path)
                except RapportError as error:
                    log.error("%s The keys before it stay in force.", error)
            return self._keys

    def _look(self) -> tuple[int, int, int] | None:
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return None
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


def add_site(
    path: Path,
    name: str,
    origins: Sequence[str],
    catalogue: str | None = None,
    programs: bool | None = None,
    identity: Identity | None = None,
) -> Site:
    """A site with a new key; or, when there is one of that name, the same with more origins and what is given anew."""
    with _changed(path) as said:
        old = next((site for site in said["sites"] if site["name"] == name), None)
        site = old or {"key": SITE + secrets.token_urlsafe(18), "name": name}
        given = {"catalogue": catalogue, "programs": programs, "identity": identity and _plain(identity)}
        site.update({key: value for key, value in given.items() if value is not None})
        try:
            site["origins"] = [origin(o) for o in dict.fromkeys((*site.get("origins", ()), *origins))]
            made = Site.model_validate(site)
        except ValueError as error:  # pydantic's, too
            raise BadInput(f"The site {name!r} cannot be kept: {_reason(error)}.") from error
        if old is None:
            said["sites"].append(site)
    return made


def signing(algorithm: str, public_key: Path | None, secret_env: str | None, issuer: str, audience: str) -> Identity:
    """How a site signs, as the command gives it: a secret is made for HS256 when none is named. BadInput otherwise."""
    if public_key is not None and not public_key.is_file():
        raise BadInput(f"There is no file {public_key} with a public key.")
    made = algorithm == "HS256" and not secret_env and public_key is None
    said = {
        "algorithm": algorithm,
        "secret": secrets.token_urlsafe(SHORTEST_SECRET) if made else "",
        "secret_env": secret_env or "",
        "public_key": str(public_key.resolve()) if public_key else "",
        "issuer": issuer,
        "audience": audience,
    }
    import jwt

    try:
        identity = Identity.model_validate(said)
        if public_key:
            jwt.get_algorithm_by_name(identity.algorithm).prepare_key(identity.key(Path()))
    except ValidationError as error:
        raise BadInput(f"Identities cannot be signed so: {_reason(error)}.") from error
    except (jwt.InvalidKeyError, ValueError, TypeError) as error:
        raise BadInput(f"{public_key} is no public key for {algorithm}: {error}.") from error
    return identity


def add_admin(path: Path, name: str) -> str:
    """A new key for an admin, in place of the one they had. It is not kept anywhere: this is the only time it is told."""
    key = ADMIN + secrets.token_urlsafe(32)
    try:
        admin = Admin(name=name, sha256=digest(key))
    except ValidationError as error:
        raise BadInput(f"The admin {name!r} cannot be kept: {_reason(error)}.") from error
    with _changed(path) as said:
        said["admins"] = [a for a in said["admins"] if a["name"] != name] + [_plain(admin)]
    return key


def remove(path: Path, name: str) -> int:
    """Take away the sites and admins of that name; how many there were."""
    with _changed(path) as said:
        before = len(said["sites"]) + len(said["admins"])
        for part in ("sites", "admins"):
            said[part] = [one for one in said[part] if one["name"] != name]
        return before - len(said["sites"]) - len(said["admins"])


@contextmanager
def _changed(path: Path) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The file's content to be changed, written whole or not at all; nobody else may read it, for it holds secrets."""
    from filelock import FileLock

    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        keys = read(path)
        said = {"sites": [_plain(s) for s in keys.sites], "admins": [_plain(a) for a in keys.admins]}
        yield said
        text = _HEAD + yaml.safe_dump(said, sort_keys=False, allow_unicode=True)
        new = path.with_name(f"{path.name}.new")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        read(new)
        os.replace(new, path)


def _plain(part: BaseModel) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_defaults=True)


def _reason(error: ValueError) -> str:
    return "; ".join(e["msg"] for e in error.errors()) if isinstance(error, ValidationError) else str(error)
