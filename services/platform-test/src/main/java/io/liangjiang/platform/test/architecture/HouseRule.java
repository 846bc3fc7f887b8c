package io.liangjiang.platform.test.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.liangjiang.platform.test.architecture.Calls.BLOCKING;
import static io.liangjiang.platform.test.architecture.Calls.OPENING_A_TRANSACTION;
import static io.liangjiang.platform.test.architecture.Calls.READING_THE_SYSTEM_CLOCK;
import static io.liangjiang.platform.test.architecture.Calls.REFLECTION;
import static io.liangjiang.platform.test.architecture.Kinds.BANNED_NAME;
import static io.liangjiang.platform.test.architecture.Kinds.CHILD_OF_OUR_OWN;
import static io.liangjiang.platform.test.architecture.Kinds.EDGE_OR_STORE;
import static io.liangjiang.platform.test.architecture.Kinds.GRPC_SERVICE;
import static io.liangjiang.platform.test.architecture.Kinds.PLAIN_DOMAIN;
import static io.liangjiang.platform.test.architecture.Kinds.REPOSITORY;
import static io.liangjiang.platform.test.architecture.Kinds.START;
import static io.liangjiang.platform.test.architecture.Kinds.SYSTEM_CLOCK;
import static io.liangjiang.platform.test.architecture.Kinds.WITH_STATIC_STATE;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/** What holds for the production code of every service. */
enum HouseRule {
  PACKAGE_CYCLE(
      "packages depend on each other in one direction",
      slices().matching("io.liangjiang.(**)").should().beFreeOfCycles().allowEmptyShould(true)),

  FRAMEWORK_IN_DOMAIN(
      "records, enums and rules know no framework",
      noClasses()
          .that(PLAIN_DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..")),

  TRANSACTION_OUTSIDE_USE_CASE(
      "only use cases open transactions",
      noClasses().that(EDGE_OR_STORE).should().callMethodWhere(OPENING_A_TRANSACTION)),

  WIRE_ON_STORE(
      "a gRPC service delegates to a use case, not to a repository",
      noClasses().that(GRPC_SERVICE).should().dependOnClassesThat(REPOSITORY)),

  BLOCKING_CALL(
      "nothing but a start waits for another thread",
      noClasses().that(DescribedPredicate.not(START)).should().callMethodWhere(BLOCKING)),

  SYSTEM_TIME(
      "time comes from an injected InstantSource",
      noClasses()
          .that(DescribedPredicate.not(SYSTEM_CLOCK))
          .should()
          .callMethodWhere(READING_THE_SYSTEM_CLOCK)),

  OLD_DATE(
      "nothing uses the date classes from before java.time",
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.(util\\.(Date|Calendar|GregorianCalendar)"
                  + "|text\\.(Simple)?DateFormat|sql\\.(Date|Time|Timestamp))")),

  STATIC_STATE("no static field can change", none(WITH_STATIC_STATE)),

  REFLECTIVE_CALL("nothing uses reflection", noClasses().should().callMethodWhere(REFLECTION)),

  INHERITANCE("our classes do not extend each other", none(CHILD_OF_OUR_OWN)),

  VAGUE_NAME("a name says what the class is", none(BANNED_NAME));

  private final ArchRule rule;

  HouseRule(String sentence, ArchRule rule) {
    this.rule = rule.allowEmptyShould(true).as(sentence);
  }

  ArchRule rule() {
    return rule;
  }

  private static ArchRule none(DescribedPredicate<JavaClass> kind) {
    return noClasses().should(Kinds.be(kind));
  }
}
