package io.liangjiang.identity.citizen;

import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.CitizenRegistered;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.events.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Citizens' accounts: found or opened at sign-in, read by the rest. */
@ApplicationScoped
public class Citizens {
  /**
   * What a sign-in says of a citizen.
   *
   * @param unionId may be empty
   * @param phone number that was proved with this sign-in, if any
   */
  public record SignInIdentity(
      String appId, String openId, String unionId, @Nullable PhoneNumber phone) {}

  private final CitizenRepository repository;
  private final Vault vault;
  private final Outbox outbox;
  private final Database database;
  private final InstantSource clock;

  Citizens(
      CitizenRepository repository,
      Vault vault,
      Outbox outbox,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.vault = vault;
    this.outbox = outbox;
    this.database = database;
    this.clock = clock;
  }

  /** The citizen. Errors: CITIZEN_NOT_FOUND. */
  public Uni<Citizen> get(UUID citizenId) {
    return repository.require(database.client(), citizenId);
  }

  /** The citizen's phone number, if it is known. */
  public Uni<Optional<PhoneNumber>> phone(UUID citizenId) {
    return repository
        .findPhone(database.client(), citizenId)
        .map(
            found ->
                found.map(kept -> new PhoneNumber(vault.openText(kept, phonePlace(citizenId)))));
  }

  private static String phonePlace(UUID citizenId) {
    return "citizen_phone.phone/" + citizenId;
  }

  /** The citizen of a sign-in, in its transaction; the first one opens the account. */
  public Uni<Citizen> signedIn(SqlConnection tx, SignInIdentity identity) {
    return repository
        .lockIdentity(tx, identity.appId(), identity.openId())
        .chain(() -> repository.findByIdentity(tx, identity.appId(), identity.openId()))
        .chain(
            known ->
                known.isPresent() ? Uni.createFrom().item(known.get()) : register(tx, identity))
        .chain(citizen -> keepPhone(tx, citizen, identity.phone()));
  }

  private Uni<Citizen> register(SqlConnection tx, SignInIdentity identity) {
    UUID id = UUID.randomUUID();
    var event = CitizenRegistered.newBuilder().setCitizenId(id.toString()).build();
    return repository
        .insert(tx, id, Columns.now(clock))
        .call(
            citizen ->
                repository.insertIdentity(
                    tx, citizen, identity.appId(), identity.openId(), identity.unionId()))
        .call(() -> outbox.append(tx, "identity.CitizenRegistered", id.toString(), event));
  }

  private Uni<Citizen> keepPhone(SqlConnection tx, Citizen citizen, @Nullable PhoneNumber phone) {
    if (phone == null || phone.digits().isEmpty()) {
      return Uni.createFrom().item(citizen);
    }
    byte[] hash = vault.hash(Vault.Purpose.PHONE, phone.digits());
    var sealed = vault.seal(phone.digits(), phonePlace(citizen.id()));
    return repository
        .setPhone(tx, citizen.id(), hash, sealed, Columns.now(clock))
        .chain(() -> repository.setMaskedPhone(tx, citizen.id(), phone.masked()));
  }
}
