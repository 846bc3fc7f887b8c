package io.liangjiang.sandbox.bank;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A payout as the bank has it. */
@RegisterForReflection
record BankPayout(
    String payoutNumber,
    String bankReference,
    String bankCode,
    String accountNumber,
    String accountName,
    long amountFen,
    State state,
    String refusal) {

  /** Where it stands. */
  enum State {
    /** The bank has not decided. */
    PROCESSING,
    /** The money is there. */
    PAID,
    /** It will never be paid. */
    REFUSED
  }

  static BankPayout of(ResultSet row) throws SQLException {
    return new BankPayout(
        row.getString("payout_number"),
        row.getString("bank_reference"),
        row.getString("bank_code"),
        row.getString("account_number"),
        row.getString("account_name"),
        row.getLong("amount_fen"),
        State.valueOf(row.getString("state")),
        row.getString("refusal"));
  }

  @JsonIgnore
  boolean isSameAs(PayoutRequest request) {
    return bankCode.equals(request.bankCode())
        && accountNumber.equals(request.accountNumber())
        && accountName.equals(request.accountName())
        && amountFen == request.amountFen();
  }
}
