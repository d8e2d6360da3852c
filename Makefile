# What each target does: docs and README. `make demo` and `make test` do all the set-up they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
MO := trienkhai/locale/vi/LC_MESSAGES/django.mo
PO := $(wildcard trienkhai/locale/vi/LC_MESSAGES/django.po trienkhai/locale/parts/*.po \
	trienkhai/locale/packs/*/*/LC_MESSAGES/django.po)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

export PIP_ROOT_USER_ACTION := ignore

.PHONY: setup setup-dev demo test check check-format check-lint check-types check-imports check-migrations \
	check-translations check-licences check-tree fmt lock translations static screenshots bench clean

## Set-up: one stamp for each thing installed, renewed when what it was made from changes

setup: $(VENV)/.installed $(VENV)/.project $(if $(PO),$(MO))
	@:

setup-dev: $(VENV)/.installed-dev setup
	@:

$(VENV)/.made:
	@$(PYTHON) tools/python_ready.py
	@rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: requirements.txt | $(VENV)/.made
	@echo "Installing what the project needs ..."
	@$(INSTALL) --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/.made
	@echo "Installing what its tests and checks need ..."
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.installed
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(MO): $(PO) $(VENV)/.installed
	@$(BIN)/python -m tools.translations compile

## Use

demo: setup
	@$(BIN)/trienkhai demo

test: setup-dev
	@$(BIN)/python -m tests.programs
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --database sqlite $(ARGS)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --database postgresql $(ARGS)

bench: setup-dev
	@$(BIN)/trienkhai bench --search $(ARGS)
	@$(BIN)/python -m tests.postgres --durable $(BIN)/trienkhai bench --search $(ARGS)

## Checks without tests; `make -k check` shows all that fail

check: check-format check-lint check-types check-imports check-migrations check-translations check-licences check-tree

check-format: setup-dev
	$(BIN)/ruff format --check --quiet .

check-lint: setup-dev
	$(BIN)/ruff check --quiet .

check-types: setup-dev
	$(BIN)/mypy

check-imports: setup-dev
	$(BIN)/lint-imports

check-migrations: setup-dev
	$(BIN)/python -m tools.migrations

check-translations: setup-dev
	$(BIN)/python -m tools.translations check

check-licences: setup-dev
	$(BIN)/python -m tools.licences

check-tree: setup-dev
	$(BIN)/python -m tools.tree

## Upkeep

fmt: setup-dev
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --quiet --custom-compile-command "make lock" --group build

lock: setup-dev
	$(LOCK) $(ARGS) --output-file requirements.txt
	$(LOCK) $(ARGS) --group dev --constraint requirements.txt --output-file requirements-dev.txt

translations: setup-dev
	$(BIN)/python -m tools.translations update

static:
	cd tools/static && npm ci && node build.mjs

screenshots: setup-dev
	$(BIN)/python -m tools.screenshots

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -path ./var -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
