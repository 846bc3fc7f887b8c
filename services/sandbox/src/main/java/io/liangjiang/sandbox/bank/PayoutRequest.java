package io.liangjiang.sandbox.bank;

import io.liangjiang.sandbox.SandboxException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import java.util.regex.Pattern;

/** What the city asks the bank to pay. */
@RegisterForReflection
record PayoutRequest(
    String payoutNumber,
    String bankCode,
    String accountNumber,
    String accountName,
    Long amountFen) {
  private static final Set<String> BANKS = Set.of("ABC", "BOC", "CCB", "CMB", "ICBC", "PSBC");
  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{6,32}");
  private static final int MAX_NAME = 100;
  private static final long MAX_FEN = 100_000_000_000L;

  /** Errors: 400 with what is wrong. */
  void check() {
    require(payoutNumber != null && NUMBER.matcher(payoutNumber).matches(), "INVALID_NUMBER");
    require(bankCode != null && BANKS.contains(bankCode), "UNKNOWN_BANK");
    require(accountNumber != null && ACCOUNT.matcher(accountNumber).matches(), "INVALID_ACCOUNT");
    require(
        accountName != null && !accountName.isBlank() && accountName.length() <= MAX_NAME,
        "INVALID_NAME");
    require(amountFen != null && amountFen > 0 && amountFen <= MAX_FEN, "INVALID_AMOUNT");
  }

  private static void require(boolean ok, String code) {
    if (!ok) {
      throw new SandboxException(400, code, "the bank does not take such a payout");
    }
  }
}
