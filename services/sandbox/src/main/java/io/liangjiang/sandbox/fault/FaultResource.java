package io.liangjiang.sandbox.fault;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Orders faults over HTTP. */
@Path("/faults")
public final class FaultResource {
  private final Faults faults;

  FaultResource(Faults faults) {
    this.faults = faults;
  }

  @GET
  public FaultPlan get() {
    return faults.now();
  }

  @POST
  public FaultPlan post(FaultPlan change) {
    return faults.change(change);
  }

  @DELETE
  public FaultPlan delete() {
    return faults.end();
  }
}
