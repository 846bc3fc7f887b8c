package io.liangjiang.identity.peer;

import io.liangjiang.platform.v1.AccessRecordService;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The services that keep access records. */
@ApplicationScoped
public class AccessRecordPeers {
  private final List<Peer<AccessRecordService>> all;

  AccessRecordPeers(
      @GrpcClient("payments") AccessRecordService payments,
      @GrpcClient("transit") AccessRecordService transit,
      @GrpcClient("tourism") AccessRecordService tourism,
      @GrpcClient("healthcare") AccessRecordService healthcare,
      @GrpcClient("identity") AccessRecordService identity) {
    all = Peer.all(payments, transit, tourism, healthcare, identity);
  }

  /** All of them. */
  public List<Peer<AccessRecordService>> all() {
    return all;
  }
}
