package io.liangjiang.identity.administration;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.v1.CreateOrganisationRequest;
import io.liangjiang.identity.v1.ListOrganisationsRequest;
import io.liangjiang.identity.v1.Organisation;
import io.liangjiang.identity.v1.OrganisationService;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class OrganisationTest {
  @GrpcClient("self")
  OrganisationService self;

  private OrganisationService admin;

  @BeforeEach
  void asAdmin() {
    admin = TestCalls.as(self, TestTokens.staff("admin", ""));
  }

  private static CreateOrganisationRequest.Builder request() {
    return CreateOrganisationRequest.newBuilder()
        .setRequestId(id())
        .setOrganisationId("z-" + id())
        .setDisplayName("金佛山")
        .setKind(Organisation.Kind.SITE_OPERATOR);
  }

  private String refusal(CreateOrganisationRequest.Builder request) {
    return TestCalls.reason(catchThrowable(() -> await(admin.createOrganisation(request.build()))));
  }

  @Test
  void organisationIsMadeKnownOnce() {
    var request = request();

    Organisation made = await(admin.createOrganisation(request.build()));

    assertThat(await(admin.createOrganisation(request.setRequestId(id()).build()))).isEqualTo(made);
    assertThat(refusal(request.setDisplayName("银佛山"))).isEqualTo("ORGANISATION_ID_TAKEN");
    assertThat(refusal(request().setOrganisationId("With Space"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(request().clearKind())).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void listsAllByIdPageByPage() {
    await(admin.createOrganisation(request().build()));
    var first = await(admin.listOrganisations(page(6, "")));

    var second = await(admin.listOrganisations(page(6, first.getNextPageToken())));

    assertThat(first.getOrganisationsList())
        .extracting(Organisation::getOrganisationId)
        .contains("chongqing-children-hospital", "wulong-tourism")
        .isSorted();
    assertThat(second.getOrganisationsList()).isNotEmpty();
  }

  private static ListOrganisationsRequest page(int size, String token) {
    return ListOrganisationsRequest.newBuilder().setPageSize(size).setPageToken(token).build();
  }
}
