package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.BatchCreateTransfersRequest;
import io.liangjiang.payments.v1.BatchCreateTransfersResponse;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.GetAccountRequest;
import io.liangjiang.payments.v1.GetTransferRequest;
import io.liangjiang.payments.v1.GetTrialBalanceRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.payments.v1.TrialBalance;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The ledger at the wire. */
@GrpcService
class LedgerGrpcService implements LedgerService {
  private static final int MAX_BATCH = 1_000;

  private final Accounts accounts;
  private final Transfers transfers;
  private final TrialBalances trialBalances;

  LedgerGrpcService(Accounts accounts, Transfers transfers, TrialBalances trialBalances) {
    this.accounts = accounts;
    this.transfers = transfers;
    this.trialBalances = trialBalances;
  }

  @Override
  public Uni<Account> createAccount(CreateAccountRequest request) {
    LedgerProto.check(request);
    return accounts
        .create(
            request.getCode(),
            request.getKind(),
            request.getCurrencyCode(),
            request.getDebitsMustNotExceedCredits())
        .map(LedgerProto::account);
  }

  @Override
  public Uni<Account> getAccount(GetAccountRequest request) {
    long id = LedgerProto.accountId(request.getAccountId(), "account_id");
    return accounts.get(id).map(LedgerProto::account);
  }

  @Override
  public Uni<Transfer> createTransfer(CreateTransferRequest request) {
    return transfers.create(LedgerProto.posting(request)).map(LedgerProto::transfer);
  }

  @Override
  public Uni<BatchCreateTransfersResponse> batchCreateTransfers(
      BatchCreateTransfersRequest request) {
    int count = request.getRequestsCount();
    new Violations()
        .require(count >= 1 && count <= MAX_BATCH, "requests", "must be 1 to " + MAX_BATCH)
        .throwIfAny();
    var postings = request.getRequestsList().stream().map(LedgerProto::posting).toList();
    return transfers
        .createAll(postings)
        .map(
            booked ->
                BatchCreateTransfersResponse.newBuilder()
                    .addAllTransfers(booked.stream().map(LedgerProto::transfer).toList())
                    .build());
  }

  @Override
  public Uni<Transfer> getTransfer(GetTransferRequest request) {
    new Violations().requireUuid(request.getTransferId(), "transfer_id").throwIfAny();
    return transfers
        .get(java.util.UUID.fromString(request.getTransferId()))
        .map(LedgerProto::transfer);
  }

  @Override
  public Uni<TrialBalance> getTrialBalance(GetTrialBalanceRequest request) {
    return trialBalances.read();
  }
}
