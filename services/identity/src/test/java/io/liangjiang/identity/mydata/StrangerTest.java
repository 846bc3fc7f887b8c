package io.liangjiang.identity.mydata;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.OutsideWorld;
import io.liangjiang.identity.OwnKeys;
import io.liangjiang.identity.guesttoken.GuestStage;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.GetGuestRequest;
import io.liangjiang.identity.v1.GrantGuestRequest;
import io.liangjiang.identity.v1.Guest;
import io.liangjiang.identity.v1.GuestService;
import io.liangjiang.identity.v1.ListMyGuestsRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.v1.DescribePersonalDataRequest;
import io.liangjiang.platform.v1.PersonalDataCount;
import io.liangjiang.platform.v1.PersonalDataService;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What answers without ids, so that the matrix of the contract's examples cannot tell whose it is:
 * tried here as another citizen.
 */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class StrangerTest {
  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  GuestService guests;

  @GrpcClient("self")
  PersonalDataService personalData;

  @Inject GuestStage stage;

  private long sessionsOf(SessionTokens tokens) {
    var counts =
        await(
            TestCalls.as(personalData, tokens.getAccessToken())
                .describePersonalData(DescribePersonalDataRequest.getDefaultInstance()));
    return counts.getCountsList().stream()
        .filter(count -> count.getDataKind().equals("session"))
        .mapToLong(PersonalDataCount::getRecordCount)
        .sum();
  }

  private Guest seen(SessionTokens tokens, Client client) {
    return await(
        TestCalls.as(guests, tokens.getAccessToken())
            .getGuest(GetGuestRequest.newBuilder().setClientId(client.getClientId()).build()));
  }

  @Test
  void countsOnlyTheCallersOwn() {
    String openId = openId();
    await(sessions.signInWithMiniProgram(request(code(openId)).build()));
    await(sessions.signInWithMiniProgram(request(code(openId)).build()));
    var owner = await(sessions.signInWithMiniProgram(request(code(openId)).build()));
    assertThat(sessionsOf(owner)).isEqualTo(3);
    assertThat(sessionsOf(stage.citizen())).isEqualTo(1);
  }

  @Test
  void showsNobodyWhatAnotherGranted() {
    var client =
        stage.register(
            GuestStage.miniProgram("shop-" + UUID.randomUUID().toString().substring(28)));
    var owner = stage.citizen();
    var stranger = stage.citizen();
    var grant =
        GrantGuestRequest.newBuilder()
            .setRequestId(id())
            .setClientId(client.getClientId())
            .addScopes("openid")
            .build();
    await(TestCalls.as(guests, owner.getAccessToken()).grantGuest(grant));

    assertThat(seen(owner, client).getGrantedScopesList()).hasSize(1);
    assertThat(seen(stranger, client).getGrantedScopesList()).isEmpty();
    var list =
        await(
            TestCalls.as(guests, stranger.getAccessToken())
                .listMyGuests(ListMyGuestsRequest.getDefaultInstance()));
    assertThat(list.getGuestsList()).isEmpty();
  }
}
