package io.liangjiang.identity.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.consent.ChainWalk.Chain;
import io.liangjiang.identity.consent.ChainWalk.Difference;
import io.liangjiang.identity.consent.ChainWalk.Fault;
import io.liangjiang.identity.consent.ChainWalk.Position;
import io.liangjiang.identity.consent.ChainWalk.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainWalkTest {
  private static final Instant TIME = Instant.parse("2026-05-01T02:00:00Z");

  private static Revision revision(String chainId, long sequence, String snapshot) {
    return new Revision(
        chainId,
        sequence,
        Revision.Kind.CONSENT_RECORD,
        "family-tickets",
        (int) sequence,
        snapshot,
        chainId,
        TIME);
  }

  private static List<ChainedRevision> chain(String chainId, int length) {
    var revisions = new ArrayList<ChainedRevision>();
    byte[] hash = ChainedRevision.seed(chainId);
    for (int i = 1; i <= length; i++) {
      var next = ChainedRevision.of(hash, revision(chainId, i, "said " + i));
      revisions.add(next);
      hash = next.hash();
    }
    return revisions;
  }

  private static Chain head(List<ChainedRevision> chain) {
    var last = chain.getLast();
    return new Chain(last.revision().chainId(), chain.size(), last.hash());
  }

  private static List<Step> steps(Chain head, List<ChainedRevision> revisions) {
    return revisions.stream().map(each -> new Step(head, each)).toList();
  }

  private static ChainWalk walk(List<Step> steps) {
    return new ChainWalk(Position.START).walk(steps).end();
  }

  /** The walk in pieces of one step, each going on where the one before stood. */
  private static ChainWalk walkInPieces(List<Step> steps) {
    var walk = new ChainWalk(Position.START);
    for (Step step : steps) {
      if (walk.fault().isPresent()) {
        return walk;
      }
      walk = new ChainWalk(walk.position()).walk(List.of(step));
    }
    return walk.end();
  }

  @Test
  void findsChainsInOrder() {
    var a = chain("a", 3);
    var b = chain("b", 2);
    var steps = new ArrayList<>(steps(head(a), a));
    steps.addAll(steps(head(b), b));
    assertThat(walk(steps).fault()).isEmpty();
    assertThat(walk(steps).checkedCount()).isEqualTo(5);
    assertThat(walkInPieces(steps).fault()).isEmpty();
    assertThat(walk(List.of()).fault()).isEmpty();
    assertThat(walk(List.of(new Step(new Chain("e", 0, ChainedRevision.seed("e")), null))).fault())
        .isEmpty();
  }

  @Test
  void namesTheRevisionThatWasChangedWhereverItIs() {
    for (int place = 1; place <= 4; place++) {
      var chain = chain("a", 4);
      var old = chain.get(place - 1);
      var changed =
          new ChainedRevision(
              revision("a", place, "never said"), old.predecessorHash(), old.hash());
      var head = head(chain);
      chain.set(place - 1, changed);
      var expected = new Fault(Difference.CHANGED, "a", place, "family-tickets", place);
      assertThat(walk(steps(head, chain)).fault()).contains(expected);
      assertThat(walkInPieces(steps(head, chain)).fault()).contains(expected);
    }
  }

  @Test
  void namesTheRevisionThatWasWrittenAnewWithItsHash() {
    for (int place = 1; place <= 4; place++) {
      var chain = chain("a", 4);
      var head = head(chain);
      byte[] before = chain.get(place - 1).predecessorHash();
      chain.set(place - 1, ChainedRevision.of(before, revision("a", place, "never said")));
      var expected = new Fault(Difference.CHANGED, "a", place, "family-tickets", place);
      assertThat(walk(steps(head, chain)).fault()).contains(expected);
      assertThat(walkInPieces(steps(head, chain)).fault()).contains(expected);
    }
  }

  @Test
  void namesTheRevisionThatIsGone() {
    for (int place = 1; place <= 4; place++) {
      var chain = chain("a", 4);
      var head = head(chain);
      chain.remove(place - 1);
      assertThat(walk(steps(head, chain)).fault())
          .contains(new Fault(Difference.REMOVED, "a", place, "", 0));
    }
    var whole = new Step(head(chain("a", 4)), null);
    assertThat(walk(List.of(whole)).fault()).contains(new Fault(Difference.REMOVED, "a", 1, "", 0));
  }

  @Test
  void namesTheRevisionThatNobodyMade() {
    var chain = chain("a", 3);
    var head = head(chain.subList(0, 2));
    assertThat(walk(steps(head, chain)).fault())
        .contains(new Fault(Difference.INSERTED, "a", 3, "family-tickets", 3));
  }

  @Test
  void everyFieldIsPartOfTheHash() {
    byte[] seed = ChainedRevision.seed("a");
    var said = revision("a", 1, "said");
    var others =
        List.of(
            revision("b", 1, "said"),
            revision("a", 2, "said"),
            revision("a", 1, "sai"),
            new Revision("a", 1, Revision.Kind.DATA_POLICY, "family-tickets", 1, "said", "a", TIME),
            new Revision("a", 1, said.kind(), "family-ticket", 1, "said", "a", TIME),
            new Revision("a", 1, said.kind(), "family-tickets", 2, "said", "a", TIME),
            new Revision("a", 1, said.kind(), "family-tickets", 1, "saida", "", TIME),
            new Revision("a", 1, said.kind(), "family-tickets", 1, "said", "b", TIME),
            new Revision("a", 1, said.kind(), "family-tickets", 1, "said", "a", TIME.plusNanos(1)));
    assertThat(others)
        .allSatisfy(
            other ->
                assertThat(ChainedRevision.hash(seed, other))
                    .isNotEqualTo(ChainedRevision.hash(seed, said)));
  }
}
