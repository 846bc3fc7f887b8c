package io.liangjiang.transit.tap;

import io.liangjiang.citycode.CityCodeVerifier;
import io.liangjiang.citycode.RevocationList;
import io.liangjiang.platform.batch.BatchWriter;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.transit.TransitSettings;
import io.liangjiang.transit.fare.Lines;
import io.liangjiang.transit.key.KeyRing;
import io.liangjiang.transit.key.SigningKeys;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes in what operators hand in. Signatures are verified on worker threads, at most so many taps
 * at once; uploads that arrive while a transaction commits share the next one.
 */
@ApplicationScoped
public class Taps {
  /** Taps in one call at most. */
  static final int MAX_TAPS = 1_000;

  // At some 0.7 ms a signature: what a call waits for those before it stays below its deadline.
  private static final int MAX_TAPS_IN_VERIFICATION = 4 * MAX_TAPS;
  private static final int MAX_UPLOADS_WAITING = 256;
  private static final int MAX_UPLOADS_A_BATCH = 8;
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

  private final SigningKeys keys;
  private final Lines lines;
  private final TransitSettings settings;
  private final InstantSource clock;
  private final Vertx vertx;
  private final BatchWriter<List<Judgement>, List<TapAnswer>> writer;
  private final TapMeters meters;
  private final AtomicInteger tapsInVerification = new AtomicInteger();

  Taps(
      SigningKeys keys,
      Lines lines,
      TapIntake intake,
      TransitSettings settings,
      InstantSource clock,
      Vertx vertx,
      TapMeters meters) {
    this.keys = keys;
    this.lines = lines;
    this.settings = settings;
    this.clock = clock;
    this.vertx = vertx;
    this.writer =
        new BatchWriter<>(
            vertx, MAX_UPLOADS_WAITING, MAX_UPLOADS_A_BATCH, uploads -> takeAll(intake, uploads));
    this.meters = meters;
    meters.watch(writer);
  }

  /** Answers one tap each, in the same order. Errors: OVERLOADED. */
  Uni<List<TapAnswer>> upload(List<Tap> taps) {
    return keys.ring()
        .chain(ring -> verify(ring, taps))
        .chain(writer::submit)
        .invoke(meters::answered);
  }

  private Uni<List<Judgement>> verify(KeyRing ring, List<Tap> taps) {
    int before = tapsInVerification.getAndAdd(taps.size());
    if (before > 0 && before + taps.size() > MAX_TAPS_IN_VERIFICATION) {
      tapsInVerification.addAndGet(-taps.size());
      throw new ServiceException(PlatformReason.OVERLOADED, "too many taps wait already")
          .retryAfter(RETRY_DELAY);
    }
    TapJudge judge = judge(ring);
    Context context = vertx.getOrCreateContext();
    return Uni.createFrom()
        .item(() -> taps.stream().map(judge::judge).toList())
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .eventually(() -> tapsInVerification.addAndGet(-taps.size()))
        .emitOn(task -> context.runOnContext(nothing -> task.run()));
  }

  private TapJudge judge(KeyRing ring) {
    Instant now = clock.instant();
    return new TapJudge(
        new CityCodeVerifier(ring.verificationKeys(), RevocationList.none(), settings.clockSkew()),
        lines.book(),
        now.minus(settings.maxTapAge()),
        now.plus(settings.clockSkew()));
  }

  private static Uni<List<Outcome<List<TapAnswer>>>> takeAll(
      TapIntake intake, List<List<Judgement>> uploads) {
    List<Judgement> all = uploads.stream().flatMap(List::stream).toList();
    return intake.take(all).map(answers -> share(uploads, answers));
  }

  private static List<Outcome<List<TapAnswer>>> share(
      List<List<Judgement>> uploads, List<TapAnswer> answers) {
    List<Outcome<List<TapAnswer>>> outcomes = new ArrayList<>();
    int start = 0;
    for (List<Judgement> upload : uploads) {
      outcomes.add(Outcome.done(answers.subList(start, start + upload.size())));
      start += upload.size();
    }
    return outcomes;
  }
}
