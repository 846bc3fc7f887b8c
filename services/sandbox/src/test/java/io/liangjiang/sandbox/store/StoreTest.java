package io.liangjiang.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StoreTest {
  @Test
  void tellsADatabaseThatIsAwayFromAFault() {
    assertThat(isAway("08001")).isTrue();
    assertThat(isAway("57P01")).isTrue();
    assertThat(isAway(null)).isTrue();
    assertThat(isAway("42703")).isFalse();
    assertThat(Store.isAway(new IllegalStateException("a bug"))).isFalse();
  }

  private static boolean isAway(String state) {
    return Store.isAway(new IllegalStateException(new SQLException("the reason", state)));
  }
}
