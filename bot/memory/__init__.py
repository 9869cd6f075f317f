"""What is kept between turns and between starts."""

from bot.memory.sessions import Memory

__all__ = ["Memory"]
