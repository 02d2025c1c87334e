# The two commands a newcomer needs are `make run` and `make test`; `make help` names the rest.

.PHONY: help run test bench soak format screenshots test-scenarios clean

help:
	@sed -n 's/^## //p' Makefile

## make run             install what is missing, build, and start a demonstration court on http://127.0.0.1:8080
run:
	@scripts/run.sh

## make test            everything that must hold before a change goes in; one part: scripts/test.sh PART
test:
	@scripts/test.sh

## make test-scenarios  whole cases in browsers, from the first answer to the archive
test-scenarios:
	@scripts/test.sh scenarios

## make bench           speed, each number beside a limit measured in the same run
bench:
	@scripts/bench.sh

## make soak            the long runs: 300,000 cases, 500 power cuts, an hour of hostile requests
soak:
	@scripts/soak.sh

## make screenshots     pictures of the main pages in out/screens, for looking at
screenshots:
	@scripts/screenshots.sh

## make format          let swift format decide spaces and breaks
format:
	@swift format -i -r --parallel Package.swift Sources Tests Procedure/Package.swift Procedure/Sources Procedure/Tables Procedure/Tests Ledger/Package.swift Ledger/Sources Ledger/Tests

## make clean           remove everything built; the court's data in var stays
clean:
	rm -rf .build .build-* Procedure/.build Ledger/.build .venv out
