package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.mixed.MixedPayment;
import io.liangjiang.payments.mixed.MixedPayments;
import io.liangjiang.payments.wallet.Wallets;
import io.liangjiang.payments.wallet.Wallets.Movement;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The ways back: to the wallet at once; through the channel, and to the bureau, set aside first.
 */
@ApplicationScoped
class RefundWays {
  private final RefundRepository repository;
  private final Merchants merchants;
  private final Deductions deductions;
  private final Wallets wallets;
  private final MixedPayments mixedPayments;
  private final RefundBooks books;
  private final OrderNews news;

  RefundWays(
      RefundRepository repository,
      Merchants merchants,
      Deductions deductions,
      Wallets wallets,
      MixedPayments mixedPayments,
      RefundBooks books,
      OrderNews news) {
    this.repository = repository;
    this.merchants = merchants;
    this.deductions = deductions;
    this.wallets = wallets;
    this.mixedPayments = mixedPayments;
    this.books = books;
    this.news = news;
  }

  Uni<OrderRefund> toWallet(SqlConnection tx, Order order, long amountMinor, String reason) {
    var refund = OrderRefund.asked(order, null, amountMinor, 0, reason, news);
    var movement = new Movement(refund.id(), order.id(), amountMinor);
    return merchants
        .accountOf(tx, order.merchantId())
        .chain(
            account ->
                books
                    .deductionsBack(tx, order, refund, account)
                    .call(
                        change ->
                            wallets.give(
                                tx,
                                order.payerId(),
                                account,
                                TransferReason.REFUND,
                                movement,
                                change.postings())))
        .chain(change -> deductions.write(tx, change))
        .chain(() -> books.note(tx, order, refund))
        .chain(() -> books.succeed(tx, order, refund))
        .chain(() -> repository.find(tx, refund.id()))
        .map(List::getFirst);
  }

  Uni<OrderRefund> throughChannel(SqlConnection tx, Order order, long amountMinor, String reason) {
    return repository
        .paidAttempt(tx, order.id())
        .map(attempt -> OrderRefund.asked(order, attempt, amountMinor, 0, reason, news))
        .call(refund -> books.setAside(tx, order, refund, order.channel()));
  }

  /** Errors: REFUND_NOT_DIVISIBLE. */
  Uni<OrderRefund> toInsuranceAndCash(
      SqlConnection tx, Order order, long amountMinor, String reason) {
    return Uni.combine()
        .all()
        .unis(
            mixedPayments.latestOf(tx, order.id()).map(List::getFirst),
            repository.isGivenToInsurance(tx, order.id()))
        .asTuple()
        .chain(
            found -> {
              MixedPayment mixed = found.getItem1();
              long heldMinor = found.getItem2() ? 0 : mixed.fees().insuredMinor();
              long insuranceMinor = insuranceMinor(order, heldMinor, amountMinor);
              boolean cash = amountMinor > insuranceMinor;
              var refund =
                  OrderRefund.asked(
                      order,
                      cash ? mixed.cashPaymentId() : null,
                      amountMinor,
                      insuranceMinor,
                      reason,
                      news);
              return books.setAside(tx, order, refund, mixed.cashChannel()).replaceWith(refund);
            });
  }

  /**
   * How much of a refund is the bureau's: all that it holds when all goes back, else nothing.
   *
   * @param heldMinor what the bureau has paid and not taken back
   */
  static long insuranceMinor(Order order, long heldMinor, long amountMinor) {
    if (amountMinor == order.leftMinor()) {
      return heldMinor;
    }
    long cashLeftMinor = order.leftMinor() - heldMinor;
    if (amountMinor > cashLeftMinor) {
      throw new ServiceException(
              PaymentsReason.REFUND_NOT_DIVISIBLE,
              "the bureau takes its part back as a whole: refund all that is left, or cash")
          .with("leftMinor", order.leftMinor())
          .with("cashLeftMinor", cashLeftMinor);
    }
    return 0;
  }
}
