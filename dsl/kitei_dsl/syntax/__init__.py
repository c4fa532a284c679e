"""The surface tree: one class per grammar rule, frozen, each with its span; identity equality.

A word rule (`modality`, `quantifier`, …) becomes a plain string. `same(a, b)` compares two trees ignoring
spans. Nothing here knows what anything means; `children` and `walk` are derived from the fields.
"""

# One name for the tree: whoever uses it writes `syntax.Norm`, wherever the class is kept.
# ruff: noqa: F403
from kitei_dsl.syntax.declarations import *
from kitei_dsl.syntax.expressions import *
from kitei_dsl.syntax.file import *
from kitei_dsl.syntax.node import *
from kitei_dsl.syntax.provisions import *
