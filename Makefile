# Two commands for a newcomer: `make atlas`, then `make test`. `make` alone lists the others.

.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin

# The newest Python that the lock covers; `make atlas PYTHON=/path/to/python3.12` chooses another.
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
  "$$p" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && { echo "$$p"; break; }; done)

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: atlas
atlas: setup ## set up .venv and build the dataset in normalized/ from the bundled reports
	@$(BIN)/klachtenatlas build

.PHONY: test
test: setup ## all tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal

.PHONY: setup
setup: ## .venv with the locked packages; does nothing when it is up to date
	@test -n "$(PYTHON)" || { \
	  echo "Klachtenatlas needs Python 3.11, 3.12 or 3.13 with venv; none was found (python3 is $$(python3 --version 2>&1))." >&2; \
	  echo "Install one, or name it: make atlas PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" scripts/install.py --into $(VENV)

.PHONY: lint
lint: setup ## formatting and lint rules
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

.PHONY: types
types: setup ## static types
	@$(BIN)/mypy

.PHONY: layers
layers: setup ## imports go down only
	@$(BIN)/lint-imports

.PHONY: lock
lock: setup ## write requirements.lock anew from pyproject.toml
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --extra dev pyproject.toml -o requirements.lock

.PHONY: validate
validate: ## each format's public validator, and the examples of docs/data.md, on the dataset in DATA (normalized)
	@"$(PYTHON)" scripts/install.py --into .venv-validators --lock scripts/validators/requirements.lock.txt
	@.venv-validators/bin/python scripts/validators/validate_dataset.py "$(or $(DATA),normalized)"
	@.venv-validators/bin/python scripts/validators/run_examples.py "$(or $(DATA),normalized)"

.PHONY: validators-lock
validators-lock: setup ## write the validators' lock anew
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  scripts/validators/requirements.in -o scripts/validators/requirements.lock.txt

.PHONY: licences
licences: setup ## no package of the default install is under the GPL or AGPL
	@$(BIN)/python scripts/release/supply_chain.py licences

.PHONY: sbom
sbom: setup release-tools ## the default install as CycloneDX, into sbom.json
	@.venv-release/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON -o sbom.json $(VENV)
	@$(BIN)/python scripts/release/supply_chain.py sbom sbom.json

.PHONY: audit
audit: release-tools ## known vulnerabilities of the locked packages; asks PyPI's advisory service
	@.venv-release/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

.PHONY: release-tools
release-tools:
	@"$(PYTHON)" scripts/install.py --into .venv-release --lock scripts/release/requirements.lock.txt

.PHONY: release-lock
release-lock: setup ## write the release tools' lock anew
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  scripts/release/requirements.in -o scripts/release/requirements.lock.txt

.PHONY: facsimiles
facsimiles: setup ## typeset the bundled reports again
	@$(BIN)/python -m facsimiles --out raw_reports

.PHONY: clean
clean: ## remove caches and the environment; the dataset and the reports stay
	rm -rf $(VENV) .venv-validators .venv-release sbom.json .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
