package io.liangjiang.identity.profile;

import io.liangjiang.identity.crypto.Sealed;

/**
 * What the bureau matched, as it is stored.
 *
 * @param idNumberHash keyed hash for look-up and uniqueness
 * @param idNumber the number, sealed
 * @param name the name, sealed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual
record RealName(byte[] idNumberHash, Sealed idNumber, Sealed name) {}
