package io.liangjiang.transit.tap;

import io.liangjiang.citycode.CityCodeClaims;
import io.liangjiang.citycode.RevocationList;
import io.liangjiang.platform.data.Database;
import io.liangjiang.transit.TransitSettings;
import io.liangjiang.transit.code.Revocation;
import io.liangjiang.transit.code.RevocationRepository;
import io.liangjiang.transit.ride.Boarding;
import io.liangjiang.transit.ride.BoardingRepository;
import io.liangjiang.transit.tap.CopyRule.Decision;
import io.liangjiang.transit.tap.Judgement.Bad;
import io.liangjiang.transit.tap.Judgement.Good;
import io.liangjiang.transit.tap.TapAnswer.KeptTap;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes judged taps into the database, many in one transaction and a handful of statements: which
 * are kept already, which codes were revoked, keep the new ones, make their rides. Rare beside
 * that: a code that was shown twice.
 */
@ApplicationScoped
public class TapIntake {
  private final Database database;
  private final TapRepository taps;
  private final BoardingRepository rides;
  private final RevocationRepository revocations;
  private final TransitSettings settings;
  private final InstantSource clock;

  TapIntake(
      Database database,
      TapRepository taps,
      BoardingRepository rides,
      RevocationRepository revocations,
      TransitSettings settings,
      InstantSource clock) {
    this.database = database;
    this.taps = taps;
    this.rides = rides;
    this.revocations = revocations;
    this.settings = settings;
    this.clock = clock;
  }

  /** Answers one tap each, in the same order. */
  Uni<List<TapAnswer>> take(List<Judgement> judgements) {
    return database.inTransaction(tx -> take(tx, judgements));
  }

  private Uni<List<TapAnswer>> take(SqlConnection tx, List<Judgement> judgements) {
    Set<UUID> tapIds =
        judgements.stream()
            .map(judgement -> judgement.tap().tapId())
            .collect(Collectors.toCollection(HashSet::new));
    return taps.find(tx, tapIds)
        .map(kept -> new Batch(judgements, kept))
        .call(batch -> refuseRevoked(tx, batch))
        .call(batch -> keep(tx, batch))
        .call(batch -> makeRides(tx, batch))
        .map(Batch::answers);
  }

  private Uni<Void> refuseRevoked(SqlConnection tx, Batch batch) {
    List<CityCodeClaims> codes = batch.fresh.values().stream().map(Good::claims).toList();
    return revocations.find(tx, codes).invoke(batch::refuse).replaceWithVoid();
  }

  private Uni<Void> keep(SqlConnection tx, Batch batch) {
    if (batch.fresh.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return taps.insert(tx, batch.fresh.values(), clock.instant())
        .map(batch::takenByOthers)
        .chain(others -> taps.find(tx, others))
        .invoke(batch::standBack)
        .replaceWithVoid();
  }

  private Uni<Void> makeRides(SqlConnection tx, Batch batch) {
    List<Boarding> boardings = batch.fresh.values().stream().map(Good::boarding).toList();
    return boardings.isEmpty()
        ? Uni.createFrom().voidItem()
        : makeRides(tx, boardings)
            .invoke(batch.copies::addAll)
            .chain(() -> batch.copies.isEmpty() ? noCopies() : markCopies(tx, batch));
  }

  private static Uni<Void> noCopies() {
    return Uni.createFrom().voidItem();
  }

  /** Yields the taps that are copies. */
  private Uni<List<UUID>> makeRides(SqlConnection tx, List<Boarding> boardings) {
    Set<UUID> rideIds = boardings.stream().map(Boarding::rideId).collect(Collectors.toSet());
    return rides
        .lock(tx, rideIds)
        .map(standing -> CopyRule.decide(boardings, standing))
        .chain(decision -> write(tx, boardings, decision));
  }

  private Uni<List<UUID>> write(SqlConnection tx, List<Boarding> boardings, Decision decision) {
    Uni<Void> moved =
        decision.moved().isEmpty() ? Uni.createFrom().voidItem() : rides.move(tx, decision.moved());
    Uni<List<UUID>> made =
        decision.created().isEmpty()
            ? Uni.createFrom().item(List.of())
            : rides.insert(tx, decision.created(), clock.instant());
    return moved.chain(() -> made).chain(ids -> writeRest(tx, boardings, decision, ids));
  }

  /**
   * Another replica may have made some of the rides meanwhile: those are decided again, now that
   * they are visible.
   */
  private Uni<List<UUID>> writeRest(
      SqlConnection tx, List<Boarding> boardings, Decision decision, List<UUID> made) {
    Set<UUID> lost = decision.created().stream().map(Boarding::rideId).collect(Collectors.toSet());
    made.forEach(lost::remove);
    if (lost.isEmpty()) {
      return Uni.createFrom().item(decision.copies());
    }
    Map<Boolean, List<Boarding>> parts =
        boardings.stream()
            .collect(Collectors.partitioningBy(boarding -> lost.contains(boarding.rideId())));
    List<Boarding> again = parts.getOrDefault(true, List.of());
    Set<UUID> againTaps = again.stream().map(Boarding::tapId).collect(Collectors.toSet());
    List<UUID> copies =
        new ArrayList<>(
            decision.copies().stream().filter(tapId -> !againTaps.contains(tapId)).toList());
    return makeRides(tx, again)
        .map(
            more -> {
              copies.addAll(more);
              return copies;
            });
  }

  private Uni<Void> markCopies(SqlConnection tx, Batch batch) {
    Instant now = clock.instant();
    List<CityCodeClaims> live =
        batch.fresh.values().stream()
            .filter(good -> batch.copies.contains(good.tap().tapId()))
            .map(Good::claims)
            .filter(claims -> expireTime(claims).isAfter(now))
            .toList();
    return taps.markCopies(tx, batch.copies)
        .chain(
            () ->
                Multi.createFrom()
                    .iterable(live)
                    .onItem()
                    .transformToUniAndConcatenate(claims -> revoke(tx, claims, now))
                    .collect()
                    .last())
        .replaceWithVoid();
  }

  private Uni<Void> revoke(SqlConnection tx, CityCodeClaims claims, Instant now) {
    return revocations.insert(
        tx,
        Revocation.ofNonce(claims.nonce(), Revocation.Reason.COPIED_CODE, now, expireTime(claims)));
  }

  private Instant expireTime(CityCodeClaims claims) {
    return claims.expireTime().plus(settings.clockSkew());
  }

  /** One batch on its way through the steps; used by one transaction, one step at a time. */
  private static final class Batch {
    private final List<Judgement> judgements;
    private final Map<UUID, KeptTap> kept;
    private final Map<UUID, Good> fresh = new LinkedHashMap<>();
    private final Map<UUID, Refusal> revoked = new LinkedHashMap<>();
    private final Set<UUID> copies = new HashSet<>();

    Batch(List<Judgement> judgements, List<KeptTap> kept) {
      this.judgements = judgements;
      this.kept =
          kept.stream()
              .collect(
                  Collectors.toMap(
                      KeptTap::tapId, Function.identity(), (a, b) -> a, LinkedHashMap::new));
      for (Judgement judgement : judgements) {
        if (judgement instanceof Good good && !this.kept.containsKey(good.tap().tapId())) {
          fresh.putIfAbsent(good.tap().tapId(), good);
        }
      }
    }

    void refuse(RevocationList list) {
      List<Good> refused =
          fresh.values().stream()
              .filter(good -> list.revokes(good.claims(), good.tap().tapTime()))
              .toList();
      for (Good good : refused) {
        fresh.remove(good.tap().tapId());
        revoked.put(good.tap().tapId(), Refusal.REVOKED);
      }
    }

    Collection<UUID> takenByOthers(List<UUID> inserted) {
      Set<UUID> others = new HashSet<>(fresh.keySet());
      inserted.forEach(others::remove);
      return others;
    }

    void standBack(List<KeptTap> keptByOthers) {
      for (KeptTap tap : keptByOthers) {
        fresh.remove(tap.tapId());
        kept.put(tap.tapId(), tap);
      }
    }

    List<TapAnswer> answers() {
      return judgements.stream().map(this::answer).toList();
    }

    private TapAnswer answer(Judgement judgement) {
      Tap tap = judgement.tap();
      KeptTap before = kept.get(tap.tapId());
      if (before != null) {
        return TapAnswer.again(tap, before);
      }
      Good now = fresh.get(tap.tapId());
      if (now != null && now != judgement) {
        return TapAnswer.again(tap, keptNow(now));
      }
      return switch (judgement) {
        case Bad(Tap bad, Refusal refusal) -> TapAnswer.refused(bad.tapId(), refusal);
        case Good good when revoked.containsKey(good.tap().tapId()) ->
            TapAnswer.refused(good.tap().tapId(), Refusal.REVOKED);
        case Good good when copies.contains(good.tap().tapId()) ->
            TapAnswer.refused(good.tap().tapId(), Refusal.COPIED_CODE);
        case Good good -> TapAnswer.accepted(good.tap().tapId(), good.boarding().rideId());
      };
    }

    private KeptTap keptNow(Good good) {
      UUID tapId = good.tap().tapId();
      return new KeptTap(
          tapId, good.tap().digest(), good.boarding().rideId(), copies.contains(tapId));
    }
  }
}
