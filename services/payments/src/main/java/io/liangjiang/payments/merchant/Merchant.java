package io.liangjiang.payments.merchant;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Merchant.State;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is paid.
 *
 * @param accountId the merchant's account in the ledger
 * @param bankAccount where it is paid out to, if that is known
 */
public record Merchant(
    String id,
    String displayName,
    State state,
    Terms terms,
    @Nullable BankAccount bankAccount,
    long accountId,
    Instant createTime) {

  /**
   * On what terms.
   *
   * @param feeBasisPoints the city's fee of each payment
   * @param shareLimitBasisPoints the most that the shares of an order may take of it
   * @param shares who has a share of orders that name no receivers
   */
  public record Terms(
      int feeBasisPoints, int settlementDelayDays, int shareLimitBasisPoints, List<Share> shares) {}

  /** A share of every order. */
  public record Share(String receiverId, int basisPoints) {}

  /** A bank account with its whole number; only the bank is told. */
  public record BankAccount(String bankCode, String number, String name) {
    private static final int SHOWN = 4;

    /** The number as people may see it: the last four digits. */
    public String maskedNumber() {
      int hidden = number.length() - SHOWN;
      return "*".repeat(hidden) + number.substring(hidden);
    }

    @Override
    public String toString() {
      return bankCode + " " + maskedNumber();
    }
  }

  public boolean isActive() {
    return state == State.ACTIVE;
  }

  /** Refuses new orders of a suspended merchant. Errors: MERCHANT_SUSPENDED. */
  public void requireActive() {
    if (state == State.SUSPENDED) {
      throw new ServiceException(
              PaymentsReason.MERCHANT_SUSPENDED, "the merchant gets no new orders")
          .with("merchantId", id);
    }
  }

  Merchant withTerms(String newName, Terms newTerms) {
    String name = newName.isEmpty() ? displayName : newName;
    return new Merchant(id, name, state, newTerms, bankAccount, accountId, createTime);
  }

  Merchant withBankAccount(BankAccount account) {
    return new Merchant(id, displayName, state, terms, account, accountId, createTime);
  }

  Merchant withState(State newState) {
    return new Merchant(id, displayName, newState, terms, bankAccount, accountId, createTime);
  }
}
