package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.channel.Callbacks.Shown;
import io.liangjiang.sandbox.store.Store;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/** The channel as a tester sees it: the phone's pay button and a look into the books. */
@Path("/")
@RunOnVirtualThread
public final class BooksResource {
  private final Store store;
  private final ChannelKeys keys;
  private final Orders orders;
  private final Callbacks callbacks;
  private final MixedOrders mixedOrders;

  BooksResource(
      Store store, ChannelKeys keys, Orders orders, Callbacks callbacks, MixedOrders mixedOrders) {
    this.store = store;
    this.keys = keys;
    this.orders = orders;
    this.callbacks = callbacks;
    this.mixedOrders = mixedOrders;
  }

  /** Totals of the books, fen. Refunds that the bank did not take are not counted. */
  record Books(long payments, long paidFen, long refunds, long refundedFen, long heldFen) {}

  /** Orders, newest first. */
  record PaymentList(List<Map<String, Object>> payments) {}

  /** Call-backs, newest first. */
  record CallbackList(List<Shown> callbacks) {}

  @GET
  @Path("payments")
  public PaymentList payments() {
    return new PaymentList(
        orders.latest().stream().map(payment -> payment.toJson(keys.merchantId())).toList());
  }

  @GET
  @Path("payments/{outTradeNo:[^/:]+}")
  public Map<String, Object> payment(@RestPath String outTradeNo) {
    return orders.get(outTradeNo).toJson(keys.merchantId());
  }

  @POST
  @Path("payments/{outTradeNo:[^/:]+}:pay")
  public Map<String, Object> pay(@RestPath String outTradeNo) {
    return orders.pay(outTradeNo).toJson(keys.merchantId());
  }

  @POST
  @Path("mixedOrders/{outTradeNo:[^/:]+}:pay")
  public Map<String, Object> payMixed(@RestPath String outTradeNo) {
    return mixedOrders.pay(outTradeNo);
  }

  @GET
  @Path("callbacks")
  public CallbackList callbacks() {
    return new CallbackList(callbacks.latest());
  }

  @GET
  @Path("books")
  public Books books() {
    return store.inTransaction(
        tx ->
            tx.first(
                    "select p.n, p.fen, r.n, r.fen, p.fen - r.fen from"
                        + " (select count(*) n, coalesce(sum(amount_fen), 0) fen from payment"
                        + " where state = 'SUCCESS') p,"
                        + " (select count(*) n, coalesce(sum(amount_fen), 0) fen from refund"
                        + " where state <> 'ABNORMAL') r",
                    row ->
                        new Books(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5)))
                .orElseThrow());
  }
}
