package io.liangjiang.identity.authorization;

import io.liangjiang.identity.v1.AuthorizationRequest;
import io.liangjiang.identity.v1.ClientScope;
import io.liangjiang.platform.time.ProtoTime;
import java.net.URI;
import java.util.List;

/** Requests as the wire has them. */
final class AuthorizationProto {
  private AuthorizationProto() {}

  static AuthorizationRequest request(Authorizations.Seen seen) {
    PendingAuthorization request = seen.request();
    AuthorizationAsk ask = request.ask();
    List<ClientScope> scopes = seen.client().scopesOf(ask.scopes());
    return AuthorizationRequest.newBuilder()
        .setRequestCode(request.code())
        .setClientId(ask.clientId())
        .setClientDisplayName(seen.client().registration().getDisplayName())
        .setClientPurpose(seen.client().registration().getPurpose())
        .setRedirectHost(URI.create(ask.redirectUri()).getHost())
        .addAllScopes(scopes)
        .addAllGrantedScopes(seen.granted())
        .setRequiredLevel(ask.requiredLevel())
        .setState(state(request.state()))
        .setExpireTime(ProtoTime.timestamp(request.expireTime()))
        .build();
  }

  private static AuthorizationRequest.State state(PendingAuthorization.State state) {
    return switch (state) {
      case WAITING -> AuthorizationRequest.State.WAITING;
      case APPROVED, CONTINUED -> AuthorizationRequest.State.APPROVED;
      case DENIED -> AuthorizationRequest.State.DENIED;
    };
  }
}
