"""`rapport key …`: who may call this server, written into `sites.yaml` (`bot/keys.py`). `tests/test_api_access.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

key = typer.Typer(no_args_is_help=True, help="Who may call this server: sites by origin, admins by key.")


@key.command("site")
def key_site(
    name: Annotated[str, typer.Argument(help="What the site is called here.")],
    origin: Annotated[
        list[str] | None, typer.Option(help="Where its pages are, as in https://shop.example; may be repeated.")
    ] = None,
    catalogue: Annotated[str | None, typer.Option(help="The catalogue that its visitors talk about.")] = None,
    programs: Annotated[
        bool | None, typer.Option("--programs/--no-programs", help="The key may come from programs, too.")
    ] = None,
    identity: Annotated[
        str | None, typer.Option(metavar="ALGORITHM", help="It signs who is signed in: HS256, RS256, ES256 or EdDSA.")
    ] = None,
    public_key: Annotated[Path | None, typer.Option(help="The PEM file that its signatures are checked with.")] = None,
    secret_env: Annotated[
        str | None, typer.Option(help="The environment variable with the secret of HS256; without it one is made.")
    ] = None,
    issuer: Annotated[str, typer.Option(help="The `iss` that its identities carry.")] = "",
    audience: Annotated[str, typer.Option(help="The `aud` that its identities carry.")] = "",
) -> None:
    """Let a site call this server. The same name again adds origins and changes what is given."""
    from bot import keys

    signed = keys.signing(identity, public_key, secret_env, issuer, audience) if identity else None
    where = _place()
    site = keys.add_site(where, name, origin or (), catalogue, programs, signed)
    typer.echo(f"Key of {name}, public, for its pages (X-Rapport-Site): {site.key}")
    typer.echo(f"Origins: {', '.join(site.origins) or 'none yet; add one with --origin'}")
    if signed and signed.secret:
        typer.echo(f"Secret for signing identities, for the shop's own server alone: {signed.secret}")
    typer.echo(f"Kept in {where}", err=True)


@key.command("admin")
def key_admin(name: Annotated[str, typer.Argument(help="Whose key it is. The one they had is no longer valid.")]) -> None:
    """Make a key for changing catalogues. It is shown this once; only its hash is kept."""
    from bot import keys

    where = _place()
    typer.echo(keys.add_admin(where, name))
    typer.echo(f"That is the key of {name}. Send it as `Authorization: Bearer rk_…`. Its hash is kept in {where}", err=True)


@key.command("list")
def key_list() -> None:
    """Say who may call."""
    from bot import keys

    where = _place()
    known = keys.read(where)
    for site in known.sites:
        signs = f", signs by {site.identity.algorithm}" if site.identity else ""
        typer.echo(f"site {site.name}: {site.key}, {' '.join(site.origins) or 'no origin'}{signs}")
    for admin in known.admins:
        typer.echo(f"admin {admin.name}")
    if not known.sites and not known.admins:
        typer.echo(f"Nobody yet: there is nothing in {where}. Begin with: rapport key site NAME --origin https://…")


@key.command("remove")
def key_remove(name: Annotated[str, typer.Argument(help="The name of a site or an admin.")]) -> None:
    """Take a key away; it is refused from the next request on."""
    from bot import keys

    where = _place()
    if not keys.remove(where, name):
        typer.echo(f"There is nobody called {name!r} in {where}. See: rapport key list", err=True)
        raise typer.Exit(1)
    typer.echo(f"{name} may no longer call.")


def _place() -> Path:
    from bot import keys
    from bot.cli import _settings

    return keys.place(_settings())
