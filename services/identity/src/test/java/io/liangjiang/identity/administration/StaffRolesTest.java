package io.liangjiang.identity.administration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StaffRolesTest {
  private static final String CITY = "";
  private static final String PARK = "wulong-tourism";

  @Test
  void ordinaryRolesAreHeldForAnOrganisation() {
    assertThat(StaffRoles.mayHold(List.of(), PARK, "gate")).isTrue();
    assertThat(StaffRoles.mayHold(List.of("gate"), PARK, "merchant")).isTrue();
    assertThat(StaffRoles.mayHold(List.of(), CITY, "gate")).isFalse();
  }

  @Test
  void powerfulRolesStandAlone() {
    for (String role : List.of("admin", "security-admin", "auditor")) {
      assertThat(StaffRoles.mayHold(List.of(), CITY, role)).isTrue();
      assertThat(StaffRoles.mayHold(List.of(), PARK, role)).isFalse();
      assertThat(StaffRoles.mayHold(List.of("gate"), CITY, role)).isFalse();
      assertThat(StaffRoles.mayHold(List.of(role), PARK, "gate")).isFalse();
      for (String other : List.of("admin", "security-admin", "auditor")) {
        assertThat(StaffRoles.mayHold(List.of(other), CITY, role)).isFalse();
      }
    }
  }
}
