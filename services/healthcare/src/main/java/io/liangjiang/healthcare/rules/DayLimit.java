package io.liangjiang.healthcare.rules;

import java.util.Collection;
import java.util.HashSet;

/**
 * How many appointments one patient may hold at one hospital on one day.
 *
 * @param maxDepartments in how many departments; 1 or more
 * @param maxInDepartment how many in one department, that is with how many of its doctors; 1 or
 *     more
 */
public record DayLimit(int maxDepartments, int maxInDepartment) {

  /** What the limit says to one more appointment. */
  public enum Verdict {
    /** It may be made. */
    ALLOWED,
    /** The patient has enough of them in that department. */
    DEPARTMENT_ALREADY_BOOKED,
    /** The patient goes to enough departments on that day. */
    TOO_MANY_DEPARTMENTS
  }

  /** Checks that both limits allow something. */
  public DayLimit {
    if (maxDepartments < 1 || maxInDepartment < 1) {
      throw new IllegalArgumentException("a limit must be 1 or more");
    }
  }

  /**
   * Judges one more appointment.
   *
   * @param held departments of the appointments that the patient has on that day, one element an
   *     appointment
   * @param departmentId department of the one more
   */
  public Verdict judge(Collection<String> held, String departmentId) {
    long inDepartment = held.stream().filter(departmentId::equals).count();
    if (inDepartment >= maxInDepartment) {
      return Verdict.DEPARTMENT_ALREADY_BOOKED;
    }
    var departments = new HashSet<>(held);
    departments.add(departmentId);
    return departments.size() > maxDepartments ? Verdict.TOO_MANY_DEPARTMENTS : Verdict.ALLOWED;
  }
}
