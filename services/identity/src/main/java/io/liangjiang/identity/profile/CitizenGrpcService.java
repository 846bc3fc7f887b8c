package io.liangjiang.identity.profile;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.citizen.CitizenProto;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.citizen.SuperAppIdentities;
import io.liangjiang.identity.session.SessionTokenIssuer;
import io.liangjiang.identity.v1.Citizen;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.GetMeRequest;
import io.liangjiang.identity.v1.GetSuperAppIdentityRequest;
import io.liangjiang.identity.v1.SuperAppIdentity;
import io.liangjiang.identity.v1.VerifiedCitizen;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.citizenid.CitizenIdNumber;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/** The contract of the citizen's own account. */
@GrpcService
public class CitizenGrpcService implements CitizenService {
  private static final int MIN_NAME = 2;
  private static final int MAX_NAME = 50;
  private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

  private static final int MAX_APP_ID = 64;
  private static final UUID NO_SESSION = new UUID(0, 0);

  private final Citizens citizens;
  private final SuperAppIdentities superAppIdentities;
  private final RealNames realNames;
  private final SessionTokenIssuer issuer;
  private final InstantSource clock;

  CitizenGrpcService(
      Citizens citizens,
      SuperAppIdentities superAppIdentities,
      RealNames realNames,
      SessionTokenIssuer issuer,
      InstantSource clock) {
    this.citizens = citizens;
    this.superAppIdentities = superAppIdentities;
    this.realNames = realNames;
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public Uni<Citizen> getMe(GetMeRequest request) {
    return citizens.get(UUID.fromString(Caller.current().subject())).map(CitizenProto::profile);
  }

  @Override
  public Uni<VerifiedCitizen> verifyRealName(VerifyRealNameRequest request) {
    Caller caller = Caller.current();
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireText(request.getName(), MIN_NAME, MAX_NAME, "name")
        .requireText(request.getIdNumber(), 1, MAX_NAME, "id_number")
        .throwIfAny();
    return realNames
        .verify(UUID.fromString(caller.subject()), request.getName(), number(request.getIdNumber()))
        .chain(
            citizen ->
                issuer
                    .renewed(caller, citizen, AssuranceLevel.REAL_NAME)
                    .map(token -> VerifiedCitizenProto.verified(citizen, token)));
  }

  @Override
  public Uni<SuperAppIdentity> getSuperAppIdentity(GetSuperAppIdentityRequest request) {
    String sessionId = request.getSessionId();
    var violations =
        new Violations()
            .requireUuid(request.getCitizenId(), "citizen_id")
            .requireText(request.getAppId(), 1, MAX_APP_ID, "app_id");
    if (!sessionId.isEmpty()) {
      violations.requireUuid(sessionId, "session_id");
    }
    violations.throwIfAny();
    var question =
        new SuperAppIdentities.Question(
            UUID.fromString(request.getCitizenId()),
            request.getAppId(),
            sessionId.isEmpty() ? NO_SESSION : UUID.fromString(sessionId));
    return superAppIdentities
        .openId(Caller.current(), question)
        .map(openId -> SuperAppIdentity.newBuilder().setOpenId(openId).build());
  }

  private CitizenIdNumber number(String text) {
    return IdNumbers.parse(text, LocalDate.ofInstant(clock.instant(), CITY))
        .orElseThrow(
            () ->
                new ServiceException(
                        IdentityReason.INVALID_ID_NUMBER,
                        "the number is no citizen identification number")
                    .violation("id_number", "must follow GB 11643"));
  }
}
