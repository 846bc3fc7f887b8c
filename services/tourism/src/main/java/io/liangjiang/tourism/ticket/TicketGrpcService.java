package io.liangjiang.tourism.ticket;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.tourism.v1.GetTicketRequest;
import io.liangjiang.tourism.v1.TicketService;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The contract's TicketService. */
@GrpcService
public class TicketGrpcService implements TicketService {
  private final Tickets tickets;

  TicketGrpcService(Tickets tickets) {
    this.tickets = tickets;
  }

  @Override
  public Uni<io.liangjiang.tourism.v1.Ticket> getTicket(GetTicketRequest request) {
    var caller = Caller.current();
    new Violations().requireUuid(request.getTicketId(), "ticket_id").throwIfAny();
    return tickets.get(caller, UUID.fromString(request.getTicketId())).map(TicketProto::toProto);
  }
}
