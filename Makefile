# make          results of every report in seeds/ (makes the environment first, once)
# make test     every check and test (12 minutes on 2 cores)
# make test-fast  the tests of the library, before a push (2 minutes): no browser, no run of the workflow, no simulation
# make verify   the bundled report's results anew, compared with the reference
# make test-slurm   the workflow on a Slurm of this machine (needs root; installs Debian's packages of Slurm)
# make test-faults  more runs that are killed at random moments
# make bench    how fast, against a plain script
# make bench-scale  from one report to ten thousand
# make lock     renew requirements.lock from pyproject.toml
# make docs     renew what is made from schemas and docstrings, and the example notebook; name what was forgotten
# make clean    remove the results

PYTHON ?= python3
BIN := .venv/bin
# Steps find the same packages however make was started.
export PYTHONNOUSERSITE := 1

.PHONY: run env test test-fast test-slurm test-faults verify lint bench bench-scale lock docs reference clean
run: env
	$(BIN)/snakemake

env: .venv/.complete

.venv/.complete: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "policy-emphasis needs Python 3.11 or newer; set PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

lint: env
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/snakefmt --check Snakefile workflow
	$(BIN)/mypy
	$(BIN)/snakemake --lint

test: lint
	$(BIN)/python -m pytest -n auto --dist loadfile

test-fast: env
	$(BIN)/python -m pytest -q -n auto --dist loadfile --hypothesis-profile fast \
	  -m "not browser and not workflow and not simulation"

verify: env
	PYTHONPATH=scripts:tests $(BIN)/python -m tools.verify

test-slurm: env
	tests/slurm/run.sh

test-faults: env
	EVERY_FAULT=1 $(BIN)/python -m pytest -n auto tests/workflow/test_faults.py

bench: env
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/ingest.py
	$(BIN)/python benchmarks/segment.py
	$(BIN)/python benchmarks/targets.py
	$(BIN)/python benchmarks/topics.py

# Many reports, an hour and some gigabytes: make bench-scale SIZES="1 100 1000 10000" WORK=/a/large/disk
SIZES ?= 1 100 1000 10000
WORK ?= .bench
bench-scale: env
	$(BIN)/python benchmarks/bench_scale.py --sizes $(SIZES) --work $(WORK)

lock:
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --group check --group cluster --group lock \
	  pyproject.toml --output-file requirements.lock

docs: env
	PYTHONPATH=scripts $(BIN)/python scripts/tools/data_dictionary.py
	PYTHONPATH=scripts $(BIN)/python scripts/tools/api_reference.py
	PYTHONPATH=scripts $(BIN)/python scripts/tools/figures_page.py
	PYTHONPATH=scripts $(BIN)/python scripts/tools/run_notebook.py
	PYTHONPATH=scripts $(BIN)/python scripts/tools/forgotten.py

# After a change that is meant to change results: look at the difference, then commit it.
reference: env
	PYTHONPATH=scripts:tests $(BIN)/python -m tools.update_reference

clean:
	rm -rf .snakemake results/[!R]*
