package io.liangjiang.identity.administration;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.IdentitySettings.FirstAdministrator;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.staff.StaffMembers;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.startup.ProductionCheck;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Who administers a city that has no administrator yet: accounts from the settings, whose passwords
 * must be changed at once. From the first active administrator on the settings have no effect, so
 * that they are no second way in.
 */
@ApplicationScoped
public class FirstAdministrators implements ProductionCheck {
  private static final Logger LOG = Logger.getLogger(FirstAdministrators.class);
  private static final int MIN_PASSWORD = 16;

  private final AccountRepository repository;
  private final StaffMembers members;
  private final Database database;
  private final InstantSource clock;
  private final Map<String, FirstAdministrator> planned;

  FirstAdministrators(
      AccountRepository repository,
      StaffMembers members,
      Database database,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.members = members;
    this.database = database;
    this.clock = clock;
    this.planned = settings.firstAdministrators();
  }

  @Override
  public List<String> problems() {
    return problems(planned);
  }

  static List<String> problems(Map<String, FirstAdministrator> planned) {
    List<String> problems = new ArrayList<>();
    planned.forEach(
        (username, first) -> {
          String name = "liangjiang.identity.first-administrators." + username;
          if (!StaffRoles.isPowerful(first.role())) {
            problems.add(name + ".role must be admin, security-admin or auditor");
          }
          if (first.initialPassword().length() < MIN_PASSWORD) {
            problems.add(name + ".initial-password must have at least 16 characters");
          }
        });
    return problems;
  }

  void start(@Observes StartupEvent event) {
    if (!planned.isEmpty() && problems().isEmpty()) {
      appoint()
          .subscribe()
          .with(done -> {}, e -> LOG.error("the first administrators could not be set up", e));
    }
  }

  /** Opens the accounts if nobody administers. */
  Uni<Void> appoint() {
    return Multi.createFrom()
        .iterable(planned.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            each ->
                members
                    .hash(each.getValue().initialPassword())
                    .map(hash -> Map.entry(account(each.getKey(), each.getValue()), hash)))
        .collect()
        .asList()
        .chain(hashed -> database.inTransaction(tx -> appoint(tx, hashed)));
  }

  private Uni<Void> appoint(SqlConnection tx, List<Map.Entry<Account, String>> hashed) {
    return repository
        .waitForTurn(tx)
        .chain(() -> repository.countHolders(tx, StaffRoles.ADMIN))
        .chain(
            holders ->
                holders > 0
                    ? Uni.createFrom().voidItem()
                    : Multi.createFrom()
                        .iterable(hashed)
                        .onItem()
                        .transformToUniAndConcatenate(
                            each -> repository.insertFirst(tx, each.getKey(), each.getValue()))
                        .collect()
                        .last()
                        .invoke(() -> LOG.info("the first administrators have their accounts"))
                        .replaceWithVoid());
  }

  private Account account(String username, FirstAdministrator first) {
    return new Account(
        UUID.randomUUID(),
        username,
        List.of(first.role()),
        "",
        false,
        true,
        null,
        Columns.now(clock));
  }
}
