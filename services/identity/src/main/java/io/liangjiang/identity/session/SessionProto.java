package io.liangjiang.identity.session;

import io.liangjiang.identity.citizen.Citizen;
import io.liangjiang.identity.citizen.CitizenProto;
import io.liangjiang.identity.passkey.Passkeys;
import io.liangjiang.identity.signing.AccessTokens.AccessToken;
import io.liangjiang.identity.sms.SmsCodes;
import io.liangjiang.identity.staff.StaffMember;
import io.liangjiang.identity.v1.ListMySessionsResponse;
import io.liangjiang.identity.v1.PasskeyChallenge;
import io.liangjiang.identity.v1.SendSmsCodeResponse;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.Staff;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;

/** Sessions as the wire has them. */
final class SessionProto {
  private SessionProto() {}

  static SessionTokens tokens(Grant grant, AccessToken token, Citizen citizen) {
    return tokens(grant, token).setCitizen(CitizenProto.profile(citizen)).build();
  }

  static SessionTokens tokens(Grant grant, AccessToken token, StaffMember member) {
    return tokens(grant, token)
        .setStaff(
            Staff.newBuilder()
                .setStaffId(member.id().toString())
                .setUsername(member.username())
                .addAllRoles(member.roles())
                .setOrganisationId(member.organisationId()))
        .build();
  }

  static PasskeyChallenge challenge(Passkeys.Challenge challenge) {
    return PasskeyChallenge.newBuilder()
        .setChallengeId(challenge.id().toString())
        .setOptionsJson(challenge.optionsJson())
        .setExpireTime(ProtoTime.timestamp(challenge.expireTime()))
        .build();
  }

  static SendSmsCodeResponse sent(SmsCodes.Sent sent) {
    return SendSmsCodeResponse.newBuilder()
        .setExpireTime(ProtoTime.timestamp(sent.expireTime()))
        .setResendTime(ProtoTime.timestamp(sent.resendTime()))
        .build();
  }

  static io.liangjiang.identity.v1.Session session(Session session) {
    var proto =
        io.liangjiang.identity.v1.Session.newBuilder()
            .setSessionId(session.id().toString())
            .setClientId(session.clientId())
            .setDeviceLabel(session.device().label())
            .setPlace(session.device().place())
            .setCreateTime(ProtoTime.timestamp(session.createTime()))
            .setLastUseTime(ProtoTime.timestamp(session.lastUseTime()))
            .setExpireTime(ProtoTime.timestamp(session.expireTime()));
    Instant revoked = session.revokeTime();
    if (revoked != null) {
      proto.setRevokeTime(ProtoTime.timestamp(revoked));
    }
    return proto.build();
  }

  static ListMySessionsResponse list(Page.Cut<Session> cut) {
    return ListMySessionsResponse.newBuilder()
        .addAllSessions(cut.items().stream().map(SessionProto::session).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  private static SessionTokens.Builder tokens(Grant grant, AccessToken token) {
    return SessionTokens.newBuilder()
        .setAccessToken(token.token())
        .setRefreshToken(grant.refreshToken())
        .setExpiresInSeconds(token.expiresInSeconds())
        .setSessionId(grant.session().id().toString());
  }
}
