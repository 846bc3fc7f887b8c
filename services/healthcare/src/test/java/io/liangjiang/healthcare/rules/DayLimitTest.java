package io.liangjiang.healthcare.rules;

import static io.liangjiang.healthcare.rules.DayLimit.Verdict.ALLOWED;
import static io.liangjiang.healthcare.rules.DayLimit.Verdict.DEPARTMENT_ALREADY_BOOKED;
import static io.liangjiang.healthcare.rules.DayLimit.Verdict.TOO_MANY_DEPARTMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DayLimitTest {
  private static final DayLimit THREE_DEPARTMENTS = new DayLimit(3, 1);

  @Test
  void allowsTheFirstThreeDepartments() {
    assertThat(THREE_DEPARTMENTS.judge(List.of(), "a")).isEqualTo(ALLOWED);
    assertThat(THREE_DEPARTMENTS.judge(List.of("a", "b"), "c")).isEqualTo(ALLOWED);
  }

  @Test
  void refusesTheFourthDepartment() {
    assertThat(THREE_DEPARTMENTS.judge(List.of("a", "b", "c"), "d"))
        .isEqualTo(TOO_MANY_DEPARTMENTS);
  }

  @Test
  void refusesASecondDoctorOfADepartment() {
    assertThat(THREE_DEPARTMENTS.judge(List.of("a"), "a")).isEqualTo(DEPARTMENT_ALREADY_BOOKED);
    assertThat(THREE_DEPARTMENTS.judge(List.of("a", "b", "c"), "c"))
        .isEqualTo(DEPARTMENT_ALREADY_BOOKED);
  }

  @Test
  void countsDepartmentsNotAppointmentsWhereADepartmentMayBeSeenTwice() {
    var lax = new DayLimit(2, 2);

    assertThat(lax.judge(List.of("a", "b"), "a")).isEqualTo(ALLOWED);
    assertThat(lax.judge(List.of("a", "a"), "a")).isEqualTo(DEPARTMENT_ALREADY_BOOKED);
    assertThat(lax.judge(List.of("a", "a"), "b")).isEqualTo(ALLOWED);
    assertThat(lax.judge(List.of("a", "a", "b"), "c")).isEqualTo(TOO_MANY_DEPARTMENTS);
  }

  @Test
  void refusesLimitsThatAllowNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DayLimit(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new DayLimit(1, 0));
  }
}
