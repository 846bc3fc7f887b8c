package io.liangjiang.sandbox.person;

import io.liangjiang.sandbox.SandboxConfig;
import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.fault.FaultPlan.Availability;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.person.PersonRegister.Person;
import io.liangjiang.sandbox.person.PersonRegister.Result;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** The register of persons over HTTP. */
@Path("/")
public final class PersonResource {
  private final SandboxConfig config;
  private final PersonRegister register;
  private final Faults faults;

  PersonResource(SandboxConfig config, PersonRegister register, Faults faults) {
    this.config = config;
    this.register = register;
    this.faults = faults;
  }

  /** Persons to test with. */
  record TestPersons(List<Person> testPersons) {}

  /** Asks whether a name belongs to a number. */
  record VerificationRequest(String name, String idNumber) {}

  /** What the register says. */
  record Verification(Result result) {}

  /** Asks whether somebody is father or mother of a child. */
  record ParenthoodRequest(String parentIdNumber, String childName, String childIdNumber) {}

  /** What the register says of it. */
  record ParenthoodVerification(Parenthood result) {}

  /** Whether somebody is. */
  enum Parenthood {
    /** Father or mother. */
    PARENT,
    /** Neither, as far as the register knows. */
    NOT_PARENT
  }

  @GET
  @Path("testPersons")
  public TestPersons testPersons(@RestQuery @DefaultValue("24") int count) {
    if (count < 1 || count > PersonRegister.SIZE) {
      throw new SandboxException(400, "INVALID_COUNT", "count must be 1 to " + PersonRegister.SIZE);
    }
    return new TestPersons(register.first(count));
  }

  @POST
  @Path("realNameVerifications")
  public Verification verify(@RestHeader("X-Api-Key") String apiKey, VerificationRequest request) {
    admit(apiKey);
    if (request == null || request.name == null || request.name.isBlank()) {
      throw new SandboxException(400, "INVALID_NAME", "name must not be empty");
    }
    requireNumber(request.idNumber, "idNumber");
    return new Verification(register.verify(request.name, request.idNumber));
  }

  @POST
  @Path("parenthoodVerifications")
  public ParenthoodVerification verifyParenthood(
      @RestHeader("X-Api-Key") String apiKey, ParenthoodRequest request) {
    admit(apiKey);
    if (request == null || request.childName == null || request.childName.isBlank()) {
      throw new SandboxException(400, "INVALID_NAME", "childName must not be empty");
    }
    requireNumber(request.parentIdNumber, "parentIdNumber");
    requireNumber(request.childIdNumber, "childIdNumber");
    return new ParenthoodVerification(
        register.isParent(request.parentIdNumber, request.childName, request.childIdNumber)
            ? Parenthood.PARENT
            : Parenthood.NOT_PARENT);
  }

  private void admit(String apiKey) {
    if (faults.now().realName() == Availability.FAIL) {
      throw new SandboxException(503, "BUSY", "The register is busy; try again");
    }
    if (!isKey(apiKey)) {
      throw new SandboxException(401, "UNAUTHORIZED", "The header X-Api-Key is missing or wrong");
    }
  }

  private static void requireNumber(String number, String field) {
    if (!IdNumber.isValid(number)) {
      throw new SandboxException(
          400, "INVALID_ID_NUMBER", field + " is no citizen identification number (GB 11643)");
    }
  }

  private boolean isKey(String apiKey) {
    return apiKey != null
        && MessageDigest.isEqual(
            apiKey.getBytes(StandardCharsets.UTF_8),
            config.realNameApiKey().getBytes(StandardCharsets.UTF_8));
  }
}
