package io.liangjiang.identity.consent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds revisions, in the order of their chains, against the hashes that were written. */
final class ChainWalk {
  /**
   * Where a walk stands.
   *
   * @param chainId empty before the first chain
   * @param sequence the revision up to which the chain was walked; 0 before its first
   * @param objectId of that revision
   * @param number of that revision
   * @param hash of that revision, or the chain's seed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Position(
      String chainId, long sequence, String objectId, int number, byte[] hash, Chain chain) {
    static final Position START =
        new Position("", 0, "", 0, new byte[0], new Chain("", 0, new byte[0]));
  }

  /** A chain as its head says. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Chain(String id, long length, byte[] lastHash) {
    boolean endsAt(Position position) {
      return length == position.sequence() && Arrays.equals(lastHash, position.hash());
    }
  }

  /** A head with one of its revisions; without one when it has none. */
  record Step(Chain chain, @Nullable ChainedRevision revision) {}

  /** How a revision differs. */
  enum Difference {
    /** It is not what was written. */
    CHANGED,
    /** It is gone. */
    REMOVED,
    /** The chain ended before it. */
    INSERTED
  }

  /** The first revision that differs. */
  record Fault(Difference difference, String chainId, long sequence, String objectId, int number) {}

  private Position at;
  private long checked;
  private @Nullable Fault fault;

  ChainWalk(Position start) {
    this.at = start;
  }

  /** Walks on until the steps end or something differs. */
  ChainWalk walk(List<Step> steps) {
    for (Step step : steps) {
      if (fault != null) {
        return this;
      }
      take(step);
    }
    return this;
  }

  /** Says that no step follows: the last chain has to end here. */
  ChainWalk end() {
    if (fault == null) {
      leaveChain();
    }
    return this;
  }

  Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  Position position() {
    return at;
  }

  long checkedCount() {
    return checked;
  }

  private void take(Step step) {
    if (!step.chain().id().equals(at.chainId())) {
      leaveChain();
      if (fault != null) {
        return;
      }
      String id = step.chain().id();
      at = new Position(id, 0, "", 0, ChainedRevision.seed(id), step.chain());
    }
    if (step.revision() != null) {
      check(step.chain(), step.revision());
    }
  }

  private void check(Chain chain, ChainedRevision next) {
    Revision revision = next.revision();
    if (revision.sequence() > at.sequence() + 1) {
      fault = gone(at.sequence() + 1);
    } else if (revision.sequence() > chain.length()) {
      fault = difference(Difference.INSERTED, revision);
    } else if (!Arrays.equals(
        next.hash(), ChainedRevision.hash(next.predecessorHash(), revision))) {
      fault = difference(Difference.CHANGED, revision);
    } else if (!Arrays.equals(next.predecessorHash(), at.hash())) {
      fault = at.sequence() == 0 ? difference(Difference.CHANGED, revision) : here();
    } else {
      checked++;
      at =
          new Position(
              at.chainId(),
              revision.sequence(),
              revision.objectId(),
              revision.number(),
              next.hash(),
              chain);
    }
  }

  private void leaveChain() {
    if (at.chainId().isEmpty() || at.chain().endsAt(at)) {
      return;
    }
    fault = at.chain().length() > at.sequence() ? gone(at.sequence() + 1) : here();
  }

  private Fault gone(long sequence) {
    return new Fault(Difference.REMOVED, at.chainId(), sequence, "", 0);
  }

  /** The revision before was written anew with a hash of its own: what follows does not know it. */
  private Fault here() {
    return new Fault(Difference.CHANGED, at.chainId(), at.sequence(), at.objectId(), at.number());
  }

  private static Fault difference(Difference difference, Revision revision) {
    return new Fault(
        difference,
        revision.chainId(),
        revision.sequence(),
        revision.objectId(),
        revision.number());
  }
}
