package io.liangjiang.identity.organisation;

import io.liangjiang.identity.v1.CreateOrganisationRequest;
import io.liangjiang.identity.v1.ListOrganisationsRequest;
import io.liangjiang.identity.v1.ListOrganisationsResponse;
import io.liangjiang.identity.v1.Organisation;
import io.liangjiang.identity.v1.OrganisationService;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The contract of organisations. */
@GrpcService
public class OrganisationGrpcService implements OrganisationService {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int MAX_NAME = 100;
  private static final Set<Organisation.Kind> KINDS =
      EnumSet.complementOf(
          EnumSet.of(Organisation.Kind.KIND_UNSPECIFIED, Organisation.Kind.UNRECOGNIZED));

  private final Organisations organisations;

  OrganisationGrpcService(Organisations organisations) {
    this.organisations = organisations;
  }

  @Override
  public Uni<Organisation> createOrganisation(CreateOrganisationRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .require(
            ID.matcher(request.getOrganisationId()).matches(),
            "organisation_id",
            "must be 1 to 64 characters of a-z 0-9 -")
        .requireText(request.getDisplayName(), 1, MAX_NAME, "display_name")
        .require(KINDS.contains(request.getKind()), "kind", "must be one of " + KINDS)
        .throwIfAny();
    var wanted =
        Organisation.newBuilder()
            .setOrganisationId(request.getOrganisationId())
            .setDisplayName(request.getDisplayName())
            .setKind(request.getKind())
            .build();
    return organisations.create(wanted, Caller.current().subject());
  }

  @Override
  public Uni<ListOrganisationsResponse> listOrganisations(ListOrganisationsRequest request) {
    return organisations
        .list(Page.of(request.getPageSize(), request.getPageToken()))
        .map(
            cut ->
                ListOrganisationsResponse.newBuilder()
                    .addAllOrganisations(cut.items())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }
}
