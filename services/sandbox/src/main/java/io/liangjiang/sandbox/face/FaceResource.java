package io.liangjiang.sandbox.face;

import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.fault.FaultPlan.Availability;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.person.PersonRegister;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** The face provider over HTTP. */
@Path("faceVerifications")
public final class FaceResource {
  private final SandboxConfig config;
  private final PersonRegister register;
  private final FaceBooth booth;
  private final Faults faults;

  FaceResource(SandboxConfig config, PersonRegister register, FaceBooth booth, Faults faults) {
    this.config = config;
    this.register = register;
    this.booth = booth;
    this.faults = faults;
  }

  /** Asks for a camera. */
  record VerificationRequest(UUID verificationId, String name, String idNumber) {}

  /** What the camera is opened with. */
  record Ticket(String ticket) {}

  /** Whose face the camera sees. */
  record Look(String idNumber) {}

  /** What came of it. */
  record Verification(FaceBooth.Result result) {}

  @POST
  public Ticket begin(@RestHeader("X-Api-Key") String apiKey, VerificationRequest request) {
    admit(apiKey);
    if (request == null || request.verificationId == null) {
      throw new SandboxException(400, "INVALID_VERIFICATION_ID", "verificationId must be a UUID");
    }
    if (request.name == null || !register.isPerson(request.name, request.idNumber)) {
      throw new SandboxException(400, "UNKNOWN_PERSON", "The register has no picture of them");
    }
    return new Ticket(booth.begin(request.verificationId, request.idNumber));
  }

  /** What a phone does; it has the ticket and no key. */
  @POST
  @Path("{ticket}/look")
  public Verification look(@RestPath String ticket, Look look) {
    if (look == null || look.idNumber == null) {
      throw new SandboxException(400, "INVALID_ID_NUMBER", "idNumber must say whose face it is");
    }
    return new Verification(booth.look(ticket, look.idNumber));
  }

  @GET
  @Path("{ticket}")
  public Verification result(@RestHeader("X-Api-Key") String apiKey, @RestPath String ticket) {
    admit(apiKey);
    return new Verification(booth.result(ticket));
  }

  private void admit(String apiKey) {
    if (faults.now().realName() == Availability.FAIL) {
      throw new SandboxException(503, "BUSY", "The provider is busy; try again");
    }
    if (!isKey(apiKey)) {
      throw new SandboxException(401, "UNAUTHORIZED", "The header X-Api-Key is missing or wrong");
    }
  }

  private boolean isKey(String apiKey) {
    return apiKey != null
        && MessageDigest.isEqual(
            apiKey.getBytes(StandardCharsets.UTF_8),
            config.faceApiKey().getBytes(StandardCharsets.UTF_8));
  }
}
