package io.liangjiang.tourism.ticket;

import io.liangjiang.citycode.CityCodeIssuer;
import io.liangjiang.citycode.CityCodeVerifier;
import io.liangjiang.citycode.CodeKind;
import io.liangjiang.citycode.RevocationList;
import io.liangjiang.citycode.SigningKey;
import io.liangjiang.citycode.Verification;
import io.liangjiang.citycode.VerificationKey;
import io.liangjiang.citycode.VerificationKeys;
import io.liangjiang.platform.data.Database;
import io.liangjiang.tourism.secret.Vault;
import io.liangjiang.tourism.slot.TimeSlot;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs ticket codes and verifies them. The key pair is made by the first process that needs it and
 * kept in the database, its private part sealed; every replica signs with the same one.
 */
@ApplicationScoped
public class TicketCodes {
  private static final Logger LOG = Logger.getLogger(TicketCodes.class);

  /**
   * The tickets' times are judged by the database's rows, where a refusal can say more than "not
   * valid".
   */
  private static final Duration ANY_TIME = Duration.ofDays(36_500);

  private final Database database;
  private final Vault vault;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<@Nullable Keys> loaded = new AtomicReference<>();

  TicketCodes(Database database, Vault vault, InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.clock = clock;
  }

  /** Loads the keys early: the first payment then finds them in memory. */
  void start(@Observes StartupEvent event) {
    keys()
        .subscribe()
        .with(
            ready -> LOG.debug("ticket keys are ready"),
            failure -> LOG.warn("ticket keys", failure));
  }

  /** What signs and what verifies. */
  public static final class Keys {
    private final CityCodeIssuer issuer;
    private final CityCodeVerifier verifier;

    private Keys(CityCodeIssuer issuer, CityCodeVerifier verifier) {
      this.issuer = issuer;
      this.verifier = verifier;
    }

    /**
     * The code of a ticket: good offline from the opening of the gate for its slot until its
     * closing.
     */
    public String sign(UUID ticketId, TimeSlot.Times times) {
      Instant from = times.entryOpens().truncatedTo(ChronoUnit.SECONDS);
      var lifetime = Duration.ofSeconds(from.until(times.entryCloses(), ChronoUnit.SECONDS));
      return issuer.issue(CodeKind.TICKET, ticketId, from, lifetime, Set.of()).text();
    }

    /** Judges form and signature of a code, not its times. */
    public Verification verify(String code, Instant now) {
      return verifier.verify(code, now);
    }
  }

  /** The keys; from memory after the first time. */
  public Uni<Keys> keys() {
    Keys known = loaded.get();
    return known == null
        ? database.inTransaction(this::loadOrMake).invoke(loaded::set)
        : Uni.createFrom().item(known);
  }

  private Uni<Keys> loadOrMake(SqlConnection tx) {
    return TicketKeyRepository.lock(tx)
        .chain(() -> TicketKeyRepository.all(tx))
        .chain(stored -> stored.isEmpty() ? make(tx) : Uni.createFrom().item(stored))
        .map(this::open);
  }

  private Uni<List<TicketKeyRepository.StoredKey>> make(SqlConnection tx) {
    var key = SigningKey.generate();
    String id = HexFormat.of().toHexDigits(key.keyId());
    var stored =
        new TicketKeyRepository.StoredKey(
            id, key.encodedPublic(), vault.seal(key.encodedPrivate(), place(id)), vault.keyId());
    return TicketKeyRepository.insert(tx, stored, clock.instant()).replaceWith(List.of(stored));
  }

  private Keys open(List<TicketKeyRepository.StoredKey> stored) {
    var newest = stored.getFirst();
    byte[] secret =
        vault.open(newest.sealedPrivateKey(), newest.keyId(), place(newest.ticketKeyId()));
    var verification =
        VerificationKeys.of(
            stored.stream().map(key -> VerificationKey.of(key.publicKey())).toList());
    return new Keys(
        new CityCodeIssuer(SigningKey.of(secret, newest.publicKey()), random),
        new CityCodeVerifier(verification, RevocationList.none(), ANY_TIME));
  }

  private static String place(String ticketKeyId) {
    return "ticket_key/" + ticketKeyId;
  }
}
