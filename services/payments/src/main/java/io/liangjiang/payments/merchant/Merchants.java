package io.liangjiang.payments.merchant;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds merchants' accounts. */
@ApplicationScoped
public class Merchants {
  private static final String ACCOUNT = "select account_id from merchant where merchant_id = $1";

  /** The account of a merchant. Errors: MERCHANT_NOT_FOUND. */
  public Uni<Long> accountOf(SqlClient tx, String merchantId) {
    return tx.preparedQuery(ACCOUNT)
        .execute(Tuple.of(merchantId))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new ServiceException(PaymentsReason.MERCHANT_NOT_FOUND, "no such merchant")
                    .with("merchantId", merchantId);
              }
              return rows.iterator().next().getLong(0);
            });
  }
}
