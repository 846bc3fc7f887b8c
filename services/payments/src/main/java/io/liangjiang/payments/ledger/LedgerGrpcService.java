package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.LedgerAccount.Guard;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.BatchCreateTransfersRequest;
import io.liangjiang.payments.v1.BatchCreateTransfersResponse;
import io.liangjiang.payments.v1.BulkCreateTransfersRequest;
import io.liangjiang.payments.v1.BulkCreateTransfersResponse;
import io.liangjiang.payments.v1.CloseAccountRequest;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.GetAccountRequest;
import io.liangjiang.payments.v1.GetTransferRequest;
import io.liangjiang.payments.v1.GetTrialBalanceRequest;
import io.liangjiang.payments.v1.JournalVerification;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.PostPendingTransferRequest;
import io.liangjiang.payments.v1.RevertTransferRequest;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.payments.v1.TrialBalance;
import io.liangjiang.payments.v1.VerifyJournalRequest;
import io.liangjiang.payments.v1.VoidPendingTransferRequest;
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
  private final JournalAudit audit;

  LedgerGrpcService(
      Accounts accounts, Transfers transfers, TrialBalances trialBalances, JournalAudit audit) {
    this.accounts = accounts;
    this.transfers = transfers;
    this.trialBalances = trialBalances;
    this.audit = audit;
  }

  @Override
  public Uni<Account> createAccount(CreateAccountRequest request) {
    LedgerProto.check(request);
    return accounts
        .create(
            request.getCode(),
            request.getKind(),
            request.getCurrencyCode(),
            Guard.of(
                request.getDebitsMustNotExceedCredits(), request.getCreditsMustNotExceedDebits()))
        .map(LedgerProto::account);
  }

  @Override
  public Uni<Account> closeAccount(CloseAccountRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    long id = InstructionProto.accountId(request.getAccountId(), "account_id");
    return accounts.close(id).map(LedgerProto::account);
  }

  @Override
  public Uni<Account> getAccount(GetAccountRequest request) {
    long id = InstructionProto.accountId(request.getAccountId(), "account_id");
    return accounts.get(id).map(LedgerProto::account);
  }

  @Override
  public Uni<Transfer> createTransfer(CreateTransferRequest request) {
    return transfers.create(InstructionProto.transfer(request)).map(LedgerProto::transfer);
  }

  @Override
  public Uni<Transfer> postPendingTransfer(PostPendingTransferRequest request) {
    return transfers.create(InstructionProto.post(request)).map(LedgerProto::transfer);
  }

  @Override
  public Uni<Transfer> voidPendingTransfer(VoidPendingTransferRequest request) {
    return transfers
        .create(InstructionProto.answer(request.getRequestId(), request.getTransferId(), Kind.VOID))
        .map(LedgerProto::transfer);
  }

  @Override
  public Uni<Transfer> revertTransfer(RevertTransferRequest request) {
    return transfers
        .create(
            InstructionProto.answer(request.getRequestId(), request.getTransferId(), Kind.REVERT))
        .map(LedgerProto::transfer);
  }

  @Override
  public Uni<BulkCreateTransfersResponse> bulkCreateTransfers(BulkCreateTransfersRequest request) {
    requireCount(request.getRequestsCount());
    var bulk = new Bulk(request.getRequestsList());
    return transfers.createEach(bulk.wanted()).map(bulk::response);
  }

  @Override
  public Uni<BatchCreateTransfersResponse> batchCreateTransfers(
      BatchCreateTransfersRequest request) {
    requireCount(request.getRequestsCount());
    var wanted = request.getRequestsList().stream().map(InstructionProto::transfer).toList();
    return transfers
        .createAll(wanted)
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

  @Override
  public Uni<JournalVerification> verifyJournal(VerifyJournalRequest request) {
    return audit.walk(AuditProto.from(request.getPageToken())).map(AuditProto::verification);
  }

  private static void requireCount(int count) {
    new Violations()
        .require(count >= 1 && count <= MAX_BATCH, "requests", "must be 1 to " + MAX_BATCH)
        .throwIfAny();
  }
}
