# What can be said to this project. `make` alone lists it. VENV chooses another folder for the virtual environment.

VENV ?= .venv
python = "$(VENV)/bin/python"
locking = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
	--strip-extras --no-annotate --custom-compile-command "make lock" $(LOCK_OPTIONS)
guards = $(addprefix tests/test_,$(addsuffix .py,docs layers manner names network tree))
export VENV

.PHONY: help run test test-slow check format bench fuzz soak sample exercise pictures lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

run: ## sets up what is missing, then opens the viewer on the sample
	@sh setup.sh run
	@$(python) main.py open briefings.db

test: ## sets up what is missing, then runs all tests, without a screen (ARGS="tests/signing -x")
	@sh setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(python) -m pytest $(ARGS)

test-slow: ## all tests, those too that take long
	@sh setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(python) -m pytest -m "" $(ARGS)

check: ## style, types, layers, names and documents
	@sh setup.sh dev
	@$(python) -m ruff check .
	@$(python) -m ruff format --check --quiet . || { echo 'Run "make format" first.' >&2; exit 1; }
	@$(python) -m mypy
	@QT_QPA_PLATFORM=offscreen $(python) -m pytest --quiet $(guards)

format: ## lays the source out as the check wants it, and sorts imports
	@sh setup.sh dev
	@$(python) -m ruff check --quiet --select I --fix .
	@$(python) -m ruff format --quiet .

bench: ## measures start, memory and speed beside others (NAME="start")
	@sh setup.sh bench
	@$(python) -m tests.bench.run $(NAME)

fuzz: ## changes whatever comes from outside at random, and says what was tried (SECONDS for each kind, SEED, NAME="gate")
	@sh setup.sh dev
	@$(python) -m tests.fuzz.run $(NAME) --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1)

soak: ## works the window for ten minutes, and says what grew, warned or stood still (SECONDS, SEED)
	@sh setup.sh dev
	@$(python) -m tests.soak.tour --seconds $(or $(SECONDS),600) --seed $(or $(SEED),1)

sample: ## builds briefings.db anew from its drafts (KEY=the publisher's secret key file)
	@test -n "$(KEY)" || { echo 'Say which key signs it: make sample KEY="path to the secret key"' >&2; exit 2; }
	@sh setup.sh run
	@$(python) main.py build resources/drafts/tacsea-2012 --key "$(KEY)" -o briefings.db

exercise: ## builds the invented editions for training into build/exercise, with a key made on the spot
	@sh setup.sh run
	@rm -rf build/exercise
	@mkdir -p build/exercise
	@set -e; trap 'rm -f build/exercise/exercise.key' EXIT INT TERM; \
	$(python) main.py keygen build/exercise/exercise --no-passphrase >/dev/null; \
	for serial in 1 2; do $(python) main.py build "resources/drafts/exercise/$$serial" \
		--key build/exercise/exercise.key -o "build/exercise/exercise-$$serial.db"; done
	@echo 'Begin with: $(VENV)/bin/python main.py open build/exercise/exercise-1.db --trust build/exercise/exercise.pub'
	@echo 'Then, in the same window: Ctrl+O and exercise-2.db; Ctrl+5 says what changed; Ctrl+O and exercise-1.db again is superseded.'

pictures: ## takes the user guide's pictures anew, from the real window
	@sh setup.sh dev
	@xvfb-run -a -s "-screen 0 1280x800x24" $(python) -m tests.pictures $(NAME)

lock: ## works out the locked versions anew, with uv (LOCK_OPTIONS=--upgrade for the newest)
	@$(locking) --extra dev --extra bench --output-file requirements/bench.lock
	@$(locking) --extra dev --constraints requirements/bench.lock --output-file requirements/dev.lock
	@$(locking) --constraints requirements/bench.lock --output-file requirements/run.lock

clean: ## removes what tests, checks and builds left behind; .venv stays
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find main.py viewer tests -name __pycache__ -type d -prune -exec rm -rf {} +
