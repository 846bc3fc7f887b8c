package io.liangjiang.identity.administration;

import java.util.List;
import java.util.Set;

/**
 * Which roles there are and who may hold them together. Plain rules, the database holds them too.
 */
final class StaffRoles {
  static final String ADMIN = "admin";
  static final String SECURITY_ADMIN = "security-admin";
  static final String AUDITOR = "auditor";

  /** Roles that keep each other in check: each alone, and for the city itself. */
  private static final Set<String> POWERFUL = Set.of(ADMIN, SECURITY_ADMIN, AUDITOR);

  private static final Set<String> ORDINARY =
      Set.of("gate", "merchant", "hospital-desk", "bus-operator");

  /** Roles without which nobody could give roles any more. */
  private static final Set<String> NEEDED = Set.of(ADMIN, SECURITY_ADMIN);

  private StaffRoles() {}

  static boolean isOrdinary(String role) {
    return ORDINARY.contains(role);
  }

  static boolean isPowerful(String role) {
    return POWERFUL.contains(role);
  }

  static boolean isNeeded(String role) {
    return NEEDED.contains(role);
  }

  /** Whether somebody who holds these roles for this organisation (or none) may hold one more. */
  static boolean mayHold(List<String> held, String organisationId, String role) {
    if (isPowerful(role)) {
      return held.isEmpty() && organisationId.isEmpty();
    }
    return held.stream().noneMatch(StaffRoles::isPowerful) && !organisationId.isEmpty();
  }
}
