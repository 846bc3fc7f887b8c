package io.liangjiang.identity.passkey;

import java.util.UUID;

/**
 * What a device answered.
 *
 * @param credentialJson the browser's PublicKeyCredential as JSON
 */
public record PasskeyAnswer(UUID challengeId, String credentialJson) {}
