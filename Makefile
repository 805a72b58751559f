# `make` alone lists what there is. Everything is installed into .venv; what is generated goes to build/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NOTEBOOKS = $(shell sed -n 's|^file = "\(.*\)"|notebooks/\1|p' course.toml)
# Byte-compiled once here, the course's imports take a second, not five.
unexport PYTHONDONTWRITEBYTECODE
# Settings of the caller's shell must not reach the course's own environment.
unexport PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: lab
lab: $(READY) ## open JupyterLab at the course's start page (LABFLAGS=... adds options)
	@echo "Opening JupyterLab at notebooks/README.md; Ctrl-C in this window stops it ..."
	@$(BIN)/jupyter-lab --LabApp.default_url=/lab/tree/notebooks/README.md \
	  $(if $(filter 0,$(shell id -u)),--allow-root) $(LABFLAGS)

.PHONY: test
test: $(READY) ## check style, types, mathematics, every notebook and every figure's numbers, in two minutes
	@echo "Checking style (ruff) ..."
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@echo "Checking types (mypy) ..."
	@$(BIN)/mypy
	@echo "Running the tests and the notebooks (pytest) ..."
	@$(BIN)/python -m pytest --quiet --numprocesses auto --dist loadfile

.PHONY: test-slow
test-slow: $(READY) ## check the bytes of the figures, the states of the widgets, and the laws on more examples
	$(BIN)/python -m pytest --quiet --numprocesses auto --dist loadfile --hypothesis-profile full \
	  -m "(slow or hypothesis) and not (browser or published or sandbox or setup)"

.PHONY: test-rest
test-rest: test-slow test-sandbox test-browser test-published test-setup ## check everything that `make test` leaves out

.PHONY: test-all
test-all: test test-rest ## check everything (needs bubblewrap, Node.js and Chromium)

.PHONY: test-setup
test-setup: $(READY) ## set the course up from nothing, under hostile circumstances (needs bubblewrap)
	$(BIN)/python -m pytest --quiet --numprocesses 0 -m setup tests/setup

.PHONY: report
report: $(READY) ## print how long, how wordy and how lively each notebook is
	@$(BIN)/python -m tests.notebooks.report

.PHONY: figures
figures: $(READY) ## draw every figure as SVG, PDF and PNG into build/figures
	$(BIN)/python -m cecourse.figures

.PHONY: accept-figures
accept-figures: $(READY) ## take the figures as they are now for the expected ones, and show what changed
	$(BIN)/python -m tests.figures.accepted.expected

.PHONY: slides
slides: $(READY) ## make a deck of each notebook into build/slides (needs Node.js and Chromium)
	@$(BIN)/python -m cecourse.publish slides

.PHONY: handouts
handouts: $(READY) ## make a PDF of each notebook into build/handouts (SOLUTIONS=1 leaves solutions in)
	@$(BIN)/python -m cecourse.publish handouts $(if $(SOLUTIONS),--solutions)

.PHONY: site
site: $(READY) ## make the site into build/site (needs Node.js)
	@$(BIN)/python -m cecourse.publish site

.PHONY: start-page
start-page: $(READY) ## write the list of notebooks into notebooks/README.md
	@$(BIN)/python -m cecourse.publish.start_page

.PHONY: lite
lite: $(READY) ## make the site with a part that runs the notebooks in the browser (needs Node.js)
	@$(BIN)/python -m cecourse.publish lite --out build/site/lite
	@$(BIN)/python -m cecourse.publish site

.PHONY: assignments
assignments: $(READY) ## build the assignments for students into build/student
	@$(BIN)/python -m cecourse.assignments release

.PHONY: grade
grade: $(READY) ## grade a folder into build/grades (SUBMISSIONS=folder; GRADEFLAGS=... adds options)
	@$(BIN)/python -m cecourse.assignments grade $(or $(SUBMISSIONS),$(error SUBMISSIONS is not given; expected \
	  the folder with one notebook or folder per student. Try: make grade SUBMISSIONS=folder)) $(GRADEFLAGS)

.PHONY: test-sandbox
test-sandbox: $(READY) ## test the grader in its sandbox (needs bubblewrap)
	$(BIN)/python -m pytest -m sandbox --numprocesses auto --dist worksteal tests/assignments

.PHONY: banks
banks: $(READY) ## grade right, wrong and hostile answers and print how the grader did
	@$(BIN)/python -m tests.assignments.banks

.PHONY: execute
execute: $(READY) ## run the notebooks and store their outputs (NB=notebooks/02_entropy.ipynb for one)
	$(BIN)/python -m tests.notebooks.execute $(or $(NB),$(NOTEBOOKS))

.PHONY: test-browser
test-browser: $(READY) ## run every notebook in JupyterLab in Chromium and move every control
	$(BIN)/python -m pytest -m browser --numprocesses 2 --dist loadfile tests/browser

.PHONY: test-published
test-published: $(READY) ## build slides, handouts and site and try them in Chromium (needs Node.js)
	$(BIN)/python -m pytest -m published --numprocesses auto --dist loadfile tests/publish

.PHONY: bench-grader
bench-grader: $(READY) ## measure the grader on 200 submissions, or 2000 (COUNT=2000), here and on a cluster
	@$(BIN)/python -m tests.measurements.bench_grader $(COUNT) --cluster

.PHONY: bench
bench: $(READY) ## compare speed and memory with PyTorch, SciPy and scikit-learn, where installed
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.measurements.bench

.PHONY: bench-widgets
bench-widgets: $(READY) ## measure the widgets from key press to painted picture
	$(BIN)/python -m tests.measurements.bench_latency

.PHONY: clean
clean: ## remove what the other targets wrote, except .venv
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find cecourse tests notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml postBuild
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; ok = (3, 11) <= v < (3, 15); \
	  sys.exit(0 if ok else f"Python {v[0]}.{v[1]} was found as $(PYTHON); the course needs 3.11 to 3.14. Try: make PYTHON=python3.13")'
	@echo "Setting up the course in $(VENV) (once, about half a minute) ..."
	@[ "$$($(BIN)/python -V 2>&1)" = "$$($(PYTHON) -V)" ] || $(PYTHON) -m venv --clear $(VENV) || \
	  { echo "$(PYTHON) could not make a virtual environment; on Debian and Ubuntu install the package python3-venv."; exit 1; }
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary uv --require-hashes -r $(VENV)/uv.txt && \
	  echo "Installing the locked packages with uv ..." && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock || { \
	  echo "This did not work with uv; installing the locked packages with pip (about a minute) ..."; \
	  sed '/^uv==/,/[^\\]$$/d' requirements.lock > $(VENV)/rest.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/rest.txt; }
	@echo "Installing the course itself ..."
	@PATH="$(abspath $(BIN)):$$PATH" ./postBuild
	@touch $@

.PHONY: setup
setup: $(READY) ## install everything the course needs into .venv

LOCK := $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --no-annotate
.PHONY: lock
lock: $(READY) ## choose newer versions of all packages (and writes all lock files)
	$(LOCK) --universal --python-version 3.11 --fork-strategy fewest --extra course --extra test --extra publish \
	  --extra setup -o requirements.lock pyproject.toml
	$(LOCK) --universal --python-version 3.11 --fork-strategy fewest --group lite -o cecourse/publish/lite/lite.lock
	$(LOCK) --python-version 3.14 --python-platform wasm32-pyodide2025 --group browser \
	  --no-emit-package widgetsnbextension -o cecourse/publish/lite/browser.lock
