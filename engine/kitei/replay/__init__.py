"""Replay: a second, small reader of the semantics that accepts an answer only if every step of it follows.

It trusts the compiled ruleset, the facts and itself. With the evaluator it shares only what values are, the core, the
table of holidays, the reader of facts and the reading of addresses; logic, arithmetic, periods, versions,
resolution and the table of statuses are its own. `check` is the order of the whole; `rules` the twelve kinds.
"""

from kitei.replay.check import Refusal, read_answer, replay
from kitei.replay.shape import MAX_SIZE

__all__ = ["MAX_SIZE", "Refusal", "read_answer", "replay"]
