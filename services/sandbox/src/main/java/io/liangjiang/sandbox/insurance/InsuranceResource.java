package io.liangjiang.sandbox.insurance;

import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.fault.FaultPlan.Insurance;
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
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The bureau over HTTP: authorizations for phones, settlements for the city, and a look into the
 * books for testers.
 */
@Path("/insurance")
@RunOnVirtualThread
public final class InsuranceResource {
  private final SealedGate gate;
  private final Authorizations authorizations;
  private final InsuranceBooks books;
  private final Statements statements;
  private final Faults faults;

  InsuranceResource(
      SealedGates gates,
      SandboxConfig config,
      Authorizations authorizations,
      InsuranceBooks books,
      Statements statements,
      Faults faults) {
    this.gate = gates.of("Insurance", config.insuranceKey());
    this.authorizations = authorizations;
    this.books = books;
    this.statements = statements;
    this.faults = faults;
  }

  /** What the phone hands to the city. */
  record Authorization(String payAuthNo, long expiresInSeconds) {}

  @POST
  @Path("authorizations")
  public Authorization allow(AuthorizationRequest request) {
    if (request == null) {
      throw new SandboxException(400, "INVALID_JSON", "the body is empty");
    }
    return new Authorization(authorizations.allow(request), Authorizations.LIFE.toSeconds());
  }

  @POST
  @Path("settlements")
  public Response split(@Context HttpServerRequest request, String body) {
    return serve(request, body, () -> books.split(gate.read(body, SettlementRequest.class)));
  }

  @GET
  @Path("settlements/{settlementNumber}")
  public Response settlement(
      @Context HttpServerRequest request, @RestPath String settlementNumber) {
    return serve(request, "", () -> books.get(settlementNumber));
  }

  @POST
  @Path("settlements/{settlementNumber}/reversal")
  public Response reverse(
      @Context HttpServerRequest request, @RestPath String settlementNumber, String body) {
    return serve(request, body, () -> books.reverse(settlementNumber));
  }

  @GET
  @Path("statements/{date}")
  public Response statement(@Context HttpServerRequest request, @RestPath String date) {
    return serve(request, "", () -> statements.of(date));
  }

  @GET
  @Path("books")
  public Statements.Totals totals() {
    return statements.totals();
  }

  private Response serve(HttpServerRequest request, String body, Supplier<Object> handler) {
    Insurance fault = faults.now().insurance();
    var trouble = new Trouble(fault == Insurance.FAIL, fault == Insurance.LOSE);
    return gate.serve(request, body, trouble, handler);
  }
}
