"""How the tests run: cycles in memory are looked for as seldom as in a command (see `kitei.cli.main`)."""

import gc

gc.set_threshold(100_000, 50, 50)
