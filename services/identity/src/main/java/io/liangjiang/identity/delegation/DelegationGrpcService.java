package io.liangjiang.identity.delegation;

import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.profile.Parenthoods;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.AcceptDelegationRequest;
import io.liangjiang.identity.v1.ActingToken;
import io.liangjiang.identity.v1.ConsentToPowersRequest;
import io.liangjiang.identity.v1.DelegationOffer;
import io.liangjiang.identity.v1.DelegationService;
import io.liangjiang.identity.v1.EndDelegationRequest;
import io.liangjiang.identity.v1.IssueActingTokenRequest;
import io.liangjiang.identity.v1.ListGivenDelegationsRequest;
import io.liangjiang.identity.v1.ListGivenDelegationsResponse;
import io.liangjiang.identity.v1.ListHeldDelegationsRequest;
import io.liangjiang.identity.v1.ListHeldDelegationsResponse;
import io.liangjiang.identity.v1.OfferDelegationRequest;
import io.liangjiang.identity.v1.ProveParenthoodRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** The contract of delegations. */
@GrpcService
public class DelegationGrpcService implements DelegationService {
  private static final int MIN_NAME = 2;
  private static final int MAX_TEXT = 50;

  private final Delegations delegations;
  private final ParentalPowers parental;
  private final ActingTokens tokens;
  private final InvitationCodes codes;
  private final Ages ages;
  private final InstantSource clock;

  DelegationGrpcService(
      Delegations delegations,
      ParentalPowers parental,
      ActingTokens tokens,
      InvitationCodes codes,
      Ages ages,
      InstantSource clock) {
    this.delegations = delegations;
    this.parental = parental;
    this.tokens = tokens;
    this.codes = codes;
    this.ages = ages;
    this.clock = clock;
  }

  @Override
  public Uni<DelegationOffer> offerDelegation(OfferDelegationRequest request) {
    UUID citizenId = caller();
    UUID requestId = Violations.requestId(request.getRequestId());
    var times = DelegationProto.times(request, Columns.now(clock));
    new Violations()
        .require(
            Powers.areValid(request.getPowersList()), "powers", "must be 1 to 7 different powers")
        .throwIfAny();
    String code = codes.of(citizenId, requestId);
    var offer =
        new Offer(
            UUID.randomUUID(),
            citizenId,
            requestId,
            Powers.sorted(request.getPowersList()),
            Digests.sha256(DelegationProto.content(request)),
            codes.hash(code).orElseThrow(),
            times);
    return delegations
        .offer(offer)
        .chain(kept -> shown(kept).map(shown -> DelegationProto.offer(shown, code, kept.times())));
  }

  @Override
  public Uni<io.liangjiang.identity.v1.Delegation> acceptDelegation(
      AcceptDelegationRequest request) {
    UUID caller = caller();
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireText(request.getInvitationCode(), 1, MAX_TEXT, "invitation_code")
        .throwIfAny();
    byte[] hash = codes.hash(request.getInvitationCode()).orElseThrow(Refusals::noInvitation);
    return delegations.accept(caller, hash).chain(this::shown);
  }

  @Override
  public Uni<io.liangjiang.identity.v1.Delegation> proveParenthood(ProveParenthoodRequest request) {
    UUID caller = caller();
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireText(request.getChildName(), MIN_NAME, MAX_TEXT, "child_name")
        .requireText(request.getChildIdNumber(), 1, MAX_TEXT, "child_id_number")
        .throwIfAny();
    var number = Parenthoods.number(request.getChildIdNumber(), clock.instant());
    return parental.prove(caller, request.getChildName(), number).chain(this::shown);
  }

  @Override
  public Uni<ListGivenDelegationsResponse> listGivenDelegations(
      ListGivenDelegationsRequest request) {
    var page = Page.of(request.getPageSize(), request.getPageToken());
    return delegations
        .given(caller(), page)
        .chain(
            cut ->
                shown(cut.items())
                    .map(
                        shown ->
                            ListGivenDelegationsResponse.newBuilder()
                                .addAllDelegations(shown)
                                .setNextPageToken(cut.nextPageToken())
                                .build()));
  }

  @Override
  public Uni<ListHeldDelegationsResponse> listHeldDelegations(ListHeldDelegationsRequest request) {
    var page = Page.of(request.getPageSize(), request.getPageToken());
    return delegations
        .held(caller(), page)
        .chain(
            cut ->
                shown(cut.items())
                    .map(
                        shown ->
                            ListHeldDelegationsResponse.newBuilder()
                                .addAllDelegations(shown)
                                .setNextPageToken(cut.nextPageToken())
                                .build()));
  }

  @Override
  public Uni<io.liangjiang.identity.v1.Delegation> consentToPowers(ConsentToPowersRequest request) {
    UUID caller = caller();
    var unused = Violations.requestId(request.getRequestId());
    UUID id = delegationId(request.getDelegationId());
    List<String> powers = request.getPowersList();
    new Violations()
        .require(powers.isEmpty() || Powers.areValid(powers), "powers", "must be different powers")
        .throwIfAny();
    return parental.consent(caller, id, powers).chain(this::shown);
  }

  @Override
  public Uni<io.liangjiang.identity.v1.Delegation> endDelegation(EndDelegationRequest request) {
    UUID caller = caller();
    var unused = Violations.requestId(request.getRequestId());
    return delegations.end(caller, delegationId(request.getDelegationId())).chain(this::shown);
  }

  @Override
  public Uni<ActingToken> issueActingToken(IssueActingTokenRequest request) {
    Caller caller = Caller.current();
    var unused = Violations.requestId(request.getRequestId());
    UUID id = delegationId(request.getDelegationId());
    List<String> powers = request.getPowersList();
    new Violations()
        .require(powers.isEmpty() || Powers.areValid(powers), "powers", "must be different powers")
        .throwIfAny();
    return tokens.issue(caller, id, powers).map(DelegationProto::token);
  }

  private Uni<io.liangjiang.identity.v1.Delegation> shown(Delegation delegation) {
    Instant now = clock.instant();
    return ages.standing(delegation, now)
        .map(standing -> DelegationProto.delegation(delegation, standing));
  }

  private Uni<List<io.liangjiang.identity.v1.Delegation>> shown(List<Delegation> delegations) {
    return Multi.createFrom()
        .iterable(delegations)
        .onItem()
        .transformToUniAndConcatenate(this::shown)
        .collect()
        .asList();
  }

  private static UUID caller() {
    return UUID.fromString(Caller.current().subject());
  }

  private static UUID delegationId(String text) {
    new Violations().requireUuid(text, "delegation_id").throwIfAny();
    return UUID.fromString(text);
  }
}
