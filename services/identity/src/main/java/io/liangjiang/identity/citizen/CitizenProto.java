package io.liangjiang.identity.citizen;

import io.liangjiang.platform.time.ProtoTime;

/** Citizens as the wire has them. */
public final class CitizenProto {
  private CitizenProto() {}

  /** The profile. */
  public static io.liangjiang.identity.v1.Citizen profile(Citizen citizen) {
    return io.liangjiang.identity.v1.Citizen.newBuilder()
        .setCitizenId(citizen.id().toString())
        .setDisplayName(citizen.displayName())
        .setMaskedPhone(citizen.maskedPhone())
        .setAssuranceLevel(citizen.assuranceLevel())
        .setCreateTime(ProtoTime.timestamp(citizen.createTime()))
        .build();
  }
}
