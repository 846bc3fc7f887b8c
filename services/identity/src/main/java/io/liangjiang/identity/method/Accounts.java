package io.liangjiang.identity.method;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.citizen.Citizen;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.citizen.Entry;
import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.method.Methods.Kept;
import io.liangjiang.identity.miniprogram.App;
import io.liangjiang.identity.miniprogram.OpenIdentity;
import io.liangjiang.identity.staff.StaffMember;
import io.liangjiang.identity.staff.StaffMembers;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The accounts that ways to sign in are linked to. */
@ApplicationScoped
class Accounts {
  private final Citizens citizens;
  private final StaffMembers staff;

  Accounts(Citizens citizens, StaffMembers staff) {
    this.citizens = citizens;
    this.staff = staff;
  }

  /** What a device shows for the account: a name to sign in with, or as little as that. */
  Uni<String> name(Account account) {
    return account.isCitizen()
        ? citizens.get(account.id()).map(Accounts::name)
        : staff.find(account.id()).map(found -> found.map(StaffMember::username).orElse("staff"));
  }

  /** Links who a mini-program knows. Errors: SIGN_IN_METHOD_TAKEN. */
  Uni<Kept> link(SqlConnection tx, UUID citizenId, App app, OpenIdentity open) {
    var identity = new Citizens.SignInIdentity(app.id(), open.openId(), open.unionId(), null);
    return citizens.link(tx, citizenId, identity).map(linked -> kept(citizenId, linked));
  }

  /** Links a number. Errors: SIGN_IN_METHOD_TAKEN. */
  Uni<Kept> link(SqlConnection tx, UUID citizenId, PhoneNumber phone) {
    return citizens.link(tx, citizenId, phone).map(linked -> kept(citizenId, linked));
  }

  private static Kept kept(UUID citizenId, Citizens.Linked linked) {
    Entry entry = linked.entry();
    if (!entry.citizen().id().equals(citizenId)) {
      throw new ServiceException(IdentityReason.SIGN_IN_METHOD_TAKEN, "it opens another account");
    }
    return new Kept(entry.methodId(), linked.isNew(), linked.outdated());
  }

  private static String name(Citizen citizen) {
    return citizen.maskedPhone().isEmpty() ? "两江" : citizen.maskedPhone();
  }
}
