package io.liangjiang.identity.signing;

import io.liangjiang.identity.masterkey.MasterKeyRotation;
import io.liangjiang.identity.v1.ListSigningKeysResponse;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;
import java.util.List;

/** Signing keys as the wire has them. */
final class SigningKeyProto {
  private SigningKeyProto() {}

  static ListSigningKeysResponse list(List<SigningKey> keys) {
    return ListSigningKeysResponse.newBuilder()
        .addAllSigningKeys(keys.stream().map(SigningKeyProto::key).toList())
        .build();
  }

  static io.liangjiang.identity.v1.MasterKeyRotation progress(MasterKeyRotation.Progress progress) {
    var proto =
        io.liangjiang.identity.v1.MasterKeyRotation.newBuilder()
            .setMasterKeyId(progress.keyId())
            .addAllOtherMasterKeyIds(progress.otherKeyIds());
    progress
        .tables()
        .forEach(
            table ->
                proto.addTables(
                    io.liangjiang.identity.v1.MasterKeyRotation.Table.newBuilder()
                        .setName(table.name())
                        .setRows(table.rows())
                        .setRowsLeft(table.left())
                        .setRowsUnreadable(table.unreadable())));
    return proto.build();
  }

  static io.liangjiang.identity.v1.SigningKey key(SigningKey key) {
    var proto =
        io.liangjiang.identity.v1.SigningKey.newBuilder()
            .setSigningKeyId(key.id())
            .setState(io.liangjiang.identity.v1.SigningKey.State.valueOf(key.state().name()))
            .setCreateTime(ProtoTime.timestamp(key.createTime()));
    Instant activated = key.activateTime();
    if (activated != null) {
      proto.setActivateTime(ProtoTime.timestamp(activated));
    }
    Instant retired = key.retireTime();
    if (retired != null) {
      proto.setRetireTime(ProtoTime.timestamp(retired));
    }
    return proto.build();
  }
}
