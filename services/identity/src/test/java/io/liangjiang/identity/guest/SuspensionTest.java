package io.liangjiang.identity.guest;

import static io.liangjiang.identity.SignedIn.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.OutsideWorld;
import io.liangjiang.identity.OwnKeys;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.guesttoken.GuestStage;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What a suspended guest had is ended for good, so that followers of the feed hear of it. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class SuspensionTest {
  @Inject GuestStage stage;
  @Inject GuestSessions sessions;
  @Inject Tables tables;

  @Test
  void endsTheSessionsAndTellsTheFeed() {
    var client = stage.register(GuestStage.page());
    var other = stage.register(GuestStage.page());
    var citizen = stage.citizen();
    var unused = stage.signIn(citizen, client, "openid", "offline_access");
    unused = stage.signIn(citizen, other, "openid", "offline_access");
    stage.suspend(client);

    await(sessions.endSuspended());

    assertThat(
            tables.rows(
                "select s.client_id, s.revoke_reason from guest_session s"
                    + " left join outbox_event o on o.subject = s.guest_session_id::text"
                    + " where (s.revoke_reason is null) = (o.subject is null)"
                    + " and s.client_id in ($1, $2)",
                client.getClientId(),
                other.getClientId()))
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactlyInAnyOrder(
            client.getClientId() + " CLIENT_SUSPENDED", other.getClientId() + " null");
  }
}
