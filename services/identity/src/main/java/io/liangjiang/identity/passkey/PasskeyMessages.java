package io.liangjiang.identity.passkey;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the library fills from a phone's JSON and CBOR field by field; a native program must know.
 */
@RegisterForReflection(
    classNames = {
      "com.webauthn4j.converter.jackson.deserializer.cbor.AuthenticationExtensionsAuthenticatorOutputsEnvelope",
      "com.webauthn4j.converter.jackson.deserializer.cbor.COSEKeyEnvelope",
      "com.webauthn4j.data.attestation.AttestationObject",
      "com.webauthn4j.data.attestation.authenticator.AAGUID",
      "com.webauthn4j.data.attestation.authenticator.AbstractCOSEKey",
      "com.webauthn4j.data.attestation.authenticator.AttestedCredentialData",
      "com.webauthn4j.data.attestation.authenticator.AuthenticatorData",
      "com.webauthn4j.data.attestation.authenticator.COSEKey",
      "com.webauthn4j.data.attestation.authenticator.Curve",
      "com.webauthn4j.data.attestation.authenticator.EC2COSEKey",
      "com.webauthn4j.data.attestation.authenticator.EdDSACOSEKey",
      "com.webauthn4j.data.attestation.authenticator.RSACOSEKey",
      "com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier",
      "com.webauthn4j.data.attestation.statement.COSEKeyOperation",
      "com.webauthn4j.data.attestation.statement.COSEKeyType",
      "com.webauthn4j.data.attestation.statement.NoneAttestationStatement",
      "com.webauthn4j.data.client.ClientDataType",
      "com.webauthn4j.data.client.CollectedClientData",
      "com.webauthn4j.data.client.Origin",
      "com.webauthn4j.data.client.TokenBinding",
      "com.webauthn4j.data.client.TokenBindingStatus",
      "com.webauthn4j.data.client.challenge.Challenge",
      "com.webauthn4j.data.client.challenge.DefaultChallenge"
    })
final class PasskeyMessages {
  private PasskeyMessages() {}
}
