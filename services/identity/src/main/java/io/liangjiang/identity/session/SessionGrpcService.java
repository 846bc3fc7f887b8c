package io.liangjiang.identity.session;

import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.limit.ClientAddress;
import io.liangjiang.identity.passkey.PasskeyAnswer;
import io.liangjiang.identity.place.Places;
import io.liangjiang.identity.v1.BeginPasskeySignInRequest;
import io.liangjiang.identity.v1.ListMySessionsRequest;
import io.liangjiang.identity.v1.ListMySessionsResponse;
import io.liangjiang.identity.v1.PasskeyChallenge;
import io.liangjiang.identity.v1.RefreshSessionRequest;
import io.liangjiang.identity.v1.RevokeMySessionRequest;
import io.liangjiang.identity.v1.SendSmsCodeRequest;
import io.liangjiang.identity.v1.SendSmsCodeResponse;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInStaffRequest;
import io.liangjiang.identity.v1.SignInWithMiniProgramRequest;
import io.liangjiang.identity.v1.SignInWithPasskeyRequest;
import io.liangjiang.identity.v1.SignInWithSmsCodeRequest;
import io.liangjiang.identity.v1.SignOutRequest;
import io.liangjiang.identity.v1.StepUpRequest;
import io.liangjiang.identity.v1.StepUpResponse;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.regex.Pattern;

/** The contract of sessions. */
@GrpcService
public class SessionGrpcService implements SessionService {
  private static final Pattern SMS_CODE = Pattern.compile("[0-9]{6}");
  private static final int MAX_APP_ID = 64;
  private static final int MAX_CODE = 128;
  private static final int MAX_LABEL = 100;
  private static final int MAX_USERNAME = 64;
  private static final int MAX_PASSWORD = 128;

  private final MiniProgramSignIns miniPrograms;
  private final SmsSignIns smsSignIns;
  private final PasskeySignIns passkeySignIns;
  private final StaffSignIns staffSignIns;
  private final StepUps stepUps;
  private final Sessions sessions;
  private final SessionTokenIssuer issuer;
  private final Places places;

  SessionGrpcService(
      MiniProgramSignIns miniPrograms,
      SmsSignIns smsSignIns,
      PasskeySignIns passkeySignIns,
      StaffSignIns staffSignIns,
      StepUps stepUps,
      Sessions sessions,
      SessionTokenIssuer issuer,
      Places places) {
    this.miniPrograms = miniPrograms;
    this.smsSignIns = smsSignIns;
    this.passkeySignIns = passkeySignIns;
    this.staffSignIns = staffSignIns;
    this.stepUps = stepUps;
    this.sessions = sessions;
    this.issuer = issuer;
    this.places = places;
  }

  @Override
  public Uni<SessionTokens> signInWithMiniProgram(SignInWithMiniProgramRequest request) {
    new Violations()
        .requireText(request.getAppId(), 1, MAX_APP_ID, "app_id")
        .requireText(request.getJsCode(), 1, MAX_CODE, "js_code")
        .requireText(request.getPhoneCode(), 0, MAX_CODE, "phone_code")
        .requireText(request.getDeviceLabel(), 0, MAX_LABEL, "device_label")
        .throwIfAny();
    var codes =
        new MiniProgramSignIns.Codes(
            request.getAppId(), request.getJsCode(), request.getPhoneCode());
    var signIn =
        new SignIns.Request(
            Violations.requestId(request.getRequestId()),
            Digests.sha256(request.getAppId() + "/" + request.getJsCode()),
            device(request.getDeviceLabel()));
    return miniPrograms.signIn(signIn, codes, ClientAddress.current()).chain(issuer::answer);
  }

  @Override
  public Uni<SessionTokens> signInStaff(SignInStaffRequest request) {
    new Violations()
        .requireText(request.getUsername(), 1, MAX_USERNAME, "username")
        .requireText(request.getPassword(), 1, MAX_PASSWORD, "password")
        .requireText(request.getDeviceLabel(), 0, MAX_LABEL, "device_label")
        .throwIfAny();
    UUID requestId = Violations.requestId(request.getRequestId());
    var given = new StaffSignIns.Credentials(request.getUsername(), request.getPassword());
    return staffSignIns
        .signIn(requestId, given, device(request.getDeviceLabel()), ClientAddress.current())
        .chain(issuer::answer);
  }

  @Override
  public Uni<SendSmsCodeResponse> sendSmsCode(SendSmsCodeRequest request) {
    UUID requestId = Violations.requestId(request.getRequestId());
    return smsSignIns
        .send(
            requestId,
            PhoneNumber.require(request.getPhoneNumber(), "phone_number"),
            ClientAddress.current())
        .map(SessionProto::sent);
  }

  @Override
  public Uni<SessionTokens> signInWithSmsCode(SignInWithSmsCodeRequest request) {
    new Violations()
        .require(SMS_CODE.matcher(request.getCode()).matches(), "code", "must be 6 digits")
        .requireText(request.getDeviceLabel(), 0, MAX_LABEL, "device_label")
        .throwIfAny();
    PhoneNumber phone = PhoneNumber.require(request.getPhoneNumber(), "phone_number");
    var signIn =
        new SignIns.Request(
            Violations.requestId(request.getRequestId()),
            smsSignIns.credentialHash(phone, request.getCode()),
            device(request.getDeviceLabel()));
    return smsSignIns
        .signIn(signIn, phone, request.getCode(), ClientAddress.current())
        .chain(issuer::answer);
  }

  @Override
  public Uni<PasskeyChallenge> beginPasskeySignIn(BeginPasskeySignInRequest request) {
    return passkeySignIns
        .begin(Violations.requestId(request.getRequestId()), ClientAddress.current())
        .map(SessionProto::challenge);
  }

  @Override
  public Uni<SessionTokens> signInWithPasskey(SignInWithPasskeyRequest request) {
    new Violations()
        .requireText(request.getDeviceLabel(), 0, MAX_LABEL, "device_label")
        .throwIfAny();
    PasskeyAnswer answer =
        StepUpProto.answer(request.getChallengeId(), request.getCredentialJson());
    var signIn =
        new SignIns.Request(
            Violations.requestId(request.getRequestId()),
            Digests.sha256(answer.challengeId() + "/" + answer.credentialJson()),
            device(request.getDeviceLabel()));
    return passkeySignIns.signIn(signIn, answer, ClientAddress.current()).chain(issuer::answer);
  }

  @Override
  public Uni<StepUpResponse> stepUp(StepUpRequest request) {
    Caller caller = Caller.current();
    UUID requestId = Violations.requestId(request.getRequestId());
    return stepUps
        .prove(caller, requestId, StepUpProto.proof(request), ClientAddress.current())
        .chain(
            session -> issuer.renewed(session).map(token -> StepUpProto.response(session, token)));
  }

  @Override
  public Uni<SessionTokens> refreshSession(RefreshSessionRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    return issuer.refresh(request.getRefreshToken(), places.current());
  }

  @Override
  public Uni<io.liangjiang.identity.v1.Session> signOut(SignOutRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    return sessions.signOut(Caller.current(), request.getRefreshToken()).map(SessionProto::session);
  }

  @Override
  public Uni<ListMySessionsResponse> listMySessions(ListMySessionsRequest request) {
    var page = Page.of(request.getPageSize(), request.getPageToken());
    return sessions.list(Caller.current(), page).map(SessionProto::list);
  }

  @Override
  public Uni<io.liangjiang.identity.v1.Session> revokeMySession(RevokeMySessionRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    return sessions.revoke(Caller.current(), request.getSessionId()).map(SessionProto::session);
  }

  private Device device(String label) {
    return new Device(label, places.current());
  }
}
