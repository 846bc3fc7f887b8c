package io.liangjiang.tourism.checkin;

import io.liangjiang.citycode.CityCodeVerifier;
import io.liangjiang.citycode.RevocationList;
import io.liangjiang.citycode.Verification;
import io.liangjiang.citycode.VerificationKey;
import io.liangjiang.citycode.VerificationKeys;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.tourism.TourismSettings;
import io.liangjiang.transit.v1.CityCodeKey;
import io.liangjiang.transit.v1.CityCodeRevocation;
import io.liangjiang.transit.v1.CityCodeService;
import io.liangjiang.transit.v1.GetCityCodeKeySetRequest;
import io.liangjiang.transit.v1.ListCityCodeRevocationsRequest;
import io.liangjiang.transit.v1.ListCityCodeRevocationsResponse;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Verifies citizens' codes with transit's keys and revocations, which are fetched again when they
 * are some seconds old.
 */
@ApplicationScoped
public class CityCodes {
  private static final Logger LOG = Logger.getLogger(CityCodes.class);
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int PAGE_SIZE = 1_000;
  private static final int MAX_PAGES = RevocationList.MAX_ENTRIES / PAGE_SIZE;

  private final CityCodeService transit;
  private final TourismSettings settings;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Snapshot> latest = new AtomicReference<>();

  CityCodes(
      @GrpcClient("transit") CityCodeService transit,
      TourismSettings settings,
      InstantSource clock) {
    this.transit = transit;
    this.settings = settings;
    this.clock = clock;
  }

  private record Snapshot(CityCodeVerifier verifier, Instant fetched) {}

  /** Judges a code as of now. Errors: UNAVAILABLE when transit's keys could never be fetched. */
  Uni<Verification> verify(String code) {
    Instant now = clock.instant();
    Snapshot known = latest.get();
    if (known != null && now.isBefore(known.fetched().plus(settings.cityCodeRefresh()))) {
      return Uni.createFrom().item(known.verifier().verify(code, now));
    }
    return fetch(now)
        .invoke(latest::set)
        .onFailure()
        .recoverWithUni(failure -> old(known, failure))
        .map(snapshot -> snapshot.verifier().verify(code, now));
  }

  /** A gate goes on with what it has while transit is away, as a reader without a network does. */
  private static Uni<Snapshot> old(@Nullable Snapshot known, Throwable failure) {
    if (known != null) {
      LOG.warnf("city codes are judged by keys of %s: %s", known.fetched(), failure);
      return Uni.createFrom().item(known);
    }
    return Uni.createFrom()
        .failure(
            new ServiceException(
                    PlatformReason.UNAVAILABLE, "city codes cannot be verified for the moment")
                .retryAfter(RETRY));
  }

  private Uni<Snapshot> fetch(Instant now) {
    return transit
        .getCityCodeKeySet(GetCityCodeKeySetRequest.getDefaultInstance())
        .map(set -> VerificationKeys.of(set.getKeysList().stream().map(CityCodes::key).toList()))
        .chain(
            keys ->
                fetchRevocations()
                    .map(
                        revocations ->
                            new Snapshot(
                                new CityCodeVerifier(keys, revocations, CLOCK_SKEW), now)));
  }

  private Uni<RevocationList> fetchRevocations() {
    var pages = new AtomicInteger();
    return Multi.createBy()
        .repeating()
        .uni(AtomicReference<String>::new, this::fetchPage)
        .whilst(page -> !page.getNextPageToken().isEmpty() && pages.incrementAndGet() < MAX_PAGES)
        .collect()
        .asList()
        .map(CityCodes::list);
  }

  private Uni<ListCityCodeRevocationsResponse> fetchPage(AtomicReference<String> token) {
    var request = ListCityCodeRevocationsRequest.newBuilder().setPageSize(PAGE_SIZE);
    String from = token.get();
    if (from != null) {
      request.setPageToken(from);
    }
    return transit
        .listCityCodeRevocations(request.build())
        .invoke(page -> token.set(page.getNextPageToken()));
  }

  private static RevocationList list(List<ListCityCodeRevocationsResponse> pages) {
    var list = RevocationList.builder();
    for (var page : pages) {
      for (CityCodeRevocation revocation : page.getRevocationsList()) {
        Instant time = ProtoTime.instant(revocation.getRevokeTime());
        if (revocation.getNonce().isEmpty()) {
          list.revokeSubject(UUID.fromString(revocation.getCitizenId()), time);
        } else {
          list.revokeNonce(HexFormat.fromHexDigitsToLong(revocation.getNonce()), time);
        }
      }
    }
    return list.build();
  }

  private static VerificationKey key(CityCodeKey key) {
    var verification = VerificationKey.of(key.getPublicKey().toByteArray());
    return key.hasAcceptEndTime()
        ? verification.acceptedUntil(ProtoTime.instant(key.getAcceptEndTime()))
        : verification;
  }
}
