package io.liangjiang.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleHeapTest {
  private static final long MEGABYTE = 1L << 20;
  private static final long AT_REST = 20 * MEGABYTE;

  private long allocated;
  private long committed = 30 * MEGABYTE;
  private int shrunk;

  private final IdleHeap heap =
      new IdleHeap(
          () -> allocated,
          () -> committed,
          () -> {
            shrunk++;
            committed = AT_REST;
          });

  @Test
  void shrinksOnceWhenTheStartIsOver() {
    heap.look();
    allocated += 17 * MEGABYTE;
    heap.look();
    assertThat(shrunk).as("still at work").isZero();

    allocated += 16 * MEGABYTE;
    heap.look();
    assertThat(shrunk).isEqualTo(1);

    heap.look();
    heap.look();
    assertThat(shrunk).as("nothing has grown since").isEqualTo(1);
  }

  @Test
  void shrinksAgainAfterABurst() {
    heap.look();
    heap.look();
    committed = AT_REST + 64 * MEGABYTE;
    allocated += 100 * MEGABYTE;
    heap.look();
    assertThat(shrunk).isEqualTo(1);

    heap.look();

    assertThat(shrunk).isEqualTo(2);
  }

  @Test
  void leavesAHeapAloneThatGrewByLittle() {
    heap.look();
    heap.look();
    committed = AT_REST + 7 * MEGABYTE;

    heap.look();
    heap.look();

    assertThat(shrunk).isEqualTo(1);
  }

  @Test
  void leavesASmallHeapAlone() {
    committed = 23 * MEGABYTE;

    heap.look();
    heap.look();

    assertThat(shrunk).isZero();
  }

  @Test
  void leavesAProcessAloneThatIsAtWork() {
    for (int i = 0; i < 100; i++) {
      allocated += 17 * MEGABYTE;
      committed += MEGABYTE;
      heap.look();
    }

    assertThat(shrunk).isZero();
  }
}
