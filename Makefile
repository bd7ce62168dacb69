# make build | test | demo | format | clean. Every target first installs what the machine lacks.
SHELL := /bin/bash
CONFIGURATION ?= Release
ARTIFACTS := artifacts
NATIVE_BUILD := native/build

.PHONY: setup native web build test demo format clean

setup:
	@build/setup.sh

native: setup
	@build/native.sh $(NATIVE_BUILD) $(ARTIFACTS)/native

web: setup
	@build/web.sh $(ARTIFACTS)/web

build: native web
	@build/dotnet.sh $(CONFIGURATION) $(ARTIFACTS)/odmnode

test: build
	@build/test.sh $(CONFIGURATION) $(NATIVE_BUILD)

demo: build
	@$(ARTIFACTS)/odmnode/odmnode demo

format:
	@dotnet format OdmNode.sln

clean:
	rm -rf $(ARTIFACTS) $(NATIVE_BUILD)
	find src tests benchmarks -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
