package io.liangjiang.identity.peer;

import io.liangjiang.platform.v1.PersonalDataService;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The services that keep personal data, in the order in which they are asked. */
@ApplicationScoped
public class Peers {
  private final List<Peer<PersonalDataService>> all;

  Peers(
      @GrpcClient("payments") PersonalDataService payments,
      @GrpcClient("transit") PersonalDataService transit,
      @GrpcClient("tourism") PersonalDataService tourism,
      @GrpcClient("healthcare") PersonalDataService healthcare,
      @GrpcClient("identity") PersonalDataService identity) {
    all = Peer.all(payments, transit, tourism, healthcare, identity);
  }

  /** All of them, in that order. */
  public List<Peer<PersonalDataService>> all() {
    return all;
  }
}
