# Everything a newcomer types. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help run demo test check format bench lighthouse lock vendor pictures
PYTHON := .venv/bin/python
# The demo keeps to its own folder, whatever .env says about the real installation.
DEMO := FINGERPOST_INSTANCE=instance/demo DATABASE_URL= STORAGE_URL= MAIL_URL=console:
# What is started here starts many a Python in its turn: compile our files once, not in each.
unexport PYTHONDONTWRITEBYTECODE

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: ## Install what is missing, bring the database up to date and serve (PORT=, HOST=)
	@bin/ready.sh run
	@exec $(PYTHON) -m bin.serve

demo: ## Serve three years of a believable setting from instance/demo
	@bin/ready.sh run
	@test -f instance/demo/fingerpost.db || { \
		$(DEMO) $(PYTHON) -m flask db upgrade && $(DEMO) $(PYTHON) -m flask demo load; }
	@exec env $(DEMO) $(PYTHON) -m bin.serve

test: ## Install what the tests need, then run the whole suite (CI=true: nothing may be skipped)
	@bin/ready.sh test
	@$(PYTHON) -m pytest -n 2 --dist worksteal

check: ## Format, lint, types, floors and the fast tests, in seconds
	@bin/ready.sh test
	@$(PYTHON) -m ruff format --check --quiet . || { echo "Run: make format"; exit 1; }
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m mypy
	@$(PYTHON) bin/vendor.py --check
	@$(PYTHON) -m pytest -n 2 --dist worksteal -q -m "not browser and not pdf and not slow"

format: ## Lay out the Python code
	@$(PYTHON) -m ruff format --quiet .
	@$(PYTHON) -m ruff check --quiet --fix .

bench: ## Measure a signing, the server's memory and start, the tablet's bytes, speed and ink
	@bin/ready.sh test
	@$(PYTHON) -m bench

lighthouse: ## Ask Lighthouse about the tablet's page and the sign-in page
	@bin/ready.sh test
	@$(PYTHON) -m bin.lighthouse

lock: ## Pin requirements*.in to exact versions with hashes (needs uv)
	@for set in requirements requirements-dev; do \
		uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
			--custom-compile-command "make lock" $$set.in -o $$set.txt || exit 1; done

vendor: ## Copy the npm files that package-lock.json pins into the tree (needs npm)
	@$(PYTHON) bin/vendor.py

pictures: ## Make the README's pictures again
	@bin/ready.sh test
	@$(PYTHON) -m bin.pictures
