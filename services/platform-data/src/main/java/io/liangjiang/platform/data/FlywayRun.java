package io.liangjiang.platform.data;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.pool.DataSource;
import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.flyway.runtime.FlywayContainerProducer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.Driver;

/**
 * Flyway as {@code quarkus.flyway.*} says, on connections of its own that end with it. Quarkus
 * would make both at every start, and keep them.
 */
@ApplicationScoped
class FlywayRun {
  /** It holds its lock on one and migrates on the other. */
  private static final int CONNECTIONS = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FlywayContainerProducer producer;
  private final String url;
  private final String user;
  private final String password;

  FlywayRun(
      FlywayContainerProducer producer,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") String password) {
    this.producer = producer;
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** Brings the database to this build's schema. Errors: FlywayException, which says of what. */
  void migrate() {
    try (var database = new DataSource(configuration().get())) {
      var unused =
          producer
              .createFlyway(database, DataSourceUtil.DEFAULT_DATASOURCE_NAME, true, false)
              .getFlyway()
              .migrate();
    }
  }

  private AgroalDataSourceConfigurationSupplier configuration() {
    return new AgroalDataSourceConfigurationSupplier()
        .connectionPoolConfiguration(
            pool ->
                pool.maxSize(CONNECTIONS)
                    .acquisitionTimeout(PATIENCE)
                    .connectionFactoryConfiguration(
                        factory ->
                            factory
                                .connectionProviderClass(Driver.class)
                                .jdbcUrl(url)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password))));
  }
}
