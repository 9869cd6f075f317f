"""A shop's own system, for the tests of its service: the orders it knows, what it was asked, and how it answers."""

from __future__ import annotations

import hashlib
import hmac
import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from bot.service import SIGNED, Answer

LOYAL = Answer(words=("loyalty card", "会员卡"), en="Every tenth coffee is free.", zh="第十杯咖啡免费。")
ORDERS: dict[str, Any] = {
    "A-10422": {"status": "sent", "expected": "2026-12-01", "note": {"en": "It left Leeds this morning."}},
    "77123": {"status": "delivered", "items": ["trail", "steel"]},
}


class ShopSystem:
    """What the shop's own system was asked, and how it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, Any], str]] = []
        self.status, self.address = 200, ""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        told = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                said = json.loads(body)
                signed = self.headers.get(SIGNED, "")
                if signed:
                    moment = signed.split(",")[0][2:]
                    right = hmac.new(b"s" * 32, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
                    assert signed == f"t={moment},v1={right}"
                told.asked.append((said, signed))
                known = ORDERS.get(said.get("order", "")) if "order" in said else {}
                if known is not None and said.get("wish"):
                    known = {**known, "arranged": said["wish"], "note": {"en": "It leaves today.", "zh": "今天寄出。"}}
                data = json.dumps(known).encode()
                self.send_response(told.status if known is not None else 404)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        return Handler
