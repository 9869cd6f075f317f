"""Errors, sorted by who can act on them. Every message names the thing, the place and the next step."""

from __future__ import annotations


class RapportError(Exception):
    """Anything that Rapport raises on purpose; the surface shows its text."""


class ModelUnavailable(RapportError):
    """The language model cannot be reached, was interrupted or is not ready: the turn goes on by rules."""


class ModelSetup(RapportError):
    """The model's files or runtime are not in order: the operator acts."""


class BadInput(RapportError):
    """The person's message or the caller's argument cannot be used as it is."""


class Conflict(RapportError):
    """The session was changed elsewhere since it was read: load it again."""
