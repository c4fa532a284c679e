"""How the tests run: cycles in memory are looked for as seldom as in a command (see `kitei.cli.main`), and a compiled law is read
from its text once, however many commands of the tests load it: what is read is never changed."""

import gc
from functools import lru_cache
from unittest.mock import patch

from kitei_dsl.codec import decode

gc.set_threshold(100_000, 50, 50)

patch("kitei.ruleset.decode", lru_cache(maxsize=2)(decode)).start()
