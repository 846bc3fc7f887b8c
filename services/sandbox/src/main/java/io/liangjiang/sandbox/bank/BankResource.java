package io.liangjiang.sandbox.bank;

import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.fault.FaultPlan.Bank;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.sealed.SealedGate;
import io.liangjiang.sandbox.sealed.SealedGates;
import io.liangjiang.sandbox.sealed.Trouble;
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
  private final SealedGate gate;
  private final BankBooks books;
  private final Faults faults;

  BankResource(SealedGates gates, SandboxConfig config, BankBooks books, Faults faults) {
    this.gate = gates.of("Bank", config.bankKey());
    this.books = books;
    this.faults = faults;
  }

  @POST
  @Path("payouts")
  public Response pay(@Context HttpServerRequest request, String body) {
    return gate.serve(
        request, body, trouble(), () -> books.pay(gate.read(body, PayoutRequest.class)));
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

  private Trouble trouble() {
    Bank bank = faults.now().bank();
    return new Trouble(bank == Bank.FAIL, bank == Bank.LOSE);
  }
}
