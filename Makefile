# `make` alone lists what there is. Everything is installed into .venv; what is generated goes to build/.
BIN := .venv/bin
# The Python that is asked for, or that of .venv, or the first there is.
PYTHON ?= $(shell $(BIN)/python -c 'import sys; print(sys._base_executable)' 2> /dev/null || echo python3)
READY := setup
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
lab: ## open JupyterLab at the course's start page (LABFLAGS=... adds options)
	@"$(PYTHON)" course.py lab $(LABFLAGS)

.PHONY: test
test: ## check style, types, mathematics, every notebook and every figure's numbers, in two minutes
	@"$(PYTHON)" course.py test

.PHONY: style
style: $(READY) ## check style and the direction of imports alone, in seconds
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m pytest -q -n0 tests/house/test_source_habits.py

.PHONY: test-slow
test-slow: $(READY) ## check the bytes of the figures, the states of the widgets, and the laws on more examples
	$(BIN)/python -m pytest --quiet --numprocesses auto --dist loadfile --hypothesis-profile full \
	  -m "(slow or hypothesis) and not (browser or published or sandbox or setup)"

.PHONY: test-rest
test-rest: test-slow test-sandbox test-browser test-published test-setup ## check everything that `make test` leaves out

.PHONY: test-all
test-all: test test-rest ## check everything (needs bubblewrap, Node.js and Chromium)

.PHONY: report
report: $(READY) ## print how long, how wordy and how lively each notebook is
	@$(BIN)/python -m tests.notebooks.report

.PHONY: figures
figures: $(READY) ## draw every figure as SVG, PDF and PNG into build/figures
	$(BIN)/python -m cecourse.figures

.PHONY: accept-figures
accept-figures: $(READY) ## accept the figures as they are now (NAMES="one other" for some), and show what changed
	@$(BIN)/python -m tests.figures.accepted.expected $(NAMES)

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

.PHONY: check
check: $(READY) ## check your assignments before you hand them in (A=a1 for one)
	@$(BIN)/python -m cecourse.assignments check $(if $(A),--assignment $(A))

.PHONY: grade
grade: $(READY) ## grade a download into grades/ (SUBMISSIONS=zip or folder; GRADEFLAGS adds options)
	@$(BIN)/python -m cecourse.assignments grade "$(or $(SUBMISSIONS),$(error SUBMISSIONS is not given; expected \
	  the zip or folder with what students handed in. Try: make grade SUBMISSIONS=folder))" $(GRADEFLAGS)

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

.PHONY: clean-all
clean-all: clean ## remove .venv as well
	rm -rf .venv .venv.lock

.PHONY: setup
setup: ## install what the course, its tests, pages, slides and grading need into .venv
	@"$(PYTHON)" course.py setup --makers

.PHONY: test-setup
test-setup: $(READY) ## set the course up from nothing in hostile circumstances (needs bubblewrap)
	$(BIN)/python -m pytest -m setup tests/setup

LOCK := $(BIN)/python -m uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --no-annotate
.PHONY: lock
lock: $(READY) ## choose newer versions of all packages (and writes all lock files)
	$(LOCK) --universal --python-version 3.11 --fork-strategy fewest --extra course --extra test --extra publish \
	  --extra setup -o requirements-makers.lock pyproject.toml
	$(LOCK) --universal --python-version 3.11 --fork-strategy fewest --extra course --extra setup \
	  --constraints requirements-makers.lock -o requirements.lock pyproject.toml
	{ sed '/- -e \./q' environment.yml; sed -n '/^uv==/d; s/^\([a-z].*\) \\$$/      - \1/p' requirements.lock; } > environment.new
	mv environment.new environment.yml
	$(LOCK) --universal --python-version 3.11 --fork-strategy fewest --group lite -o cecourse/publish/lite/lite.lock
	$(LOCK) --python-version 3.14 --python-platform wasm32-pyodide2025 --group browser \
	  --no-emit-package widgetsnbextension -o cecourse/publish/lite/browser.lock
