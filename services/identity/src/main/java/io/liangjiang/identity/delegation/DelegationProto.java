package io.liangjiang.identity.delegation;

import com.google.protobuf.Timestamp;
import io.liangjiang.identity.delegation.Delegation.Times;
import io.liangjiang.identity.v1.ActingToken;
import io.liangjiang.identity.v1.DelegationOffer;
import io.liangjiang.identity.v1.OfferDelegationRequest;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Delegations as the wire has them. */
final class DelegationProto {
  private static final Duration CODE_LIFE = Duration.ofHours(24);
  private static final Duration LATEST_START = Duration.ofDays(365);
  private static final Duration LATEST_END = Duration.ofDays(5 * 365 + 1);

  private DelegationProto() {}

  /** When an offer begins and ends. Errors: INVALID_ARGUMENT. */
  static Times times(OfferDelegationRequest request, Instant now) {
    Instant start = request.hasStartTime() ? instant(request.getStartTime()) : now;
    Instant end = instant(request.getEndTime());
    boolean starts = start != null && !start.isAfter(now.plus(LATEST_START));
    boolean ends =
        end != null
            && request.hasEndTime()
            && end.isAfter(now)
            && (start == null || end.isAfter(start))
            && !end.isAfter(now.plus(LATEST_END));
    new Violations()
        .require(starts, "start_time", "must be at most a year ahead")
        .require(ends, "end_time", "must be after the start and at most 5 years ahead")
        .throwIfAny();
    return new Times(now.plus(CODE_LIFE), later(start, now), end, now, null);
  }

  private static Instant later(@Nullable Instant start, Instant now) {
    return start == null || start.isBefore(now) ? now : start;
  }

  private static @Nullable Instant instant(Timestamp time) {
    try {
      Instant instant = ProtoTime.instant(time);
      boolean sensible =
          instant.isAfter(Instant.EPOCH.minus(Duration.ofDays(1)))
              && instant.isBefore(Standing.END_OF_TIME);
      return sensible ? instant : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** What makes one request for an offer the same as another. */
  static String content(OfferDelegationRequest request) {
    return Powers.sorted(request.getPowersList())
        + "/"
        + (request.hasStartTime() ? request.getStartTime().getSeconds() : "now")
        + "/"
        + request.getEndTime().getSeconds();
  }

  static DelegationOffer offer(
      io.liangjiang.identity.v1.Delegation delegation, String code, Times times) {
    var offer = DelegationOffer.newBuilder().setDelegation(delegation).setInvitationCode(code);
    Instant expires = times.offerExpires();
    if (expires != null) {
      offer.setCodeExpireTime(ProtoTime.timestamp(expires));
    }
    return offer.build();
  }

  static io.liangjiang.identity.v1.Delegation delegation(Delegation delegation, Standing standing) {
    var parties = delegation.parties();
    var times = delegation.times();
    UUID delegate = parties.delegateId();
    var proto =
        io.liangjiang.identity.v1.Delegation.newBuilder()
            .setDelegationId(delegation.id().toString())
            .setCitizenId(parties.citizenId().toString())
            .setCitizenDisplayName(parties.citizenName())
            .setDelegateId(delegate == null ? "" : delegate.toString())
            .setDelegateDisplayName(parties.delegateName())
            .setState(io.liangjiang.identity.v1.Delegation.State.valueOf(standing.state().name()))
            .setBasis(io.liangjiang.identity.v1.Delegation.Basis.valueOf(delegation.basis().name()))
            .addAllPowers(delegation.powers())
            .addAllPowersInForce(standing.inForce())
            .addAllPowersAwaitingConsent(standing.awaitingConsent())
            .setStartTime(ProtoTime.timestamp(times.start()))
            .setCreateTime(ProtoTime.timestamp(times.created()));
    Instant end = times.end();
    if (end != null) {
      proto.setEndTime(ProtoTime.timestamp(end));
    }
    Instant ended = times.ended();
    if (ended != null) {
      proto.setEndedTime(ProtoTime.timestamp(ended));
    }
    return proto.build();
  }

  static ActingToken token(ActingTokens.Issued issued) {
    return ActingToken.newBuilder()
        .setAccessToken(issued.token().token())
        .setExpiresInSeconds(issued.token().expiresInSeconds())
        .setCitizenId(issued.citizenId().toString())
        .addAllPowers(issued.powers())
        .build();
  }
}
