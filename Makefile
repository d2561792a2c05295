# Everything is done by config/bootstrap.py, which needs nothing but Python 3.11 or newer.
PYTHON ?= python3

.PHONY: run test check lock

run:
	@$(PYTHON) config/bootstrap.py run

test:
	@$(PYTHON) config/bootstrap.py test

check:
	@$(PYTHON) config/bootstrap.py check

# Pins again what requirements/*.in ask for, without a trace of where it came from.
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links
lock:
	$(COMPILE) requirements/base.in -o requirements/base.txt
	$(COMPILE) -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt
