package io.liangjiang.identity.administration;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentitySettings.FirstAdministrator;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SignInStaffRequest;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A city without staff, whose settings name its first administrators. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
@TestProfile(FirstAdministratorsTest.NewCity.class)
class FirstAdministratorsTest {
  private static final String PASSWORD = "sixteen-characters-or-more";
  private static final String SETTING = "liangjiang.identity.first-administrators.";

  public static final class NewCity implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          SETTING + "wang.role",
          "admin",
          SETTING + "wang.initial-password",
          PASSWORD,
          SETTING + "li.role",
          "security-admin",
          SETTING + "li.initial-password",
          PASSWORD);
    }
  }

  private record Planned(String role, String initialPassword) implements FirstAdministrator {}

  @GrpcClient("self")
  SessionService sessions;

  @Inject FirstAdministrators first;
  @Inject Tables tables;

  @Test
  void haveAccountsOnceWhosePasswordsMustBeChanged() {
    awaitDevelopmentStaff();
    tables.rows("delete from staff");

    await(first.appoint());

    assertThat(tables.rows("select username, roles::text from staff order by username"))
        .extracting(row -> row.getString(0) + row.getString(1))
        .containsExactly("li{security-admin}", "wang{admin}");
    var signIn =
        SignInStaffRequest.newBuilder()
            .setRequestId(id())
            .setUsername("wang")
            .setPassword(PASSWORD)
            .build();
    assertThat(TestCalls.reason(catchThrowable(() -> await(sessions.signInStaff(signIn)))))
        .isEqualTo("PASSWORD_CHANGE_REQUIRED");

    tables.rows("delete from staff where username = 'li'");
    await(first.appoint());
    assertThat(tables.count("select count(*) from staff")).isEqualTo(1);
  }

  /** Other tests of this process give their settings to every application: wait for their staff. */
  private void awaitDevelopmentStaff() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (tables.count("select count(*) from staff where origin = 'DEVELOPMENT'") < 7
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  @Test
  void settingsThatAreNoneAreNamed() {
    assertThat(FirstAdministrators.problems(Map.of("wang", new Planned("gate", "short"))))
        .containsExactly(
            SETTING + "wang.role must be admin, security-admin or auditor",
            SETTING + "wang.initial-password must have at least 16 characters");
    assertThat(FirstAdministrators.problems(Map.of("wang", new Planned("admin", PASSWORD))))
        .isEmpty();
  }
}
