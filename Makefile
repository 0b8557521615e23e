# Each target is a small program in tools/, which sets .venv up first where it has to.
# `make run PORT=8001` changes the port, `make test ARGS="-k today"` goes to pytest; so with `make fast`.
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$name && break; done)
TARGETS := run dev setup fast test faults check fix texts bench lock

.PHONY: $(TARGETS) help

$(TARGETS) help:
ifeq ($(PYTHON),)
	@echo "Rounds needs Python 3.11 or newer (Debian, Ubuntu: apt install python3 python3-venv)" >&2
	@exit 1
else
	@$(PYTHON) tools/launch.py $@ $(if $(filter help,$@),$(TARGETS))
endif
