"""Whether something learned may be used: it must be clearly better on held-out cases, and worse for no large group.

Cases are compared one by one, before and after, and whole people (queries, talks) are drawn again, since what one person
does resembles itself. tests/test_registry.py works it out on made-up cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from pydantic import Field

from bot.check.evaluate.measures import Difference, difference, mean_of
from vectorstore.item import Frozen

LARGE = 20  # cases that make a group large enough to be judged by
MATERIAL = 0.02  # a group that loses so much is worse off, whether or not chance could have done it


class Judged(Frozen):
    """What the gate found."""

    passed: bool
    said: str  # in a sentence, for `rapport models list`
    cases: int
    before: float
    after: float
    change: Difference
    groups: dict[str, Difference] = Field(default_factory=dict)


def judge(
    before: Sequence[float],
    after: Sequence[float],
    whose: Sequence[str],
    groups: Mapping[str, npt.NDArray[np.bool_]] | None = None,
    seed: int = 0,
) -> Judged:
    """Figures of the same cases before and after. `groups` say which cases belong to each."""
    first, second = mean_of(list(after), list(whose)), mean_of(list(before), list(whose))
    change = difference(first, second, seed)
    apart: dict[str, Difference] = {}
    worse = []
    for name, inside in (groups or {}).items():
        rows: list[int] = np.flatnonzero(inside).tolist()
        if len(rows) < LARGE:
            continue
        mine = [whose[row] for row in rows]
        parts = [mean_of([values[row] for row in rows], mine) for values in (after, before)]
        apart[name] = difference(parts[0], parts[1], seed)
        if apart[name].high < 0 or apart[name].value < -MATERIAL:
            worse.append(f"{name} ({apart[name].value:+.3f} over {len(rows):,} cases)")
    told = f"{second.value():.3f} to {first.value():.3f} ({change.value:+.3f} [{change.low:+.3f}, {change.high:+.3f}])"
    if change.low <= 0:
        said = f"not clearly better: {told}"
    elif worse:
        said = f"better, {told}, but worse for {', '.join(worse)}"
    else:
        said = f"better: {told}"
    passed = change.low > 0 and not worse
    return Judged(
        passed=passed, said=said, cases=len(before), before=second.value(), after=first.value(), change=change, groups=apart
    )
