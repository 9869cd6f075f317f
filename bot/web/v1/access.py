"""Who calls: a site by its key and origin, a person by the identity that the site signs, an admin. `tests/test_api_access.py`.

There are no cookies, so another site can do nothing in a person's name; origins are checked here, on the server, too.
`caller` and `admin` are FastAPI dependencies; `cors` is for the whole server, so that the page keeps to the same list.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.errors import RapportError
from bot.keys import ADMIN, SITE, KeyFile, Site, origin, place
from bot.settings import Settings
from bot.web.v1.problems import Problem

if TYPE_CHECKING:
    from bot.web.v1.limits import Limits

SITE_HEADER, IDENTITY_HEADER, SESSION_HEADER = "X-Rapport-Site", "X-Rapport-Identity", "X-Rapport-Session"
LEEWAY = 30  # seconds that the clocks of a shop and of this server may differ
LONGEST_NAME = 200  # characters of a person's subject


@dataclass(frozen=True)
class Caller:
    """Who calls. Empty: unknown."""

    site: str = ""  # the site's name; "": this server's own page, or a program
    person: str = ""  # the subject of the identity that the site signed
    admin: bool = False
    address: str = ""  # the network address, for counting


class Access:
    """What `sites.yaml` and the setting `allowed_origins` allow, as they stand now, and how much."""

    def __init__(self, settings: Settings) -> None:
        from bot.web.v1.limits import Limits

        self.settings = settings
        self.file = KeyFile(place(settings))
        self.limits: Limits = Limits(settings)

    def origins(self) -> frozenset[str]:
        """Every origin that may call from a browser, with whichever key."""
        return frozenset((*self.settings.allowed_origins, *(o for site in self.file.keys().sites for o in site.origins)))

    def catalogue_of(self, by: Caller) -> str:
        """The catalogue of the caller's site; "" when it has none."""
        return next((site.catalogue for site in self.file.keys().sites if site.name == by.site), "")

    def is_admin(self, authorization: str) -> bool:
        """Whether the value of an `Authorization` header holds an admin's key."""
        kind, _, key = authorization.partition(" ")
        return kind.lower() == "bearer" and self.file.keys().admin(key.strip()) is not None

    def counted(self, request: Request) -> Caller:
        """Who sends this request, which is counted. Problem 429 over the limit, else as `caller`."""
        try:
            by = self.caller(request)
        except Problem:
            self.limits.call(Caller(address=_address(request)))  # who tries keys and signatures
            raise
        self.limits.call(by)
        return by

    def caller(self, request: Request) -> Caller:
        """Who sends this request. Problem 401 or 403 for who may not."""
        headers = request.headers
        bearer = _bearer(headers.get("authorization", ""))
        key = headers.get(SITE_HEADER.lower(), "") or (bearer if bearer.startswith(SITE) else "")
        site = self._site(key) if key else None
        self._check_origin(request, site)
        person = self._person(headers.get(IDENTITY_HEADER.lower(), ""), site)
        admin = bearer.startswith(ADMIN)
        if admin and self.file.keys().admin(bearer) is None:
            raise _no_admin("This admin key is not known here (any more). A new one: rapport key admin NAME")
        return Caller(site.name if site else "", person, admin, _address(request))

    def admin(self, request: Request) -> Caller:
        """The same, for what only an admin may do."""
        by = self.counted(request)
        if not by.admin:
            raise _no_admin("Send an admin key: Authorization: Bearer rk_… The operator makes one: rapport key admin NAME")
        return by

    def _site(self, key: str) -> Site:
        site = self.file.keys().site(key)
        if site is None:
            raise Problem(401, "unknown-key", "The key is not known here", "No site has this key. See: rapport key list")
        return site

    def _check_origin(self, request: Request, site: Site | None) -> None:
        sent = request.headers.get("origin")
        if sent is None:
            if site is None or site.programs or request.headers.get("sec-fetch-site") == "same-origin":
                return
            raise Problem(
                403, "origin-needed", "A site's key is for browsers",
                f"The key of the site {site.name!r} came without an Origin, so not from a browser. A program calls without the "
                f"key; or allow it: rapport key site {site.name} --programs",
            )  # fmt: skip
        allowed = self.settings.allowed_origins
        if _same(sent, request.headers.get("host", "")) or sent in allowed or "*" in allowed:
            return
        if site is not None and sent in site.origins:
            return
        raise Problem(403, "origin-not-allowed", "This site may not call here", _add(sent, site, sent in self.origins()))

    def _person(self, token: str, site: Site | None) -> str:
        """Whom the identity names. Problem 401 for one that is not valid."""
        if not token:
            return ""
        if site is None:
            raise Problem(
                401, "key-needed", "Whose signature?", f"Send the key of the site that signed the identity: {SITE_HEADER}."
            )
        if site.identity is None:
            raise Problem(
                401, "identity-not-expected", "This site signs no identities",
                f"Tell the server how the site {site.name!r} signs: rapport key site {site.name} --identity HS256",
            )  # fmt: skip
        import jwt

        identity = site.identity
        key = identity.key(self.file.path.parent)
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[identity.algorithm],
                issuer=identity.issuer or None,
                audience=identity.audience or None,
                leeway=LEEWAY,
                options={"require": ["exp", "sub"], "verify_aud": bool(identity.audience)},
            )
        except jwt.ExpiredSignatureError:
            raise _no_identity("identity-expired", "It has expired. The shop signs a new one for its signed-in person.") from None
        except jwt.InvalidAlgorithmError:
            detail = f"It is not signed by {identity.algorithm}, as this site's are. The shop signs it so."
            raise _no_identity("identity-not-valid", detail) from None
        except jwt.InvalidSignatureError:
            detail = "Its signature is not the site's. The shop signs with the secret or the key that the server knows."
            raise _no_identity("identity-not-valid", detail) from None
        except jwt.MissingRequiredClaimError as error:
            raise _no_identity("identity-not-valid", f"It lacks the claim `{error.claim}`. Needed: sub, exp.") from None
        except (jwt.InvalidKeyError, TypeError) as error:  # the operator's key, not the visitor's identity
            raise RapportError(f"The key of the site {site.name!r} in {self.file.path.name} cannot be used: {error}.") from error
        except (jwt.InvalidTokenError, ValueError) as error:  # ValueError: what is no text of a token at all
            told = type(error).__name__.removesuffix("Error")
            detail = f"It cannot be used ({told}). It is a JWT with sub, exp, and the issuer and audience that were agreed."
            raise _no_identity("identity-not-valid", detail) from None
        person = claims["sub"].strip() if isinstance(claims["sub"], str) else ""
        if not 0 < len(person) <= LONGEST_NAME:
            raise _no_identity("identity-not-valid", f"Its `sub` is text of 1 to {LONGEST_NAME} characters.")
        return str(person)


class _Allowed(Collection[str]):
    """The origins as they stand at the moment of asking."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def __contains__(self, asked: object) -> bool:
        return asked in self._access.origins()

    def __iter__(self) -> Iterator[str]:
        return iter(self._access.origins())

    def __len__(self) -> int:
        return len(self._access.origins())


def cors(access: Access) -> dict[str, Any]:
    """For `app.add_middleware(CORSMiddleware, **cors(access))`: Gradio leaves origins to it when it is exactly that class."""
    return {
        "allow_origins": _Allowed(access),
        "allow_methods": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        "allow_headers": ["*"],  # nothing is sent by itself (no cookies), so each header was meant
        "expose_headers": ["Location", "ETag", "Retry-After"],
        "max_age": 600,
    }


# As arguments, the headers are in the OpenAPI document.
_SiteKey = Annotated[str | None, Header(alias=SITE_HEADER, description="the key of the site that calls", examples=["site_…"])]
_Signed = Annotated[str | None, Header(alias=IDENTITY_HEADER, description="who is signed in at the site: a JWT that it signed")]
_bearer_of = HTTPBearer(scheme_name="admin", description="an admin key: rapport key admin NAME", auto_error=False)


def caller(request: Request, site_key: _SiteKey = None, signed: _Signed = None) -> Caller:
    """Who calls, of every route. Problem 401, 403, 429."""
    access: Access = request.app.state.served.access
    return access.counted(request)


def admin(request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer_of)]) -> Caller:
    """An admin, of routes that change catalogues. Problem 401, 403, 429."""
    access: Access = request.app.state.served.access
    return access.admin(request)


def _bearer(authorization: str) -> str:
    kind, _, key = authorization.partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""


def _same(sent: str, host: str) -> bool:
    """Whether an Origin is the server that was asked. A proxy may have taken TLS off, so the scheme does not count."""
    return bool(host) and urlsplit(sent).scheme in ("http", "https") and urlsplit(sent).netloc.lower() == host.lower()


def _add(sent: str, site: Site | None, known: bool) -> str:
    """What to do about an origin that is not allowed."""
    try:
        named = origin(sent)
    except ValueError:
        return "The Origin is none that can be allowed (a local file, or a page kept from its site). Call from the site itself."
    if known and site is None:
        return f"{named} may call with its site's key. Send it: {SITE_HEADER}."
    name = site.name if site else "NAME"
    return f"{named} is not on the list. The operator adds it: rapport key site {name} --origin {named}"


def _no_admin(detail: str) -> Problem:
    return Problem(401, "admin-key-needed", "This is for admins", detail, headers={"WWW-Authenticate": "Bearer"})


def _no_identity(slug: str, detail: str) -> Problem:
    return Problem(401, slug, "The identity is not accepted", f"{IDENTITY_HEADER}: {detail}")


def _address(request: Request) -> str:
    """The address to count by: of IPv6 the network that one household has."""
    address = request.client.host if request.client else ""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else address
