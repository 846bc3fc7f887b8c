package io.liangjiang.identity.staff;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.startup.ProductionCheck;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * The staff that a development city has from its first start, with the passwords that its launcher
 * made. A production start refuses such passwords, and deletes such staff if the database was a
 * development city's once.
 */
@Readiness
@ApplicationScoped
public class DevelopmentStaff implements ProductionCheck, HealthCheck {
  private static final Logger LOG = Logger.getLogger(DevelopmentStaff.class);

  private record Planned(String username, String organisationId, Optional<String> password) {}

  private final StaffRepository repository;
  private final PasswordHashing hashing;
  private final DevelopmentCity development;
  private final InstantSource clock;
  private final List<Planned> planned;
  private volatile boolean ready;

  DevelopmentStaff(
      StaffRepository repository,
      PasswordHashing hashing,
      DevelopmentCity development,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.hashing = hashing;
    this.development = development;
    this.clock = clock;
    this.planned = plan(settings.staffPasswords());
  }

  private static List<Planned> plan(IdentitySettings.StaffPasswords passwords) {
    return List.of(
        new Planned("gate", "wulong-tourism", passwords.gate()),
        new Planned("merchant", "wulong-tourism", passwords.merchant()),
        new Planned("hospital-desk", "chongqing-children-hospital", passwords.hospitalDesk()),
        new Planned("bus-operator", "liangjiang-bus", passwords.busOperator()),
        new Planned("auditor", "", passwords.auditor()),
        new Planned("admin", "", passwords.admin()),
        new Planned("security-admin", "", passwords.securityAdmin()));
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Planned staff : planned) {
      if (staff.password().isPresent()) {
        problems.add(
            "liangjiang.identity.staff-passwords." + staff.username() + " is for development only");
      }
    }
    return problems;
  }

  void start(@Observes StartupEvent event) {
    Uni<Void> work =
        development.only(true).isPresent()
            ? Multi.createFrom()
                .iterable(planned)
                .onItem()
                .transformToUniAndConcatenate(this::put)
                .collect()
                .last()
            : repository.deleteDevelopment().invoke(DevelopmentStaff::warn).replaceWithVoid();
    work.subscribe()
        .with(
            ignored -> ready = true,
            e -> LOG.error("the development city's staff could not be set up", e));
  }

  private Uni<Void> put(Planned staff) {
    if (staff.password().isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var member =
        new StaffMember(
            UUID.randomUUID(), staff.username(), List.of(staff.username()), staff.organisationId());
    return hashing
        .create(staff.password().get())
        .chain(hash -> repository.putDevelopment(member, hash, Columns.now(clock)));
  }

  private static void warn(int deleted) {
    if (deleted > 0) {
      LOG.warnf("deleted %d staff of a development city", deleted);
    }
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("staff").status(ready).build();
  }
}
