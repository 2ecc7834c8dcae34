# Every command of the project. `make run` and `make test` need only Python 3.11+, pip, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup setup-test run test check fmt fmt-check lint types imports bench clean

setup: $(VENV)/.runtime ## make .venv with what Holdspace needs to run
setup-test: $(VENV)/.dev

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the packages Holdspace needs (once) ..."
	$(BIN)/python -m pip install --quiet -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet -r requirements/dev.txt
	@touch $@

run: setup ## start Holdspace with the demo practice on http://127.0.0.1:8000
	$(BIN)/holdspace serve --demo

test: setup-test ## all tests, browser tests included
	$(BIN)/python tests/browser.py
	$(BIN)/python -m pytest

check: fmt-check lint types imports test ## what CI runs

fmt: setup-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
fmt-check: setup-test
	$(BIN)/ruff format --check .
lint: setup-test
	$(BIN)/ruff check .
types: setup-test
	$(BIN)/mypy
imports: setup-test
	$(BIN)/lint-imports

bench: setup ## speed, in an environment of its own (needs torch)
	@test -x build/bench/bin/python || $(PYTHON) -m venv build/bench
	build/bench/bin/python -m pip install --quiet -r requirements/bench.txt
	build/bench/bin/python -m pip install --quiet --no-deps -e .
	build/bench/bin/python -m benchmarks.reading

clean:
	rm -rf build .mypy_cache .ruff_cache .pytest_cache
