"""What the tests of the API share: reading a stream of events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sent:
    """One event of a stream."""

    name: str
    id: str
    data: Any


def sent_events(text: str) -> list[Sent]:
    """The events of a whole stream, by the rules of the HTML standard; comments are left out."""
    events = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        fields: dict[str, str] = {}
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            if name:
                value = value.removeprefix(" ")
                fields[name] = f"{fields[name]}\n{value}" if name in fields else value
        if "data" in fields:
            events.append(Sent(fields.get("event", "message"), fields.get("id", ""), json.loads(fields["data"])))
    return events


def events_of(answer: Any) -> list[Sent]:
    """The events of an answer that must be a stream."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    return sent_events(answer.text)
