package io.liangjiang.platform.test.personal;

import io.liangjiang.platform.personal.PersonalDataCatalogue;
import io.quarkus.arc.All;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Finds tables with personal data that no catalogue names. Only for tests that have a database. */
@ApplicationScoped
public class PersonalTables {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Columns that are about a person by their names, and tables that refer to a citizen's. */
  private static final String SUSPECTS =
      """
      select distinct c.table_name::text
      from information_schema.columns c
      join information_schema.tables t
        on t.table_schema = c.table_schema and t.table_name = c.table_name
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.column_name ~
          '(citizen|patient|dependant|holder|phone|open_id|id_number|birth|_sealed$|^sealed_|account_kind)'
      union
      select distinct r.relname::text
      from pg_constraint f
      join pg_class r on r.oid = f.conrelid
      join pg_class target on target.oid = f.confrelid
      where f.contype = 'f' and target.relname = 'citizen'
      """;

  private final List<PersonalDataCatalogue> catalogues;
  private final Instance<Pool> pool;

  PersonalTables(@All List<PersonalDataCatalogue> catalogues, Instance<Pool> pool) {
    this.catalogues = catalogues;
    this.pool = pool;
  }

  /**
   * Tables that look as if they had personal data and are in no catalogue.
   *
   * @param others tables that look so and have none, or whose erasure is said elsewhere
   */
  public List<String> unnamed(String... others) {
    Set<String> named =
        catalogues.stream()
            .flatMap(each -> each.kinds().stream())
            .flatMap(kind -> kind.tables().stream())
            .collect(Collectors.toSet());
    var rows = pool.get().query(SUSPECTS).execute().await().atMost(LIMIT);
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.getString(0))
        .filter(table -> !named.contains(table) && !Set.of(others).contains(table))
        .sorted()
        .toList();
  }
}
