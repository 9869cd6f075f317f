"""What is kept between turns and between starts."""

from bot.memory.inbox import Inbox
from bot.memory.sessions import Behaviour, Kept, Memory, Recorded

__all__ = ["Behaviour", "Inbox", "Kept", "Memory", "Recorded"]
