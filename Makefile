# make             results of every report in seeds/ (the first time, the environment in .venv before them)
# make clean       removes all results but results/README.md, what is kept of earlier runs, and Snakemake's records
# make env         the environment alone; env-dev: with what tests and tools need; env-cluster: with what a cluster needs
# make verify      makes the bundled report's results again and compares them with the reference
# make test        every check and test (13 to 17 minutes on 2 cores)
# make test-fast   the tests of the library, before a push (4 minutes): no browser, no run of the workflow, no simulation
# make lint        the checks of code alone: style, types, rules
# make test-slurm  the workflow under Slurm on this machine (needs root; installs Debian's packages of Slurm)
# make test-tex    the paper kit's documents set by TeX (where TeX is missing it installs Debian's packages, as root)
# make test-fuzz   20,000 damaged files, and long texts made to be slow (an hour on 2 cores; FILES=5000 for fewer)
# make test-faults  more runs that are killed at random moments
# make bench       how fast, against a plain script
# make bench-scale  from one report to ten thousand
# make lock        renews the locks, and the environment for conda, from pyproject.toml
# make docs        renews what is made from schemas, docstrings and results; names what was forgotten; builds the site in build/docs
# make reference   renews tests/reference, docs/figures and the READMEs' findings after a change that is meant to change results

PYTHON ?= python3
BIN := .venv/bin
# Steps find the same packages however make was started.
export PYTHONNOUSERSITE := 1
# Debian's packages of what the documents of the paper kit need.
TEX_PACKAGES := texlive-xetex texlive-lang-chinese texlive-latex-recommended texlive-fonts-recommended texlive-bibtex-extra

.PHONY: run env env-dev env-cluster test test-fast test-fuzz test-slurm test-tex test-faults verify lint bench bench-scale lock docs reference clean
run: env
	$(BIN)/snakemake

# What users need; what tests and tools need besides; what a cluster needs besides.
env: .venv/.complete
env-dev: .venv/.complete-dev
env-cluster: .venv/.complete-cluster

.venv/.complete: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "policy-emphasis needs Python 3.11 or newer; set PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@scripts/tools/install.sh $<
	@touch $@

.venv/.complete-%: requirements-%.lock .venv/.complete
	@scripts/tools/install.sh $<
	@touch $@

lint: env-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/snakefmt --check Snakefile workflow
	$(BIN)/mypy
	$(BIN)/snakemake --lint

# One file after another on each core, in the order of tests/conftest.py: those of long tests first.
EVERY_CORE := -n auto --dist loadfile --no-loadscope-reorder
test: lint
	$(BIN)/python -m pytest $(EVERY_CORE)

test-fast: env-dev
	$(BIN)/python -m pytest -q $(EVERY_CORE) --hypothesis-profile fast \
	  -m "not browser and not workflow and not simulation"

verify: env-dev
	PYTHONPATH=scripts:tests $(BIN)/python -m tools.verify

test-slurm: env-dev env-cluster
	tests/slurm/run.sh

test-tex: env-dev
	command -v xelatex >/dev/null && kpsewhich ctex.sty gbt7714.sty pzdr.tfm >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(TEX_PACKAGES) >/dev/null; }
	$(BIN)/python -m pytest -q tests/publish/paper/test_tex.py

FILES ?= 20000
test-fuzz: env-dev
	PYTHONPATH=scripts:tests $(BIN)/python -m fuzz.run --files $(FILES)
	EVERY_SHAPE=1 $(BIN)/python -m pytest -n auto tests/test_growth.py

test-faults: env-dev
	EVERY_FAULT=1 $(BIN)/python -m pytest -n auto tests/workflow/test_faults.py

bench: env-dev
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/ingest.py
	$(BIN)/python benchmarks/segment.py
	$(BIN)/python benchmarks/targets.py
	$(BIN)/python benchmarks/topics.py

# Many reports, an hour and some gigabytes: make bench-scale SIZES="1 100 1000 10000" WORK=/a/large/disk
SIZES ?= 1 100 1000 10000
WORK ?= .bench
bench-scale: env-dev
	$(BIN)/python benchmarks/bench_scale.py --sizes $(SIZES) --work $(WORK)

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header pyproject.toml
lock: env-dev
	$(LOCK) --output-file requirements.lock
	$(LOCK) --constraints requirements.lock --group check --group docs --group lock --output-file requirements-dev.lock
	$(LOCK) --constraints requirements-dev.lock --group cluster --output-file requirements-cluster.lock
	$(BIN)/python scripts/tools/conda_environment.py

docs: env-dev
	PYTHONPATH=scripts $(BIN)/python scripts/tools/data_dictionary.py
	PYTHONPATH=scripts $(BIN)/python scripts/tools/api_reference.py
	PYTHONPATH=scripts $(BIN)/python scripts/tools/figures_page.py
	PYTHONPATH=scripts $(BIN)/python scripts/tools/scale_page.py
	PYTHONPATH=scripts $(BIN)/python -m docs_site.filling
	PYTHONPATH=scripts $(BIN)/python scripts/tools/run_notebook.py
	PYTHONPATH=scripts $(BIN)/python scripts/tools/forgotten.py
	PYTHONPATH=scripts $(BIN)/python -m docs_site.build

# After a change that is meant to change results: look at the difference, then commit it.
reference: env-dev
	PYTHONPATH=scripts:tests $(BIN)/python -m tools.update_reference

clean:
	rm -rf .snakemake results/[!R]*
