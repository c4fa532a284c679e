# make run: set up and answer the DMM Bitcoin question in three worlds.  make test: set up and pass every test.
# make bench: how fast, side by side in one run (`make --silent bench > page.md` keeps the tables); never part of a test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DMM := statutes/jp/examples/dmm.facts.yaml

# Compiled modules are kept whatever the environment says: each command started here would compile all it loads anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test bench lint types check fmt schema fuzz agree clean

$(VENV)/.ready: pyproject.toml
	@echo "setting up: this takes most of a minute, once"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore --editable '.[dev]'
	@touch $@
	@echo "set up; \`. $(BIN)/activate\` puts kitei on the path of a terminal"

run: $(VENV)/.ready
	@echo; echo "== 1. The law then in force (2024-05-31)"; echo
	@$(BIN)/kitei run $(DMM) --on 2024-05-31 --known-on 2026-11-22 --world current --depth 1 --goal segregate_user_crypto --goal keep_user_crypto_low_risk
	@echo; echo "Two duties of those asked about. All of them: kitei run $(DMM) --known-on 2026-11-22; every step: the same with --depth 3."
	@echo; echo "== 2. The enacted reform, its text pinned to an assumed commencement day"; echo
	@$(BIN)/kitei run $(DMM) --on 2024-05-31 --text-on 2027-06-01 --known-on 2026-11-22 --world enacted
	@echo; echo "== 3. The press account of November 2025"; echo
	@$(BIN)/kitei run $(DMM) --on 2024-05-31 --text-on 2025-11-25 --known-on 2026-11-22 --world seed-article

# Neighbouring tests share what they load, so they stay on one worker until another has nothing left (worksteal).
test: lint types check
	$(BIN)/python -m pytest -n auto --dist worksteal

bench: $(VENV)/.ready
	@PYTHONPATH=tests $(BIN)/python -m bench

lint: $(VENV)/.ready
	$(BIN)/ruff check dsl engine tests
	$(BIN)/ruff format --check dsl engine tests

types: $(VENV)/.ready
	$(BIN)/mypy

check: $(VENV)/.ready
	$(BIN)/kitei check
	$(BIN)/kitei fmt --check statutes

fmt: $(VENV)/.ready
	$(BIN)/kitei fmt statutes
	$(BIN)/ruff format dsl engine tests

# Hostile input by chance, and agreement on random law: N inputs or programs, going on where the last run stopped.
fuzz: N ?= 20000
fuzz: $(VENV)/.ready
	$(BIN)/python tests/fuzz.py --inputs $(N)

agree: N ?= 3000
agree: $(VENV)/.ready
	$(BIN)/python tests/agree.py --programs $(N)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .fuzz dist build
