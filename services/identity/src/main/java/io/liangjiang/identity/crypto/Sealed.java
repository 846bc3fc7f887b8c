package io.liangjiang.identity.crypto;

/**
 * Ciphertext as it is stored.
 *
 * @param keyId the master key under which it was sealed
 * @param bytes 12 bytes of nonce, the ciphertext, 16 bytes of tag
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sealed(String keyId, byte[] bytes) {}
