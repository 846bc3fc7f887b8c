package io.liangjiang.identity.guestclient;

import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.ClientService;
import io.liangjiang.identity.v1.GetClientRequest;
import io.liangjiang.identity.v1.ListClientsRequest;
import io.liangjiang.identity.v1.ListClientsResponse;
import io.liangjiang.identity.v1.RegisterClientRequest;
import io.liangjiang.identity.v1.ResumeClientRequest;
import io.liangjiang.identity.v1.SuspendClientRequest;
import io.liangjiang.identity.v1.UpdateClientRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of the register of guests. */
@GrpcService
public class ClientGrpcService implements ClientService {
  private static final int MAX_REASON = 200;

  private final Clients clients;

  ClientGrpcService(Clients clients) {
    this.clients = clients;
  }

  @Override
  public Uni<Client> registerClient(RegisterClientRequest request) {
    return clients.register(Caller.current(), request);
  }

  @Override
  public Uni<Client> getClient(GetClientRequest request) {
    return clients.get(request.getClientId());
  }

  @Override
  public Uni<ListClientsResponse> listClients(ListClientsRequest request) {
    return clients
        .list(Page.of(request.getPageSize(), request.getPageToken()))
        .map(
            cut ->
                ListClientsResponse.newBuilder()
                    .addAllClients(cut.items())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  @Override
  public Uni<Client> updateClient(UpdateClientRequest request) {
    return clients.update(Caller.current(), request);
  }

  @Override
  public Uni<Client> suspendClient(SuspendClientRequest request) {
    new Violations().requireText(request.getReason(), 1, MAX_REASON, "reason").throwIfAny();
    return clients.suspend(Caller.current(), request);
  }

  @Override
  public Uni<Client> resumeClient(ResumeClientRequest request) {
    return clients.resume(Caller.current(), request);
  }
}
