# Liangjiang: every command of the house. `make help` lists them.
#
# JDK 25 is looked for in JAVA_HOME first, then under /usr/lib/jvm. Nothing else of the machine matters but Maven and make.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.ONESHELL:
.DEFAULT_GOAL := help

MVN ?= mvn
MVN_FLAGS ?= --batch-mode
ROUNDS ?= 5
ROUND_SECONDS ?= 8
CRASHES ?= 50
REFRESHES ?= 100000
FIGURES ?=
# Who answers the examples, and the tests that play them; checks of what is recorded wait for the next run.
PROVIDERS := services/identity,services/payments,services/transit,services/tourism,services/healthcare
RECORDERS := ContractExamplesTest,AccessRecordExamplesTest,!ContractExamplesTest\#everyRpcHasExamples,!ContractExamplesTest\#*IsPlayedAsItAnswers
SETUP := source build/toolchain.sh
# Options of the launcher, for example: make run ARGS="--port 8081 --port-offset 100"
ARGS ?=
LAUNCHER := exec java -Xmx128m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED

# A build is short: the first compiler of the JVM is enough. Maven's own libraries still use Unsafe and need not tell us.
export MAVEN_OPTS ?= -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
BUF := dependency:copy@buf dependency:unpack-dependencies@imported-contracts

.PHONY: help run demo test check format contract openapi chart k8s k8s-verify examples bench bench-peers starts crash openid-client refreshes native native-test base-image images aot-caches verify-images verify-cluster clean

help: ## list the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):[^#]*## (.*)/  make \1|\2/' | column -t -s '|'

run: ## build and start the city; Ctrl-C ends it and its data stays; options: ARGS="--port 8081"
	@$(SETUP)
	bash build/package.sh
	$(LAUNCHER) -jar services/standalone/target/standalone.jar $(ARGS)

demo: ## play a citizen's day against the running city, or start one for it
	@$(SETUP)
	bash build/package.sh
	$(LAUNCHER) -cp services/standalone/target/standalone.jar io.liangjiang.standalone.run.Demo $(ARGS)

test: ## build everything and run every check and test: all that CI runs
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) verify

check: ## the checks without the tests: format, size, bugs, contracts, dependencies
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) verify -DskipTests -DskipITs

format: ## format the Java sources and the contracts in place
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet spotless:apply
	$(MVN) $(MVN_FLAGS) --quiet --projects shared-proto $(BUF)
	bash build/contract.sh format

contract: ## accept the contracts as they are now; a breaking change is refused (BREAKING=1 forces it)
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet --projects shared-proto $(BUF)
	bash build/contract.sh accept
	$(MVN) $(MVN_FLAGS) --quiet test --projects services/platform --also-make -Dfast -Dservice-config.accept -Dtest='ServiceConfigTest#saysOfTheContractsWhatFollowsFromThem' -Dsurefire.failIfNoSpecifiedTests=false

openapi: ## accept the gateway's API as the contracts now describe it, in docs/openapi.yaml
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet test --projects gateway --also-make -Dfast -Dopenapi.accept -Dtest=OpenApiSnapshotTest -Dsurefire.failIfNoSpecifiedTests=false

chart: ## accept what the Helm chart renders now; generates its schema and the table of its values
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet test --projects helm -Dfast -Dchart.accept -Dtest='ValuesDocumentTest,GoldenTest'

k8s: ## accept what the build says of each process to Kubernetes (quarkus-kubernetes), in k8s/base
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet package --projects gateway,services/sandbox,$(PROVIDERS) --also-make -Dfast -Dmaven.test.skip=true
	$(MVN) $(MVN_FLAGS) --quiet test --projects helm -Dfast -Dk8s.accept -Dtest=GeneratedBaseIT

k8s-verify: ## refuse packaged processes that say something else than k8s/base; part of make test
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet test --projects helm -Dfast -Dtest=GeneratedBaseIT

examples: ## record what the services answer to the contracts' examples; read the difference before you commit it
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet test --projects $(PROVIDERS) --also-make --fail-at-end -Dfast -Dexamples.accept -Dtest='$(RECORDERS)' -Dsurefire.failIfNoSpecifiedTests=false

bench-peers: ## fetch Keycloak, which the token figures are measured beside (160 MB, once)
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet --projects bench dependency:copy@keycloak
	cd target/bench/keycloak && for file in *.zip; do unzip -qo "$$file"; done

bench: ## measure, product and peer in turn; FIGURES="ledger.hot" for some, ROUNDS, ROUND_SECONDS, FORM=native
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet package -DskipTests -Dfast
	java -Djava.util.logging.manager=org.jboss.logmanager.LogManager -Drounds=$(ROUNDS) -Dseconds=$(ROUND_SECONDS) -Dform=$(FORM) -cp "bench/target/classes:$$(cat bench/target/classpath)" io.liangjiang.bench.Bench $(FIGURES)

native: ## compile the processes to native programs; GRAALVM_HOME, COMPONENTS; tens of minutes
	@MVN_FLAGS="$(MVN_FLAGS)" bash build/native.sh $(COMPONENTS)

native-test: ## play the journeys against the native programs of `make native`
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet package --projects services/sandbox --also-make -Dfast -DskipTests # its jar makes the channel's keys
	$(MVN) $(MVN_FLAGS) --quiet verify --projects services/standalone --also-make -Dfast -Dquarkus.build.skip -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false -Dliangjiang.form=native

starts: ## time to the first answer and idle memory: JVM, JVM with an ahead-of-time cache, native where make native has been; COMPONENTS, ROUNDS
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet package -DskipTests -Dfast
	java -Drounds=$(ROUNDS) -cp "bench/target/classes:$$(cat bench/target/classpath)" io.liangjiang.bench.Starts $(COMPONENTS)

crash: ## kill payments and its database under load, CRASHES times; nothing may be lost or doubled
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet package -DskipTests -Dfast
	java -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "bench/target/classes:$$(cat bench/target/classpath)" io.liangjiang.bench.LedgerCrash $(CRASHES)

openid-client: ## sign in to the running city with npm's openid-client as a guest would; needs Node 20, ADMIN_PASSWORD
	npm install --silent --no-audit --no-fund --no-package-lock --prefix target/openid-client openid-client@6.8.9
	cp build/openid-client.mjs target/openid-client/flow.mjs
	node target/openid-client/flow.mjs

refreshes: ## cut the connection in REFRESHES (100,000) refreshes; nobody may be logged out
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet test --projects services/identity --also-make -Dfast -Dtest.compiler=-XX:+TieredCompilation -Dquarkus.jacoco.enabled=false -Drefresh.rounds=$(REFRESHES) -Dtest=RefreshFaultsTest -Dsurefire.failIfNoSpecifiedTests=false

base-image: ## a small base image of what this machine has, target/images/base.tar (Debian or Ubuntu), for where no registry is
	@bash build/base-image.sh target/images/base.tar

images: ## container images as archives in target/images; BASE=image or tar, FORM=native, PUSH=registry/prefix, TAG, TO, COMPONENTS
	@BASE="$(BASE)" FORM="$(FORM)" PUSH="$(PUSH)" TAG="$(TAG)" TO="$(TO)" MVN_FLAGS="$(MVN_FLAGS)" bash build/images.sh $(COMPONENTS)

aot-caches: ## images that start faster: train ahead-of-time caches in containers and make the images with them; BASE
	@BASE="$(BASE)" MVN_FLAGS="$(MVN_FLAGS)" bash build/aot-caches.sh

verify-images: ## run the archives of `make images` with podman, locked down, and play a citizen's day against them
	@TO="$(TO)" bash build/verify-images.sh

verify-cluster: ## install the chart in kubectl's cluster, play a citizen's day while every pod is replaced, remove it; REGISTRY, TAG, VALUES, NAMESPACE, KEEP
	@REGISTRY="$(REGISTRY)" TAG="$(TAG)" VALUES="$(VALUES)" NAMESPACE="$(NAMESPACE)" KEEP="$(KEEP)" bash build/verify-cluster.sh

clean: ## remove what the build made; the data of `make run` stays
	@$(SETUP)
	$(MVN) $(MVN_FLAGS) --quiet clean
