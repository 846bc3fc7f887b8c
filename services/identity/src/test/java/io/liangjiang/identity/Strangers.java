package io.liangjiang.identity;

import io.liangjiang.identity.signing.AccessClaims;
import io.liangjiang.identity.signing.AccessTokens;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.platform.test.examples.Others;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Others with tokens that identity signs: another citizen, or member of staff, really signs in,
 * just now, and owns nothing.
 */
@Singleton
public class Strangers implements Others {
  private static final String MERCHANT = "merchant";
  private static final Duration LIFE = Duration.ofMinutes(5);

  @GrpcClient("self")
  SessionService sessions;

  @Inject AccessTokens tokens;
  @Inject InstantSource clock;

  @Override
  public String citizen() {
    var opened = SignedIn.citizen(sessions);
    String citizen = opened.getCitizen().getCitizenId();
    return signed(claims(citizen, opened.getSessionId(), "citizen", ""));
  }

  @Override
  public String staff(String role, String organisationId) {
    var opened = SignedIn.staff(sessions, role.equals(MERCHANT) ? "gate" : MERCHANT);
    String member = opened.getStaff().getStaffId();
    return signed(claims(member, opened.getSessionId(), role, organisationId));
  }

  @Override
  public String delegate(UUID citizenId, List<String> powers) {
    Instant end = clock.instant().plus(LIFE);
    var acting = new AccessTokens.Acting(SignedIn.id(), SignedIn.id(), powers, end);
    var claims = claims(citizenId.toString(), SignedIn.id(), "citizen", "");
    return SignedIn.await(tokens.issue(claims, acting)).token();
  }

  private String signed(AccessClaims claims) {
    return SignedIn.await(tokens.issue(claims)).token();
  }

  private AccessClaims claims(String subject, String session, String role, String organisation) {
    boolean citizen = role.equals("citizen");
    return new AccessClaims(
        subject,
        session,
        SignedIn.id(),
        DevelopmentCity.APP_ID,
        List.of(role),
        citizen ? AssuranceLevel.FACE : AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED,
        List.of("pop"),
        organisation,
        clock.instant(),
        clock.instant());
  }
}
