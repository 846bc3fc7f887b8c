package io.liangjiang.identity.session;

import io.liangjiang.identity.staff.StaffMembers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Signs staff in by password. */
@ApplicationScoped
class StaffSignIns {
  private final StaffMembers staff;
  private final SignIns signIns;

  StaffSignIns(StaffMembers staff, SignIns signIns) {
    this.staff = staff;
    this.signIns = signIns;
  }

  /** Who it is, as they type it. */
  record Credentials(String username, String password) {
    @Override
    public String toString() {
      return "Credentials[]";
    }
  }

  /** Signs in. Errors: as the contract says. */
  Uni<Grant> signIn(UUID requestId, Credentials given, Device device, String address) {
    return staff
        .authenticate(given.username(), given.password(), address)
        .chain(member -> signIns.openStaff(requestId, member, device));
  }
}
