package io.liangjiang.identity.profile;

import io.liangjiang.identity.citizen.Citizen;
import io.liangjiang.identity.citizen.CitizenProto;
import io.liangjiang.identity.signing.AccessTokens.AccessToken;
import io.liangjiang.identity.v1.VerifiedCitizen;
import java.util.Optional;

/** The answer to a verification as the wire has it. */
public final class VerifiedCitizenProto {
  private VerifiedCitizenProto() {}

  /** The profile, and a token when the session lives. */
  public static VerifiedCitizen verified(Citizen citizen, Optional<AccessToken> token) {
    var profile = CitizenProto.profile(citizen);
    return VerifiedCitizen.newBuilder()
        .setCitizenId(profile.getCitizenId())
        .setDisplayName(profile.getDisplayName())
        .setMaskedPhone(profile.getMaskedPhone())
        .setAssuranceLevel(profile.getAssuranceLevel())
        .setCreateTime(profile.getCreateTime())
        .setAccessToken(token.map(AccessToken::token).orElse(""))
        .setExpiresInSeconds(token.map(AccessToken::expiresInSeconds).orElse(0))
        .build();
  }
}
