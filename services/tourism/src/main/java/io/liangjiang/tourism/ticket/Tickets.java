package io.liangjiang.tourism.ticket;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Shows tickets to those who bought them. */
@ApplicationScoped
public class Tickets {
  private final Database database;

  Tickets(Database database) {
    this.database = database;
  }

  /** One ticket of the caller. Errors: TICKET_NOT_FOUND. */
  Uni<Ticket> get(Caller caller, UUID ticketId) {
    return TicketRepository.find(database.client(), ticketId, UUID.fromString(caller.subject()))
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(
                            TourismReason.TICKET_NOT_FOUND, "the caller has no such ticket")));
  }
}
