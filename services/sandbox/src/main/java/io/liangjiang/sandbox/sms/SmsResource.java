package io.liangjiang.sandbox.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.fault.FaultPlan.Availability;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.sms.SmsInbox.SmsMessage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** The SMS provider over HTTP. */
@Path("smsMessages")
@RunOnVirtualThread
public final class SmsResource {
  private static final int MAX_SHOWN = 100;

  private final SmsGate gate;
  private final SmsInbox inbox;
  private final Faults faults;
  private final ObjectMapper json;

  SmsResource(SmsGate gate, SmsInbox inbox, Faults faults, ObjectMapper json) {
    this.gate = gate;
    this.inbox = inbox;
    this.faults = faults;
    this.json = json;
  }

  /** The provider has it. */
  record Accepted(String messageId, String state) {}

  /** What the phones show. */
  record Inbox(List<SmsMessage> smsMessages) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Accepted send(@Context HttpServerRequest http, String body) {
    if (faults.now().sms() == Availability.FAIL) {
      throw new SandboxException(503, "BUSY", "The SMS provider is busy; try again");
    }
    gate.verify(http, body);
    SmsRequest request = read(body);
    request.requireValid();
    inbox.deliver(request);
    return new Accepted(request.messageId(), "ACCEPTED");
  }

  @GET
  public Inbox newest(
      @RestQuery Optional<String> phoneNumber, @RestQuery @DefaultValue("20") int count) {
    if (count < 1 || count > MAX_SHOWN) {
      throw new SandboxException(400, "INVALID_COUNT", "count must be 1 to " + MAX_SHOWN);
    }
    return new Inbox(inbox.newest(phoneNumber, count));
  }

  private SmsRequest read(String body) {
    try {
      SmsRequest request = json.readValue(body, SmsRequest.class);
      if (request != null) {
        return request;
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new SandboxException(400, "INVALID_JSON", "the body is not the JSON that is expected");
  }
}
