"""How good Rapport is, in figures that anybody can repeat: `rapport evaluate NAME --data DIR`. docs/evaluation.md.

`EVALUATIONS` names the module of each; a module has `evaluate(run: Run) -> Outcome`.
"""

from pathlib import Path

OWN_CASES = Path(__file__).parent / "cases"  # shopping cases over the sample shop
EVALUATIONS = {
    "understanding": "bot.check.evaluate.understanding",
    "retrieval": "bot.check.evaluate.retrieval",
    "redial": "bot.check.evaluate.dialogues",
    "opendialkg": "bot.check.evaluate.dialogues",
    "inspired": "bot.check.evaluate.dialogues",
    "constraints": "bot.check.evaluate.shopping",
}
