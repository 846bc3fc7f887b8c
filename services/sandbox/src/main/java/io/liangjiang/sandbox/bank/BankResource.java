package io.liangjiang.sandbox.bank;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestPath;

/** The bank over HTTP: payouts for the city, and a look into the books for testers. */
@Path("/bank")
@RunOnVirtualThread
public final class BankResource {
  private final BankGate gate;
  private final BankBooks books;

  BankResource(BankGate gate, BankBooks books) {
    this.gate = gate;
    this.books = books;
  }

  @POST
  @Path("payouts")
  public Response pay(@Context HttpServerRequest request, String body) {
    return gate.serve(request, body, () -> books.pay(gate.read(body, PayoutRequest.class)));
  }

  @GET
  @Path("payouts/{payoutNumber}")
  public BankPayout payout(@RestPath String payoutNumber) {
    return books.get(payoutNumber);
  }

  @GET
  @Path("books")
  public BankBooks.Totals totals() {
    return books.totals();
  }
}
