package io.liangjiang.identity.peer;

import io.liangjiang.platform.v1.AccessRecordService;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The services that keep access records. */
@ApplicationScoped
public class AccessRecordPeers {
  /** One service. */
  public record Peer(String name, AccessRecordService records) {}

  private final List<Peer> all;

  AccessRecordPeers(
      @GrpcClient("payments") AccessRecordService payments,
      @GrpcClient("transit") AccessRecordService transit,
      @GrpcClient("tourism") AccessRecordService tourism,
      @GrpcClient("healthcare") AccessRecordService healthcare,
      @GrpcClient("identity") AccessRecordService identity) {
    all =
        List.of(
            new Peer("payments", payments),
            new Peer("transit", transit),
            new Peer("tourism", tourism),
            new Peer("healthcare", healthcare),
            new Peer("identity", identity));
  }

  /** All of them. */
  public List<Peer> all() {
    return all;
  }
}
