package io.liangjiang.platform.startup;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stops a production start that has development settings. A development start lets them pass. */
@ApplicationScoped
public class ProductionReadiness {
  private static final int FIRST = 1;

  private final String environment;
  private final List<ProductionCheck> checks;

  ProductionReadiness(
      @ConfigProperty(name = "liangjiang.environment", defaultValue = "production")
          String environment,
      @All List<ProductionCheck> checks) {
    this.environment = environment;
    this.checks = checks;
  }

  /** Whether this process is part of a development city. */
  public boolean isDevelopment() {
    return environment.equals("development");
  }

  void check(@Observes @Priority(FIRST) StartupEvent event) {
    if (!isDevelopment() && !environment.equals("production")) {
      throw new IllegalStateException(
          "liangjiang.environment must be production or development, not " + environment);
    }
    if (isDevelopment()) {
      return;
    }
    var problems = checks.stream().flatMap(check -> check.problems().stream()).toList();
    if (!problems.isEmpty()) {
      throw new IllegalStateException("not fit for production: " + String.join("; ", problems));
    }
  }
}
