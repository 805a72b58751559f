# `make` alone lists what there is. Everything is installed into .venv; what is generated goes to build/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Byte-compiled once here, the course's imports take a second, not five.
unexport PYTHONDONTWRITEBYTECODE
# Settings of the caller's shell must not reach the course's own environment.
unexport PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; ok = (3, 11) <= v < (3, 15); \
	  sys.exit(0 if ok else f"Python {v[0]}.{v[1]} was found as $(PYTHON); the course needs 3.11 to 3.14. Try: make PYTHON=python3.13")'
	@echo "Setting up the course in $(VENV) (once, about half a minute) ..."
	@$(PYTHON) -m venv --clear $(VENV) || \
	  { echo "$(PYTHON) could not make a virtual environment; on Debian and Ubuntu install the package python3-venv."; exit 1; }
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.txt
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary uv --require-hashes -r $(VENV)/uv.txt; then \
	  echo "Installing the locked packages with uv ..."; \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .; \
	else \
	  echo "There is no uv for this machine; installing the locked packages with pip (about a minute) ..."; \
	  sed '/^uv==/,/[^\\]$$/d' requirements.lock > $(VENV)/rest.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/rest.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .; \
	fi
	@touch $@

.PHONY: setup
setup: $(READY) ## install everything the course needs into .venv

.PHONY: lock
lock: $(READY) ## choose newer versions of all packages (writes requirements.lock)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --upgrade --extra test --extra setup -o requirements.lock pyproject.toml
