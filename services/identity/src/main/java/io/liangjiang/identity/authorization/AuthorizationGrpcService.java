package io.liangjiang.identity.authorization;

import io.liangjiang.identity.oauth.Provider;
import io.liangjiang.identity.v1.ApproveAuthorizationRequestRequest;
import io.liangjiang.identity.v1.ApprovedAuthorization;
import io.liangjiang.identity.v1.AuthorizationRequest;
import io.liangjiang.identity.v1.AuthorizationService;
import io.liangjiang.identity.v1.DenyAuthorizationRequestRequest;
import io.liangjiang.identity.v1.GetAuthorizationRequestRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The contract of citizens' decisions about guests' requests. */
@GrpcService
public class AuthorizationGrpcService implements AuthorizationService {
  private final Authorizations authorizations;
  private final AuthorizationCodes codes;
  private final Provider provider;

  AuthorizationGrpcService(
      Authorizations authorizations, AuthorizationCodes codes, Provider provider) {
    this.authorizations = authorizations;
    this.codes = codes;
    this.provider = provider;
  }

  @Override
  public Uni<AuthorizationRequest> getAuthorizationRequest(GetAuthorizationRequestRequest request) {
    UUID citizenId = UUID.fromString(Caller.current().subject());
    return authorizations.get(citizenId, request.getRequestCode()).map(AuthorizationProto::request);
  }

  @Override
  public Uni<ApprovedAuthorization> approveAuthorizationRequest(
      ApproveAuthorizationRequestRequest request) {
    Caller caller = Caller.current();
    var unused = Violations.requestId(request.getRequestId());
    return authorizations
        .approve(caller, request.getRequestCode(), request.getScopesList())
        .map(seen -> approved(seen, UUID.fromString(caller.subject())));
  }

  @Override
  public Uni<AuthorizationRequest> denyAuthorizationRequest(
      DenyAuthorizationRequestRequest request) {
    Caller caller = Caller.current();
    var unused = Violations.requestId(request.getRequestId());
    return authorizations.deny(caller, request.getRequestCode()).map(AuthorizationProto::request);
  }

  private ApprovedAuthorization approved(Authorizations.Seen seen, UUID citizenId) {
    String code = seen.request().code();
    String confirmation = codes.confirmation(code, citizenId);
    return ApprovedAuthorization.newBuilder()
        .setRequest(AuthorizationProto.request(seen))
        .setConfirmationCode(confirmation)
        .setContinueUri(
            provider.address(Provider.AUTHORIZE + "/" + code) + "?confirmation=" + confirmation)
        .build();
  }
}
