package io.liangjiang.identity.citizen;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.CitizenRegistered;
import io.liangjiang.identity.v1.CitizenVerified;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.identity.work.OneByOne;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
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
  private final WaysIn waysIn;
  private final Database database;
  private final InstantSource clock;

  Citizens(
      CitizenRepository repository,
      Vault vault,
      Outbox outbox,
      WaysIn waysIn,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.vault = vault;
    this.outbox = outbox;
    this.waysIn = waysIn;
    this.database = database;
    this.clock = clock;
  }

  /** The citizen. Errors: CITIZEN_NOT_FOUND. */
  public Uni<Citizen> get(UUID citizenId) {
    return repository.require(database.client(), citizenId);
  }

  /**
   * Keeps what else changes something of the citizen's out until the transaction ends. Errors:
   * CITIZEN_NOT_FOUND.
   */
  public Uni<Void> lock(SqlConnection tx, UUID citizenId) {
    return repository
        .lock(tx, citizenId)
        .invoke(
            exists -> {
              if (!exists) {
                throw new ServiceException(IdentityReason.CITIZEN_NOT_FOUND, "no such citizen");
              }
            })
        .replaceWithVoid();
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
   * Who came in, and what opens the account no more since.
   *
   * @param outdated sign-in methods; sessions that were opened with them should end
   */
  public record Arrival(Entry entry, List<UUID> outdated) {
    private static Arrival of(Entry entry) {
      return new Arrival(entry, List.of());
    }
  }

  /** The account that a way to sign in opens by now, and whether it was linked just now. */
  public record Linked(Entry entry, boolean isNew, List<UUID> outdated) {
    private static Linked before(Entry entry) {
      return new Linked(entry, false, List.of());
    }
  }

  /**
   * The citizen of a sign-in from a mini-program, in its transaction. An identity that is not known
   * yet comes to the account that its number belongs to, or else opens one.
   */
  public Uni<Arrival> signedIn(SqlConnection tx, SignInIdentity identity) {
    return locked(tx, identity)
        .chain(
            known ->
                known.isPresent()
                    ? keepPhone(tx, known.get(), identity.phone())
                    : arrived(tx, identity).map(Arrival::of));
  }

  /** The citizen whose number was proved, in the transaction of the sign-in. */
  public Uni<Entry> signedIn(SqlConnection tx, PhoneNumber phone) {
    return locked(tx, phone)
        .chain(
            holder ->
                holder.isPresent()
                    ? Uni.createFrom().item(holder.get())
                    : register(tx).chain(citizen -> set(tx, citizen, phone)).map(Arrival::entry));
  }

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
    return locked(tx, identity)
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(Linked.before(known.get()))
                    : repository
                        .require(tx, citizenId)
                        .chain(citizen -> insert(tx, citizen, identity, AssuranceLevel.FACE))
                        .map(entry -> new Linked(entry, true, List.of())));
  }

  /** Links a number to a citizen, in the place of another, unless it opens an account already. */
  public Uni<Linked> link(SqlConnection tx, UUID citizenId, PhoneNumber phone) {
    return locked(tx, phone)
        .chain(
            holder ->
                holder.isPresent()
                    ? Uni.createFrom().item(Linked.before(holder.get()))
                    : repository
                        .require(tx, citizenId)
                        .chain(citizen -> set(tx, citizen, phone))
                        .map(arrival -> new Linked(arrival.entry(), true, arrival.outdated())));
  }

  private Uni<Optional<Entry>> locked(SqlConnection tx, SignInIdentity identity) {
    return repository
        .lockIdentity(tx, identity.appId(), identity.openId())
        .chain(() -> repository.findByIdentity(tx, identity.appId(), identity.openId()));
  }

  private Uni<Optional<Entry>> locked(SqlConnection tx, PhoneNumber phone) {
    byte[] hash = hash(phone);
    return repository.lockPhone(tx, hash).chain(() -> repository.findByPhone(tx, hash));
  }

  private Uni<Entry> arrived(SqlConnection tx, SignInIdentity identity) {
    PhoneNumber phone = identity.phone();
    if (phone == null || phone.digits().isEmpty()) {
      return registered(tx, identity);
    }
    return locked(tx, phone)
        .chain(
            holder ->
                holder.isPresent()
                    ? joined(tx, holder.get().citizen(), identity)
                    : registered(tx, identity)
                        .chain(
                            entry ->
                                set(tx, entry.citizen(), phone)
                                    .map(set -> entry.with(set.entry().citizen()))));
  }

  private Uni<Entry> registered(SqlConnection tx, SignInIdentity identity) {
    return register(tx).chain(citizen -> insert(tx, citizen, identity, AssuranceLevel.FACE));
  }

  /** A number may have a new owner, so what it alone brings in is worth no more than the number. */
  private Uni<Entry> joined(SqlConnection tx, Citizen citizen, SignInIdentity identity) {
    return insert(tx, citizen, identity, AssuranceLevel.BASIC)
        .call(
            entry ->
                waysIn.linked(
                    tx,
                    citizen.id(),
                    new WaysIn.Way(entry.methodId(), SignInMethodKind.MINI_PROGRAM)));
  }

  private Uni<Entry> insert(
      SqlConnection tx, Citizen citizen, SignInIdentity identity, AssuranceLevel ceiling) {
    Entry entry = new Entry(citizen, UUID.randomUUID(), ceiling);
    return repository.insertIdentity(tx, entry, identity, Columns.now(clock));
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
  private Uni<Arrival> keepPhone(SqlConnection tx, Entry entry, @Nullable PhoneNumber phone) {
    if (phone == null || phone.digits().isEmpty() || !entry.isWorthTheAccount()) {
      return Uni.createFrom().item(Arrival.of(entry));
    }
    return locked(tx, phone)
        .chain(
            holder ->
                holder.isPresent()
                    ? Uni.createFrom().item(Arrival.of(entry))
                    : set(tx, entry.citizen(), phone)
                        .call(set -> noteReplacing(tx, set))
                        .map(
                            set -> new Arrival(entry.with(set.entry().citizen()), set.outdated())));
  }

  /** Whoever links a number by itself is told of it there. */
  private Uni<Void> noteReplacing(SqlConnection tx, Arrival set) {
    Entry entry = set.entry();
    return set.outdated().isEmpty()
        ? Uni.createFrom().voidItem()
        : waysIn.linked(
            tx, entry.citizen().id(), new WaysIn.Way(entry.methodId(), SignInMethodKind.PHONE));
  }

  /** Gives the citizen a number, and takes away the old one and what came by nothing else. */
  private Uni<Arrival> set(SqlConnection tx, Citizen citizen, PhoneNumber phone) {
    var sealed = vault.seal(phone.digits(), phonePlace(citizen.id()));
    return repository
        .setMaskedPhone(tx, citizen.id(), phone.masked())
        .chain(
            changed ->
                repository
                    .takePhone(tx, citizen.id())
                    .call(gone -> noteGone(tx, citizen.id(), gone))
                    .chain(
                        gone ->
                            repository
                                .insertPhone(
                                    tx, citizen.id(), hash(phone), sealed, Columns.now(clock))
                                .map(id -> new Entry(changed, id, AssuranceLevel.BASIC))
                                .map(entry -> new Arrival(entry, ids(gone)))));
  }

  private Uni<Void> noteGone(SqlConnection tx, UUID citizenId, List<WaysIn.Way> gone) {
    return OneByOne.each(gone, way -> waysIn.unlinked(tx, citizenId, way));
  }

  private static List<UUID> ids(List<WaysIn.Way> ways) {
    return ways.stream().map(WaysIn.Way::methodId).toList();
  }

  private byte[] hash(PhoneNumber phone) {
    return vault.hash(Vault.Purpose.PHONE, phone.digits());
  }
}
