package io.liangjiang.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.work.Workers;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Holds what devices answer against the challenge, the domain and the stored key, with webauthn4j,
 * off the event loop. User verification is asked of everybody. Attestation is not: what make of
 * device a citizen has is none of the city's business.
 */
@ApplicationScoped
class PasskeyVerifier {
  private static final Logger LOG = Logger.getLogger(PasskeyVerifier.class);
  private static final int QUEUED = 256;
  private static final boolean REQUIRED = true;
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.RS256));

  /** What a right answer changes about its key. */
  record Used(long signCount, boolean backedUp) {}

  private final PasskeyDomain domain;
  private final ObjectConverter converter = new ObjectConverter();
  private final AttestedCredentialDataConverter keys =
      new AttestedCredentialDataConverter(converter);
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final Workers workers = new Workers("passkey", 1, QUEUED);

  PasskeyVerifier(PasskeyDomain domain) {
    this.domain = domain;
  }

  @PreDestroy
  void close() {
    workers.close();
  }

  /** The device's id of the key that answers. Errors: INVALID_PASSKEY for what is no answer. */
  AuthenticationData read(String json) {
    return guarded(
        () -> {
          AuthenticationData data = manager.parseAuthenticationResponseJSON(json);
          if (data.getCredentialId() == null) {
            throw invalid();
          }
          return data;
        });
  }

  /** A new key. Errors: INVALID_PASSKEY, OVERLOADED. */
  Uni<Passkey> registered(byte[] challenge, Account account, String json) {
    return workers.run(() -> guarded(() -> register(challenge, account, json)));
  }

  /** A known key's answer. Errors: INVALID_PASSKEY, PASSKEY_COPIED, OVERLOADED. */
  Uni<Used> used(byte[] challenge, Passkey passkey, AuthenticationData answer) {
    return workers.run(() -> guarded(() -> use(challenge, passkey, answer)));
  }

  private Passkey register(byte[] challenge, Account account, String json) {
    RegistrationData data = manager.parseRegistrationResponseJSON(json);
    manager.verify(
        data, new RegistrationParameters(server(challenge), ALGORITHMS, REQUIRED, REQUIRED));
    var record =
        new CredentialRecordImpl(
            data.getAttestationObject(),
            data.getCollectedClientData(),
            data.getClientExtensions(),
            data.getTransports());
    var key = record.getAttestedCredentialData();
    return new Passkey(
        UUID.randomUUID(),
        account,
        key.getCredentialId(),
        keys.convert(key),
        record.getCounter(),
        Boolean.TRUE.equals(record.isBackupEligible()),
        Boolean.TRUE.equals(record.isBackedUp()),
        "");
  }

  private Used use(byte[] challenge, Passkey passkey, AuthenticationData answer) {
    byte[] handle = answer.getUserHandle();
    boolean isOfOwner =
        handle == null
            || MessageDigest.isEqual(handle, PasskeyOptions.userHandle(passkey.account().id()));
    if (!isOfOwner) {
      throw invalid();
    }
    manager.verify(
        answer,
        new AuthenticationParameters(
            server(challenge),
            record(passkey),
            List.of(passkey.credentialId()),
            REQUIRED,
            REQUIRED));
    var data = answer.getAuthenticatorData();
    return new Used(data.getSignCount(), data.isFlagBS());
  }

  private CredentialRecord record(Passkey passkey) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        REQUIRED,
        passkey.backupEligible(),
        passkey.backedUp(),
        passkey.signCount(),
        keys.convert(passkey.credentialData()),
        null,
        null,
        null,
        null);
  }

  private ServerProperty server(byte[] challenge) {
    return ServerProperty.builder()
        .rpId(domain.requireId())
        .origins(domain.origins().stream().map(Origin::create).collect(Collectors.toSet()))
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  /** Whatever the library makes of a stranger's bytes is a refusal. */
  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (ServiceException e) {
      throw e;
    } catch (MaliciousCounterValueException e) {
      throw new ServiceException(
          IdentityReason.PASSKEY_COPIED, "the passkey's counter went back: it was copied");
    } catch (RuntimeException e) {
      LOG.debugf("a passkey was refused: %s", e.getClass().getSimpleName());
      throw invalid();
    }
  }

  static ServiceException invalid() {
    return new ServiceException(
        IdentityReason.INVALID_PASSKEY, "the device's answer does not prove a passkey");
  }
}
