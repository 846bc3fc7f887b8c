package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.MerchantDesk.fee;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.payments.order.OrderModel.Kept;
import io.liangjiang.payments.order.OrderSteps.Step;
import io.liangjiang.payments.v1.CombinedOrderService;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sequences as {@link OrderModelTest} plays them, over gRPC against the database: create, combine,
 * pay from the wallet, close, expire, refund in parts, and again. Every answer, every order and
 * every balance is the model's.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class OrderModelWireTest {
  private static final long SEED_OF_THE_PLANTED_BUG = 34;

  @GrpcClient("self")
  CombinedOrderService combined;

  @Inject PaymentsCity city;
  @Inject MerchantDesk desk;
  @Inject OrderSweep sweep;
  @Inject Database database;

  private List<Merchant> merchants;
  private long feesBefore;

  @BeforeEach
  void open() {
    city.calm();
    Merchant first = desk.open(fee(OrderModel.FEE_BASIS_POINTS));
    Merchant second =
        desk.open(fee(0).addShares(MerchantDesk.share(first, OrderModel.SHARE_BASIS_POINTS)));
    merchants = List.of(first, second);
    feesBefore = desk.feeIncome();
  }

  @AfterEach
  void booksAreZero() {
    city.requireZeroBooks();
    assertThat(desk.balance("combined/clearing")).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void ordersAreAsTheModelHasThem(long seed) {
    var script = new OrderScript(city, combined, sweep, merchants);
    compare(play(seed, script), script);
  }

  @Test
  void findsAnOrderThatWasChanged() {
    var script = new OrderScript(city, combined, sweep, merchants);
    OrderModel model = play(SEED_OF_THE_PLANTED_BUG, script);
    compare(model, script);

    await(
        database
            .client()
            .preparedQuery(
                "update payment_order set refunded_minor = amount_minor - refunded_minor"
                    + " where payer_citizen_id = $1 and pay_time is not null"
                    + " and refunded_minor * 2 <> amount_minor")
            .execute(Tuple.of(city.citizenId)));

    assertThatThrownBy(() -> compare(model, script)).isInstanceOf(AssertionError.class);
  }

  private static OrderModel play(long seed, OrderScript script) {
    var model = new OrderModel();
    List<Step> steps = OrderSteps.drawn(seed);
    for (int i = 0; i < steps.size(); i++) {
      assertThat(script.apply(steps.get(i)))
          .as("step %d of seed %d: %s", i, seed, steps.get(i))
          .isEqualTo(model.apply(steps.get(i)));
    }
    model.expire(); // the service's own sweep may be before us
    script.expire();
    return model;
  }

  private void compare(OrderModel model, OrderScript script) {
    List<Kept> expected = model.orders();
    for (int i = 0; i < expected.size(); i++) {
      OrderScript.Seen seen = script.read(i);
      assertThat(seen.state()).as("order %d", i).isEqualTo(expected.get(i).state());
      assertThat(seen.refundedMinor()).as("order %d", i).isEqualTo(expected.get(i).refundedMinor());
    }
    assertThat(city.balance()).isEqualTo(model.walletMinor());
    assertThat(desk.balanceOf(merchants.get(0))).isEqualTo(model.merchantMinor(0));
    assertThat(desk.balanceOf(merchants.get(1))).isEqualTo(model.merchantMinor(1));
    assertThat(desk.feeIncome() - feesBefore).isEqualTo(model.feesMinor());
  }
}
