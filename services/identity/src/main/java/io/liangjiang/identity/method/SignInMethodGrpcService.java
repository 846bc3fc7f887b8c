package io.liangjiang.identity.method;

import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.limit.ClientAddress;
import io.liangjiang.identity.v1.BeginPasskeyRegistrationRequest;
import io.liangjiang.identity.v1.FinishPasskeyRegistrationRequest;
import io.liangjiang.identity.v1.LinkMiniProgramRequest;
import io.liangjiang.identity.v1.LinkPhoneRequest;
import io.liangjiang.identity.v1.ListSignInMethodsRequest;
import io.liangjiang.identity.v1.ListSignInMethodsResponse;
import io.liangjiang.identity.v1.PasskeyChallenge;
import io.liangjiang.identity.v1.SignInMethod;
import io.liangjiang.identity.v1.SignInMethodService;
import io.liangjiang.identity.v1.UnlinkSignInMethodRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of the ways to sign in. */
@GrpcService
public class SignInMethodGrpcService implements SignInMethodService {
  private static final int MAX_APP_ID = 64;
  private static final int MAX_CODE = 128;
  private static final int MAX_LABEL = 100;
  private static final int MAX_CREDENTIAL = 16_384;

  private final Methods methods;
  private final Linking linking;

  SignInMethodGrpcService(Methods methods, Linking linking) {
    this.methods = methods;
    this.linking = linking;
  }

  @Override
  public Uni<ListSignInMethodsResponse> listSignInMethods(ListSignInMethodsRequest request) {
    var page = Page.of(request.getPageSize(), request.getPageToken());
    return methods.list(Caller.current(), page).map(MethodProto::list);
  }

  @Override
  public Uni<SignInMethod> linkMiniProgram(LinkMiniProgramRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireText(request.getAppId(), 1, MAX_APP_ID, "app_id")
        .requireText(request.getJsCode(), 1, MAX_CODE, "js_code")
        .throwIfAny();
    return linking.miniProgram(Caller.current(), request, ClientAddress.current());
  }

  @Override
  public Uni<SignInMethod> linkPhone(LinkPhoneRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    PhoneNumber phone = PhoneNumber.require(request.getPhoneNumber(), "phone_number");
    new Violations()
        .require(request.getCode().matches("[0-9]{6}"), "code", "must be 6 digits")
        .throwIfAny();
    return linking.phone(Caller.current(), request, phone, ClientAddress.current());
  }

  @Override
  public Uni<PasskeyChallenge> beginPasskeyRegistration(BeginPasskeyRegistrationRequest request) {
    return linking
        .beginPasskey(Caller.current(), Violations.requestId(request.getRequestId()))
        .map(MethodProto::challenge);
  }

  @Override
  public Uni<SignInMethod> finishPasskeyRegistration(FinishPasskeyRegistrationRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireUuid(request.getChallengeId(), "challenge_id")
        .require(
            !request.getCredentialJson().isEmpty()
                && request.getCredentialJson().length() <= MAX_CREDENTIAL,
            "credential_json",
            "must have 1 to 16384 characters")
        .requireText(request.getLabel(), 1, MAX_LABEL, "label")
        .throwIfAny();
    return linking.passkey(Caller.current(), request);
  }

  @Override
  public Uni<SignInMethod> unlinkSignInMethod(UnlinkSignInMethodRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    new Violations().requireUuid(request.getSignInMethodId(), "sign_in_method_id").throwIfAny();
    return methods.unlink(Caller.current(), request);
  }
}
