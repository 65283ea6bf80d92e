# Care Corridor. `make` alone prints this list; run and build need nothing but Go.
export CGO_ENABLED := 0
.DEFAULT_GOAL := help
.PHONY: help run test check e2e bench generate assets lint seed build stories doctor

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## serve on localhost:8080 with the real catalogue and marked sample hospitals
	@go run ./cmd/corridor serve --demo

test: ## every test, on both databases and both engines, then the browser (installs what it needs)
	@scripts/with-services sh -c 'go test ./... && go test -tags e2e -timeout 40m ./e2e/...'

check: lint test ## exactly what CI runs

lint: ## gofmt, vet, staticcheck, govulncheck, drift of generated files and assets, house rules
	@scripts/lint

e2e: ## the browser walk alone: axe, console, reflow, weight, journeys
	@SERVICES="postgres chromium axe oidc" scripts/with-services go test -tags e2e -count=1 -timeout 40m -v ./e2e/...

bench: ## pages, API, loading and freshness on both engines at 1,000 and 30,000 hospitals, beside bare Echo and raw Meilisearch
	@SERVICES="postgres meili" scripts/with-services sh -c 'go run ./cmd/corridor bench run --limit=20m && go run ./cmd/corridor bench referrals 2>/dev/null'

generate: ## templ to Go, and the configuration table of the README
	@scripts/generate && scripts/config-table

assets: ## style sheet, script, font and pictures into static/ (needs npm)
	@scripts/assets

seed: ## load the catalogue of the tree into the configured database
	@go run ./cmd/corridor seed load

build: ## one static binary in bin/
	@go build -trimpath -ldflags '-s -w' -o bin/corridor ./cmd/corridor

stories: ## every page in every state, on a local address
	@go run ./cmd/stories

doctor: ## what is configured, from where, and what is wrong
	@go run ./cmd/corridor doctor
