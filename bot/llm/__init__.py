"""The language model: one seam (`LLM`), and what stands behind it. `open_model` chooses by the settings."""

from __future__ import annotations

from bot.llm.attended import Attended, attended
from bot.llm.line import Place
from bot.llm.model import (
    LLM,
    Asking,
    ModelStatus,
    NoModel,
    Prompt,
    ScriptedLLM,
    ScriptedStream,
    TextStream,
    Usage,
    estimate_tokens,
)
from bot.settings import Settings

__all__ = [
    "LLM",
    "Asking",
    "Attended",
    "ModelStatus",
    "NoModel",
    "Place",
    "Prompt",
    "ScriptedLLM",
    "ScriptedStream",
    "TextStream",
    "Usage",
    "attended",
    "estimate_tokens",
    "open_model",
]


def open_model(settings: Settings, warm: Prompt | None = None) -> LLM:
    """The model that the settings name. Returns at once: fetching and starting go on in the background, see `status`.

    `warm` is a prompt whose beginning all others share; it is read once before the model counts as ready. Raises
    ModelSetup when `settings.model` names nothing that exists. Call `close` at the end.
    """
    if settings.model in ("none", "off", ""):
        return NoModel()
    from bot.llm.weights import is_server

    if is_server(settings.model):
        from bot.llm.remote import RemoteModel

        remote = RemoteModel(settings.model, key=settings.api_key, name=settings.model_name, warm=warm)
        remote.start()
        return remote
    from bot.llm.local import LocalModel

    local = LocalModel(settings, warm)
    local.start()
    return local
