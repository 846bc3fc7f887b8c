package io.liangjiang.identity.mydata;

import io.liangjiang.identity.peer.AccessRecordPeers;
import io.liangjiang.identity.peer.Peer;
import io.liangjiang.identity.peer.Peers;
import io.liangjiang.identity.v1.ListMyAccessRecordsResponse;
import io.liangjiang.identity.v1.MyData;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.calls.OnBehalfOf;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.DescribePersonalDataRequest;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.platform.v1.PersonalDataService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks all services at once, each no longer than the deadline, with the citizen's own token. */
@ApplicationScoped
class MyRecords {
  private static final Logger LOG = Logger.getLogger(MyRecords.class);
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final int MAX_SIZE = 99;

  private record Described(String service, Optional<MyData.ServiceData> data) {}

  private final AccessRecordPeers recordPeers;
  private final Peers peers;

  MyRecords(AccessRecordPeers recordPeers, Peers peers) {
    this.recordPeers = recordPeers;
    this.peers = peers;
  }

  /** Errors: INVALID_PAGE_TOKEN. */
  Uni<ListMyAccessRecordsResponse> list(Caller caller, Page asked) {
    Page page = new Page(Math.min(asked.size(), MAX_SIZE), asked.key());
    String token =
        page.isFirst()
            ? ""
            : Page.token(List.of(page.keyInstant(0).toString(), page.keyUuid(1).toString()));
    var request =
        ListAccessRecordsRequest.newBuilder().setPageSize(page.limit()).setPageToken(token).build();
    var answers = recordPeers.all().stream().map(peer -> ask(peer, caller, request)).toList();
    return Uni.join().all(answers).andFailFast().map(all -> MergedRecords.of(page, all));
  }

  Uni<MyData> describe(Caller caller) {
    var answers = peers.all().stream().map(peer -> describe(peer, caller)).toList();
    return Uni.join()
        .all(answers)
        .andFailFast()
        .map(
            all -> {
              var data = MyData.newBuilder();
              all.forEach(
                  each ->
                      each.data()
                          .ifPresentOrElse(
                              data::addServices,
                              () -> data.addUnavailableServices(each.service())));
              return data.build();
            });
  }

  private static Uni<MergedRecords.Answer> ask(
      Peer<AccessRecordService> peer, Caller caller, ListAccessRecordsRequest request) {
    return OnBehalfOf.citizen(peer.stub(), caller)
        .listAccessRecords(request)
        .ifNoItem()
        .after(DEADLINE)
        .fail()
        .map(found -> new MergedRecords.Answer(peer.name(), true, found.getAccessRecordsList()))
        .onFailure()
        .invoke(e -> away(peer.name(), e))
        .onFailure()
        .recoverWithItem(new MergedRecords.Answer(peer.name(), false, List.of()));
  }

  private static Uni<Described> describe(Peer<PersonalDataService> peer, Caller caller) {
    return OnBehalfOf.citizen(peer.stub(), caller)
        .describePersonalData(DescribePersonalDataRequest.getDefaultInstance())
        .ifNoItem()
        .after(DEADLINE)
        .fail()
        .map(
            found ->
                new Described(
                    peer.name(),
                    Optional.of(
                        MyData.ServiceData.newBuilder()
                            .setService(peer.name())
                            .addAllCounts(found.getCountsList())
                            .build())))
        .onFailure()
        .invoke(e -> away(peer.name(), e))
        .onFailure()
        .recoverWithItem(new Described(peer.name(), Optional.empty()));
  }

  private static void away(String service, Throwable failure) {
    LOG.warnf("my data: %s did not answer: %s", service, failure.getMessage());
  }
}
