package io.liangjiang.identity.citizen;

import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.CitizenRegistered;
import io.liangjiang.identity.v1.CitizenVerified;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.identity.v1.SignInMethodLinked;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.v1.AssuranceLevel;
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
  private final AuditRecords audit;
  private final Database database;
  private final InstantSource clock;

  Citizens(
      CitizenRepository repository,
      Vault vault,
      Outbox outbox,
      AuditRecords audit,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.vault = vault;
    this.outbox = outbox;
    this.audit = audit;
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

  /**
   * The citizen of a sign-in from a mini-program, in its transaction. An identity that is not known
   * yet comes to the account that its number belongs to, or else opens one.
   */
  public Uni<Entry> signedIn(SqlConnection tx, SignInIdentity identity) {
    return repository
        .lockIdentity(tx, identity.appId(), identity.openId())
        .chain(() -> repository.findByIdentity(tx, identity.appId(), identity.openId()))
        .chain(
            known ->
                known.isPresent()
                    ? keepPhone(tx, known.get(), identity.phone())
                    : arrived(tx, identity));
  }

  /** The account that a way to sign in opens by now, and whether it was linked just now. */
  public record Linked(Entry entry, boolean isNew) {}

  /** Whom a mini-program's identity signs in. */
  public Uni<Optional<Entry>> find(String appId, String openId) {
    return repository.findByIdentity(database.client(), appId, openId);
  }

  /** Whom a number signs in. */
  public Uni<Optional<Entry>> find(PhoneNumber phone) {
    return repository.findByPhone(database.client(), hash(phone));
  }

  /** Notes a higher level that a citizen proved. */
  public Uni<Citizen> raise(SqlConnection tx, UUID citizenId, AssuranceLevel level) {
    var event =
        CitizenVerified.newBuilder()
            .setCitizenId(citizenId.toString())
            .setAssuranceLevel(level)
            .build();
    return repository
        .setLevel(tx, citizenId, level)
        .call(() -> outbox.append(tx, "identity.CitizenVerified", citizenId.toString(), event));
  }

  /** Links an identity to a citizen, unless it opens an account already. */
  public Uni<Linked> link(SqlConnection tx, UUID citizenId, SignInIdentity identity) {
    return repository
        .lockIdentity(tx, identity.appId(), identity.openId())
        .chain(() -> repository.findByIdentity(tx, identity.appId(), identity.openId()))
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(new Linked(known.get(), false))
                    : repository
                        .require(tx, citizenId)
                        .map(citizen -> new Entry(citizen, UUID.randomUUID(), AssuranceLevel.FACE))
                        .chain(
                            entry ->
                                repository.insertIdentity(tx, entry, identity, Columns.now(clock)))
                        .map(entry -> new Linked(entry, true)));
  }

  /** Links a number to a citizen, in the place of another, unless it opens an account already. */
  public Uni<Linked> link(SqlConnection tx, UUID citizenId, PhoneNumber phone) {
    byte[] hash = hash(phone);
    return repository
        .lockPhone(tx, hash)
        .chain(() -> repository.findByPhone(tx, hash))
        .chain(
            holder ->
                holder.isPresent()
                    ? Uni.createFrom().item(new Linked(holder.get(), false))
                    : repository
                        .require(tx, citizenId)
                        .chain(citizen -> set(tx, citizen, phone))
                        .map(entry -> new Linked(entry, true)));
  }

  /** The citizen whose number was proved, in the transaction of the sign-in. */
  public Uni<Entry> signedIn(SqlConnection tx, PhoneNumber phone) {
    byte[] hash = hash(phone);
    return repository
        .lockPhone(tx, hash)
        .chain(() -> repository.findByPhone(tx, hash))
        .chain(
            holder ->
                holder.isPresent()
                    ? set(tx, holder.get().citizen(), phone)
                    : register(tx).chain(citizen -> set(tx, citizen, phone)));
  }

  private Uni<Entry> arrived(SqlConnection tx, SignInIdentity identity) {
    PhoneNumber phone = identity.phone();
    if (phone == null || phone.digits().isEmpty()) {
      return registered(tx, identity);
    }
    byte[] hash = hash(phone);
    return repository
        .lockPhone(tx, hash)
        .chain(() -> repository.findByPhone(tx, hash))
        .chain(
            holder ->
                holder.isPresent()
                    ? joined(tx, holder.get().citizen(), identity)
                    : registered(tx, identity).chain(entry -> keepPhone(tx, entry, phone)));
  }

  private Uni<Entry> registered(SqlConnection tx, SignInIdentity identity) {
    return register(tx)
        .chain(
            citizen ->
                repository.insertIdentity(
                    tx,
                    new Entry(citizen, UUID.randomUUID(), AssuranceLevel.FACE),
                    identity,
                    citizen.createTime()));
  }

  /** A number may have a new owner, so what it alone brings in is worth no more than the number. */
  private Uni<Entry> joined(SqlConnection tx, Citizen citizen, SignInIdentity identity) {
    Entry entry = new Entry(citizen, UUID.randomUUID(), AssuranceLevel.BASIC);
    return repository
        .insertIdentity(tx, entry, identity, Columns.now(clock))
        .call(() -> linked(tx, citizen.id(), entry.methodId()));
  }

  private Uni<Void> linked(SqlConnection tx, UUID citizenId, UUID methodId) {
    String id = citizenId.toString();
    var event =
        SignInMethodLinked.newBuilder()
            .setSubject(id)
            .setSignInMethodId(methodId.toString())
            .setKind(SignInMethodKind.MINI_PROGRAM)
            .build();
    return outbox
        .append(tx, "identity.SignInMethodLinked", id, event)
        .chain(() -> audit.append(tx, "sign-in-method.linked", id, id, "MINI_PROGRAM " + methodId));
  }

  private Uni<Citizen> register(SqlConnection tx) {
    UUID id = UUID.randomUUID();
    var event = CitizenRegistered.newBuilder().setCitizenId(id.toString()).build();
    return repository
        .insert(tx, id, Columns.now(clock))
        .call(() -> outbox.append(tx, "identity.CitizenRegistered", id.toString(), event));
  }

  /**
   * A number that belongs to another account stays there: only its owner lets it go. And what came
   * in by nothing but a number does not exchange it for another.
   */
  private Uni<Entry> keepPhone(SqlConnection tx, Entry entry, @Nullable PhoneNumber phone) {
    if (phone == null || phone.digits().isEmpty() || !entry.isWorthTheAccount()) {
      return Uni.createFrom().item(entry);
    }
    byte[] hash = hash(phone);
    UUID citizenId = entry.citizen().id();
    return repository
        .lockPhone(tx, hash)
        .chain(() -> repository.findByPhone(tx, hash))
        .chain(
            holder ->
                holder.isEmpty() || holder.get().citizen().id().equals(citizenId)
                    ? set(tx, entry.citizen(), phone).map(set -> entry.with(set.citizen()))
                    : Uni.createFrom().item(entry));
  }

  private Uni<Entry> set(SqlConnection tx, Citizen citizen, PhoneNumber phone) {
    var sealed = vault.seal(phone.digits(), phonePlace(citizen.id()));
    return repository
        .setPhone(tx, citizen.id(), hash(phone), sealed, Columns.now(clock))
        .chain(
            methodId ->
                repository
                    .setMaskedPhone(tx, citizen.id(), phone.masked())
                    .map(changed -> new Entry(changed, methodId, AssuranceLevel.BASIC)));
  }

  private byte[] hash(PhoneNumber phone) {
    return vault.hash(Vault.Purpose.PHONE, phone.digits());
  }
}
