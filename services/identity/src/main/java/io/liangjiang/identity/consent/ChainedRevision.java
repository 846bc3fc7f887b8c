package io.liangjiang.identity.consent;

import io.liangjiang.identity.crypto.Digests;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A revision with its place in the chain.
 *
 * @param predecessorHash the hash of the revision before, or {@link #seed} of the chain
 * @param hash over the predecessor's and all that the revision says
 */
@SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals only
record ChainedRevision(Revision revision, byte[] predecessorHash, byte[] hash) {
  /** What the first revision of a chain follows on. */
  static byte[] seed(String chainId) {
    return Digests.sha256("consent-chain/" + chainId);
  }

  static ChainedRevision of(byte[] predecessorHash, Revision revision) {
    return new ChainedRevision(revision, predecessorHash, hash(predecessorHash, revision));
  }

  /** Every field with its length before it, so that no two revisions are the same bytes. */
  static byte[] hash(byte[] predecessorHash, Revision revision) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(predecessorHash);
      text(out, revision.chainId());
      out.writeLong(revision.sequence());
      text(out, revision.kind().name());
      text(out, revision.objectId());
      out.writeInt(revision.number());
      text(out, revision.snapshot());
      text(out, revision.authorizedBy());
      text(out, revision.time().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory are always taken", e);
    }
    return Digests.sha256(bytes.toByteArray());
  }

  private static void text(DataOutputStream out, String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
