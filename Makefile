# `make run` and `make test` are all a newcomer types; each sets up what it needs in .venv.
PYTHON ?= python3.11
# Other extras to install: make EXTRAS=dev,semantic run
EXTRAS ?= dev
VENV := .venv
BIN := $(VENV)/bin
comma := ,
READY := $(VENV)/.ready-$(subst $(comma),-,$(EXTRAS))

.PHONY: run test check bench clean

run: $(READY)
	$(BIN)/kb index
	$(BIN)/kb serve --edition both --watch

test: $(READY)
	$(BIN)/pytest -n 2

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/kb check
	$(BIN)/pytest -n 2

bench: $(READY)
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf $(VENV) var/editions var/*.json build dist  # not var/records: nothing makes them again

$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Firstline needs Python 3.11 or newer: install it, or name yours with 'make PYTHON=python3.12 …'"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[$(EXTRAS)]'
	@touch $@
