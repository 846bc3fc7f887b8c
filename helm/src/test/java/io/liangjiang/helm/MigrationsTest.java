package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Old pods go on while new ones migrate: migrations add first, and take away a release later. */
class MigrationsTest {
  private static final Path SERVICES = Path.of("../services");

  /** From before the first release: nobody upgrades over them. */
  private static final Set<String> BEFORE_THE_FIRST_RELEASE =
      Set.of(
          "healthcare/V2__acting.sql",
          "identity/V6__sms_codes.sql",
          "payments/V5__journal_chain.sql",
          "payments/V11__texts_checked_once.sql",
          "tourism/V2__acting.sql");

  @Test
  void noMigrationTakesAwayWhatTheVersionBeforeUses() throws IOException {
    List<String> broken = new ArrayList<>();
    int migrations = 0;
    for (Path folder : folders()) {
      List<Migration> all = migrations(folder);
      Set<Integer> versions = all.stream().map(Migration::version).collect(Collectors.toSet());
      migrations += all.size();
      all.stream()
          .filter(migration -> !BEFORE_THE_FIRST_RELEASE.contains(migration.file()))
          .forEach(migration -> broken.addAll(migration.breaks(versions)));
    }

    assertThat(broken)
        .as("expand first; a later release says `-- contract: since V<n>, <what it replaced>`")
        .isEmpty();
    assertThat(migrations).isGreaterThan(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table trip;",
        "alter table trip drop column payer_id;",
        "alter table trip\n  rename column payer_id to payer;",
        "alter table trip rename to journey;",
        "alter table trip alter column fen type numeric;",
        "alter table trip alter column payer_id set not null;",
        "alter table trip add column note text not null;",
        "alter table trip add column a int, add column note text not null, add column b int;",
        "DROP FUNCTION take(bigint);",
        "create table a (id int); drop view trips;",
        "revoke select on trip from reader;"
      })
  void catchesAMigrationThatBreaksTheVersionBefore(String sql) {
    assertThat(planted(sql).breaks(Set.of(1, 2))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table rename_log (id bigint not null);",
        "alter table trip add column note text;",
        "alter table trip add column note text not null default '';",
        "alter table trip drop constraint trip_check, add constraint trip_check check (fen > 0);",
        "drop index trip_by_day;",
        "-- We do not drop column payer_id yet.\ncreate index trip_by_payer on trip (payer_id);",
        "create function f() returns void as $$ drop table tmp; $$ language sql;"
      })
  void letsPassWhatAdds(String sql) {
    assertThat(planted(sql).breaks(Set.of(1, 2))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "7, 1"})
  void letsAContractionSaySinceWhenItMay(int since, int faults) {
    String sql = "-- contract: since V" + since + ", payer\nalter table trip drop column payer_id;";

    assertThat(planted(sql).breaks(Set.of(1, 2))).hasSize(faults);
  }

  private static Migration planted(String sql) {
    return new Migration("tourism/V2__planted.sql", sql);
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> services = Files.list(SERVICES)) {
      return services
          .map(service -> service.resolve("src/main/resources/db/migration"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static List<Migration> migrations(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .map(file -> Migration.of(file, Chart.read(file)))
          .toList();
    }
  }
}
