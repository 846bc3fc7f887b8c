package io.liangjiang.identity.guestclient;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.ClientScope;
import io.liangjiang.identity.v1.ClientService;
import io.liangjiang.identity.v1.GetClientRequest;
import io.liangjiang.identity.v1.ListClientsRequest;
import io.liangjiang.identity.v1.RegisterClientRequest;
import io.liangjiang.identity.v1.ResumeClientRequest;
import io.liangjiang.identity.v1.SuspendClientRequest;
import io.liangjiang.identity.v1.UpdateClientRequest;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class ClientRegisterTest {
  @GrpcClient("self")
  ClientService stub;

  @Inject Tables tables;
  private ClientService clients;

  @BeforeEach
  void signIn() {
    clients = TestCalls.as(stub, TestTokens.staff("admin", ""));
  }

  private static Client.Builder page() {
    return Client.newBuilder()
        .setClientId("page-" + UUID.randomUUID().toString().substring(0, 12))
        .setDisplayName("示例医院")
        .setPurpose("预约挂号")
        .setKind(Client.Kind.WEB_PAGE)
        .addRedirectUris("https://hospital.example/callback")
        .addScopes(ClientScope.newBuilder().setScope("openid").setPurpose("登录"))
        .setSector("hospital.example")
        .setRequestsPerMinute(60)
        .setRequestsPerDay(10_000);
  }

  private Client register(Client.Builder client) {
    return await(
        clients.registerClient(
            RegisterClientRequest.newBuilder().setRequestId(id()).setClient(client).build()));
  }

  private Client update(String clientId, Client.Builder client) {
    return await(
        clients.updateClient(
            UpdateClientRequest.newBuilder()
                .setRequestId(id())
                .setClientId(clientId)
                .setClient(client)
                .build()));
  }

  @Test
  void registersUpdatesSuspendsAndResumesWithAuditRecords() {
    Client.Builder wanted = page();
    Client registered = register(wanted);
    String clientId = registered.getClientId();
    assertThat(registered)
        .isEqualTo(
            wanted
                .setState(Client.State.ACTIVE)
                .setCreateTime(registered.getCreateTime())
                .setUpdateTime(registered.getUpdateTime())
                .build());

    Client updated = update(clientId, page().setDisplayName("新名"));
    assertThat(updated.getDisplayName()).isEqualTo("新名");
    assertThat(updated.getCreateTime()).isEqualTo(registered.getCreateTime());

    var suspension = SuspendClientRequest.newBuilder().setClientId(clientId).setReason("abuse");
    Client suspended = await(clients.suspendClient(suspension.setRequestId(id()).build()));
    assertThat(suspended.getState()).isEqualTo(Client.State.SUSPENDED);
    assertThat(await(clients.suspendClient(suspension.setRequestId(id()).build())))
        .isEqualTo(suspended);
    Client resumed =
        await(
            clients.resumeClient(
                ResumeClientRequest.newBuilder().setRequestId(id()).setClientId(clientId).build()));
    assertThat(resumed.getState()).isEqualTo(Client.State.ACTIVE);
    assertThat(
            await(clients.getClient(GetClientRequest.newBuilder().setClientId(clientId).build())))
        .isEqualTo(resumed);
    assertThat(
            tables.rows(
                "select action, actor from audit_record where subject = $1 order by create_time",
                clientId))
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactly(
            "client.registered staff-admin",
            "client.updated staff-admin",
            "client.suspended staff-admin",
            "client.resumed staff-admin");
  }

  @Test
  void listsByIdPageByPage() {
    Client registered = register(page());
    var first = await(clients.listClients(ListClientsRequest.newBuilder().setPageSize(1).build()));
    assertThat(first.getClientsList()).hasSize(1);
    var all = await(clients.listClients(ListClientsRequest.newBuilder().setPageSize(100).build()));
    assertThat(all.getClientsList())
        .contains(registered)
        .isSortedAccordingTo(java.util.Comparator.comparing(Client::getClientId));
  }

  private String refused(Client.Builder client) {
    return TestCalls.reason(catchThrowable(() -> register(client)));
  }

  @Test
  void refusesWhatCannotBeRegistered() {
    Client taken = register(page());
    assertThat(refused(page().setClientId(taken.getClientId()))).isEqualTo("CLIENT_ID_TAKEN");
    for (Client.Builder wrong :
        new Client.Builder[] {
          page().setClientId("liangjiang"),
          page().setClientId("UPPER"),
          page().setDisplayName(""),
          page().setKind(Client.Kind.KIND_UNSPECIFIED),
          page().clearRedirectUris(),
          page().addRedirectUris("http://hospital.example/"),
          page().addRedirectUris("https://u@hospital.example/"),
          page().addRedirectUris("https://hospital.example/#f"),
          page().addRedirectUris("https://hospital.example/callback"),
          page().addRedirectUris("javascript:alert(1)"),
          page().addAudiences("liangjiang"),
          page().addServes("https://api.example"),
          page().setKind(Client.Kind.MACHINE).clearRedirectUris(),
          page().setJwks("{}"),
          page().setJwks("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"1\"}]}"),
          page().addScopes(ClientScope.newBuilder().setScope("id_number").setPurpose("x")),
          page().addScopes(ClientScope.newBuilder().setScope("phone")),
          page().addScopes(ClientScope.newBuilder().setScope("openid").setPurpose("again")),
          page().setSector("Hospital Example"),
          page().setRequestsPerMinute(0),
          page().setRequestsPerDay(10_000_001)
        }) {
      assertThat(refused(wrong)).as(wrong.toString()).isEqualTo("INVALID_ARGUMENT");
    }
    String clientId = taken.getClientId();
    assertThat(
            TestCalls.reason(
                catchThrowable(() -> update(clientId, page().setSector("other.example")))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(TestCalls.reason(catchThrowable(() -> update("no-such", page()))))
        .isEqualTo("CLIENT_NOT_FOUND");
  }
}
