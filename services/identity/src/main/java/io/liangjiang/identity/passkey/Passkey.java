package io.liangjiang.identity.passkey;

import io.liangjiang.identity.account.Account;
import java.util.UUID;

/**
 * A key pair whose private half is on somebody's device.
 *
 * @param credentialId the device's id of it
 * @param credentialData attested credential data: AAGUID, id and public key
 * @param signCount how often it signed; 0 for ever with devices that do not count
 * @param backupEligible whether it may be on several devices
 * @param backedUp whether it is
 * @param label what its owner knows it by
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Passkey(
    UUID id,
    Account account,
    byte[] credentialId,
    byte[] credentialData,
    long signCount,
    boolean backupEligible,
    boolean backedUp,
    String label) {
  /** The same with the label that its owner gives it. */
  public Passkey labelled(String text) {
    return new Passkey(
        id, account, credentialId, credentialData, signCount, backupEligible, backedUp, text);
  }
}
