"""What a run of an evaluation leaves: one shape for all of them, a page, the history over versions, and comparisons."""

from bot.check.results.result import Curve, Figure, Result, Table, interval, version

__all__ = ["Curve", "Figure", "Result", "Table", "interval", "version"]
