package io.liangjiang.payments.statement;

import io.liangjiang.payments.v1.GetMerchantStatementRequest;
import io.liangjiang.payments.v1.GetMyWalletStatementRequest;
import io.liangjiang.payments.v1.StatementFormat;
import io.liangjiang.payments.v1.StatementService;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.v1.File;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Statements at the wire. */
@GrpcService
class StatementGrpcService implements StatementService {
  private final Statements statements;

  StatementGrpcService(Statements statements) {
    this.statements = statements;
  }

  @Override
  public Uni<File> getMyWalletStatement(GetMyWalletStatementRequest request) {
    requireKnown(request.getFormat());
    return statements.ofWallet(
        UUID.fromString(Caller.current().subject()),
        Period.of(request.getStartDate(), request.getEndDate()),
        request.getFormat());
  }

  @Override
  public Uni<File> getMerchantStatement(GetMerchantStatementRequest request) {
    requireKnown(request.getFormat());
    return statements.ofMerchant(
        Caller.current().requireOrganisationId(),
        Period.of(request.getStartDate(), request.getEndDate()),
        request.getFormat());
  }

  private static void requireKnown(StatementFormat format) {
    new Violations()
        .require(format != StatementFormat.UNRECOGNIZED, "format", "must be CSV or PDF")
        .throwIfAny();
  }
}
