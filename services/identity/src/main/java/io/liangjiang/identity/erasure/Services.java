package io.liangjiang.identity.erasure;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.liangjiang.identity.peer.IdentityToken;
import io.liangjiang.identity.peer.Peer;
import io.liangjiang.identity.peer.Peers;
import io.liangjiang.platform.calls.OnBehalfOf;
import io.liangjiang.platform.v1.ErasePersonalDataRequest;
import io.liangjiang.platform.v1.ErasePersonalDataResponse;
import io.liangjiang.platform.v1.PersonalDataService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Asks the services what is open, and to erase. */
@ApplicationScoped
class Services {
  private final Peers peers;
  private final IdentityToken token;

  Services(Peers peers, IdentityToken token) {
    this.peers = peers;
    this.token = token;
  }

  /** In the order in which they erase. */
  List<String> names() {
    return peers.all().stream().map(Peer::name).toList();
  }

  /** What is open anywhere, as "service/REASON". Fails while a service does not answer. */
  Uni<List<String>> blockers(UUID citizenId) {
    return token
        .issue()
        .chain(
            issued ->
                Uni.join()
                    .all(
                        peers.all().stream()
                            .map(peer -> blockers(peer, issued, citizenId))
                            .toList())
                    .andFailFast())
        .map(found -> found.stream().flatMap(List::stream).toList());
  }

  /**
   * Has one service erase; the same erasure again is answered alike.
   *
   * @return its answer, or nothing when something is open there
   */
  Uni<ErasePersonalDataResponse> erase(String service, UUID erasureId, UUID citizenId) {
    var peer =
        peers.all().stream().filter(each -> each.name().equals(service)).findFirst().orElseThrow();
    String requestId =
        UUID.nameUUIDFromBytes((erasureId + "/" + service).getBytes(StandardCharsets.UTF_8))
            .toString();
    var request =
        ErasePersonalDataRequest.newBuilder()
            .setRequestId(requestId)
            .setCitizenId(citizenId.toString())
            .build();
    return token
        .issue()
        .chain(issued -> OnBehalfOf.withToken(peer.stub(), issued).erasePersonalData(request));
  }

  /** Whether the service refused because something is open. */
  static boolean isBlocked(Throwable failure) {
    return failure instanceof StatusRuntimeException refusal
        && refusal.getStatus().getCode() == Status.Code.FAILED_PRECONDITION;
  }

  static ErasePersonalDataResponse answer(Case.Step step) {
    try {
      return ErasePersonalDataResponse.parseFrom(step.answer());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored answer cannot be read", e);
    }
  }

  private static Uni<List<String>> blockers(
      Peer<PersonalDataService> peer, String issued, UUID citizenId) {
    var request =
        ErasePersonalDataRequest.newBuilder()
            .setCitizenId(citizenId.toString())
            .setCheckOnly(true)
            .build();
    return OnBehalfOf.withToken(peer.stub(), issued)
        .erasePersonalData(request)
        .map(
            found ->
                found.getBlockersList().stream()
                    .map(blocker -> peer.name() + "/" + blocker.getReason())
                    .toList());
  }
}
