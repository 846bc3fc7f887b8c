package io.liangjiang.payments.ledger;

import com.google.protobuf.util.Durations;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.PostPendingTransferRequest;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads and checks what the contract asks to book. */
final class InstructionProto {
  private static final Pattern ACCOUNT_ID = Pattern.compile("[1-9][0-9]{0,17}");
  private static final int MAX_REASON_CODE = 65_535;
  private static final Duration MIN_TTL = Duration.ofSeconds(1);
  private static final Duration MAX_TTL = Duration.ofDays(90);
  private static final int NANOS_A_MICRO = 1_000;

  private InstructionProto() {}

  static Instruction transfer(CreateTransferRequest request) {
    var id = Violations.requestId(request.getRequestId());
    long amountMinor = Amounts.positiveMinor(request.getAmount(), Amounts.MAX_MINOR);
    long debit = accountId(request.getDebitAccountId(), "debit_account_id");
    long credit = accountId(request.getCreditAccountId(), "credit_account_id");
    int reason = request.getReasonCode();
    if (reason < 0 || reason > MAX_REASON_CODE) {
      throw invalid("reason_code", "must be 0 to 65,535");
    }
    if (debit == credit) {
      throw new ServiceException(PaymentsReason.SAME_ACCOUNT, "a transfer needs two accounts")
          .violation("credit_account_id", "must be another account");
    }
    var currency = request.getAmount().getCurrencyCode();
    var posting = new Posting(id, debit, credit, amountMinor, currency, reason);
    return request.hasPendingTtl()
        ? new Reservation(posting, ttl(request.getPendingTtl()))
        : posting;
  }

  static Answer post(PostPendingTransferRequest request) {
    Answer inFull = answer(request.getRequestId(), request.getTransferId(), Kind.POST);
    if (!request.hasAmount()) {
      return inFull;
    }
    long amountMinor = Amounts.positiveMinor(request.getAmount(), Amounts.MAX_MINOR);
    return new Answer(inFull.transferId(), inFull.answeredId(), Kind.POST, amountMinor);
  }

  static Answer answer(String requestId, String transferId, Kind kind) {
    UUID id = Violations.requestId(requestId);
    if (!Violations.isUuid(transferId)) {
      throw invalid("transfer_id", "must be a UUID");
    }
    UUID answeredId = UUID.fromString(transferId);
    if (answeredId.equals(id)) {
      throw invalid("transfer_id", "must be another transfer");
    }
    return Answer.inFull(id, answeredId, kind);
  }

  static long accountId(String text, String field) {
    if (!ACCOUNT_ID.matcher(text).matches()) {
      throw invalid(field, "must be an account id");
    }
    return Long.parseLong(text);
  }

  private static Duration ttl(com.google.protobuf.Duration wanted) {
    Duration ttl =
        Durations.isValid(wanted)
            ? Duration.ofSeconds(wanted.getSeconds(), wanted.getNanos())
            : Duration.ZERO;
    boolean inRange = ttl.compareTo(MIN_TTL) >= 0 && ttl.compareTo(MAX_TTL) <= 0;
    if (!inRange || ttl.getNano() % NANOS_A_MICRO != 0) {
      throw invalid("pending_ttl", "must be 1 second to 90 days in whole microseconds");
    }
    return ttl;
  }

  private static ServiceException invalid(String field, String description) {
    return new ServiceException(PlatformReason.INVALID_ARGUMENT, field + " " + description)
        .violation(field, description);
  }
}
