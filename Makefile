# One command per wish. The environment is made by the first of them that needs it.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
# Any Python from 3.11 on will do where no `python3.11` is on the path.
BASE := $(shell command -v $(PYTHON) 2>/dev/null || command -v python3)
UV_COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml --group build
CATALOGUE := $(shell find intents -name '*.yaml' -o -name '*.py' | sort)
MESSAGES := $(wildcard locales/*/LC_MESSAGES/guichet.po)

.DEFAULT_GOAL := help
.PHONY: help chat demo test check format bench soak rules messages lock understand understand-check clean

help: ## Say what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

chat: $(VENV)/.ready ## Open the counter with demo data: a web page with a chat (Ctrl+C ends it)
	$(BIN)/guichet demo $(ARGS)

demo: chat

test: $(VENV)/.ready-dev ## Run the tests (ARGS="-k receipt" chooses)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

check: $(VENV)/.ready-dev ## Format, lint, strict types, import contract, message catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m locales.check

format: $(VENV)/.ready-dev ## Write the code in its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.ready-dev ## Measure side by side (ARGS="turn annex" chooses)
	$(BIN)/python -m benchmarks $(ARGS)

soak: $(VENV)/.ready-dev ## Kill the bot at random instants under load (ARGS="--seconds 60")
	$(BIN)/python -m benchmarks.soak $(ARGS)

rules: $(VENV)/.ready-dev ## Print each rule of the service with the tests that show it
	$(BIN)/python -m tests.rules

messages: $(VENV)/.ready-dev ## Extract the sentences to translate and check the catalogues
	$(BIN)/python -m locales.extract
	$(BIN)/python -m locales.check

understand: $(VENV)/.ready-dev ## Report how well the test messages are understood
	$(BIN)/python -m benchmarks.understanding $(ARGS)

understand-check: $(VENV)/.ready-dev ## Show which phrases of the catalogue another intent would take
	$(BIN)/python -m benchmarks.catalogue $(ARGS)

lock: $(VENV)/.ready-dev ## Choose and pin the dependencies anew
	$(UV_COMPILE) -o requirements.lock --upgrade
	$(UV_COMPILE) --group dev -o requirements-dev.lock --upgrade

clean: ## Remove the environment and what was made
	rm -rf $(VENV) .guichet .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	$(BASE) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# What is made from sources once: message catalogues for gettext, the model of the catalogue of intents.
$(VENV)/.prepared: $(VENV)/.runtime $(CATALOGUE) $(MESSAGES)
	$(BIN)/guichet prepare
	@touch $@

$(VENV)/.ready: $(VENV)/.runtime $(VENV)/.prepared
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.dev $(VENV)/.prepared
	@touch $@
