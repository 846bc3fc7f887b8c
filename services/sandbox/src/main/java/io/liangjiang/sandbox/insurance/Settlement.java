package io.liangjiang.sandbox.insurance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A bill as the bureau has split it, amounts in fen.
 *
 * @param govFen what the fund pays
 * @param selfFen what the insured person's own account at the bureau pays
 * @param otherFen what other insurances pay
 * @param cashFen what is left to the insured person
 */
@RegisterForReflection
public record Settlement(
    String settlementNumber,
    String payOrderId,
    @JsonIgnore String payAuthNo,
    String institution,
    long totalFen,
    long govFen,
    long selfFen,
    long otherFen,
    long cashFen,
    State state,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) boolean asked) {

  /** Where it stands. */
  public enum State {
    /** Split; nobody has paid. */
    CREATED,
    /** The bureau owes its part. */
    SETTLED,
    /** The bureau pays nothing. */
    DECLINED,
    /** Settled, and taken back. */
    REVERSED,
    /** Taken back before it was settled; it never will be. */
    CANCELLED
  }

  static Settlement of(ResultSet row) throws SQLException {
    return new Settlement(
        row.getString("settlement_number"),
        row.getString("pay_order_id"),
        row.getString("pay_auth_no"),
        row.getString("institution"),
        row.getLong("total_fen"),
        row.getLong("gov_fen"),
        row.getLong("self_fen"),
        row.getLong("other_fen"),
        row.getLong("cash_fen"),
        State.valueOf(row.getString("state")),
        row.getBoolean("asked"));
  }

  /** Whether the insured person allowed it by this number. */
  public boolean isAllowedBy(String authorization) {
    return payAuthNo.equals(authorization);
  }

  boolean isSameAs(SettlementRequest request) {
    return payAuthNo.equals(request.payAuthNo())
        && institution.equals(request.institution())
        && totalFen == request.totalFen();
  }
}
