package io.liangjiang.identity.peer;

import io.liangjiang.platform.v1.PersonalDataService;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The services that keep personal data, in the order in which they are asked. */
@ApplicationScoped
public class Peers {
  /** One service. */
  public record Peer(String name, PersonalDataService data) {}

  private final List<Peer> all;

  Peers(
      @GrpcClient("payments") PersonalDataService payments,
      @GrpcClient("transit") PersonalDataService transit,
      @GrpcClient("tourism") PersonalDataService tourism,
      @GrpcClient("healthcare") PersonalDataService healthcare,
      @GrpcClient("identity") PersonalDataService identity) {
    all =
        List.of(
            new Peer("payments", payments),
            new Peer("transit", transit),
            new Peer("tourism", tourism),
            new Peer("healthcare", healthcare),
            new Peer("identity", identity));
  }

  /** All of them; identity comes last, because the account is what the others are erased for. */
  public List<Peer> all() {
    return all;
  }
}
