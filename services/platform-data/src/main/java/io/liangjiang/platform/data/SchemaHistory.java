package io.liangjiang.platform.data;

import io.quarkus.flyway.runtime.QuarkusPathLocationScanner;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.CoreLocationPrefix;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;

/**
 * What Flyway has written of the scripts it ran, in its table flyway_schema_history, beside the
 * scripts of this build.
 */
@ApplicationScoped
public class SchemaHistory {
  /** Of a script that ran more than once the last; what is no script, or failed, matches none. */
  private static final String LAST_RUNS =
      """
      select distinct on (script) script,
             case when type = 'SQL' and success then checksum end as checksum
      from flyway_schema_history
      order by script, installed_rank desc
      """;

  private final List<String> locations;

  SchemaHistory(@ConfigProperty(name = "quarkus.flyway.locations") List<String> locations) {
    this.locations = locations;
  }

  /**
   * Whether the database has run the scripts of this build, all of them as they are now, and no
   * others: Flyway would find nothing to do.
   */
  public Uni<Boolean> isOfThisBuild(SqlClient database) {
    return database
        .query("select to_regclass('flyway_schema_history') is not null")
        .execute()
        .map(answer -> answer.iterator().next().getBoolean(0))
        .flatMap(
            isThere ->
                isThere
                    ? database.query(LAST_RUNS).execute().map(this::areOfThisBuild)
                    : Uni.createFrom().item(false));
  }

  private boolean areOfThisBuild(RowSet<Row> runs) {
    Map<String, Integer> checksums = new HashMap<>();
    for (Row run : runs) {
      checksums.put(run.getString("script"), run.getInteger("checksum"));
    }
    return !checksums.isEmpty() && checksums.equals(scripts());
  }

  /** Checksums by path; what is not on the class path has no checksum here, so none is equal. */
  private Map<String, Integer> scripts() {
    var scanner =
        new QuarkusPathLocationScanner(
            null,
            locations.stream()
                .map(path -> Location.fromPath(CoreLocationPrefix.CLASSPATH_PREFIX, path))
                .toList());
    return scanner.scanForResources().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                LoadableResource::getRelativePath, ChecksumCalculator::calculate));
  }
}
