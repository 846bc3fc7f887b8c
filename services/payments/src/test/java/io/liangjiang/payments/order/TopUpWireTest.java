package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.amounts;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.page;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.topUp;
import static io.liangjiang.payments.order.PaymentRequests.topUpId;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Charge;
import io.liangjiang.payments.v1.TopUp;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Filling wallets, charging them and reading their statements, over gRPC on a real PostgreSQL;
 * every test leaves the books at zero.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class TopUpWireTest {
  @Inject PaymentsCity city;
  @Inject ChannelNews news;

  @BeforeEach
  void calm() {
    city.calm();
  }

  @AfterEach
  void booksAreZero() {
    city.requireZeroBooks();
  }

  @Test
  void topUpFillsTheWalletOnce() {
    var request = topUp(5_000);

    TopUp first = await(city.mine().createTopUp(request));
    TopUp again = await(city.mine().createTopUp(request));

    assertThat(first.getState()).isEqualTo(TopUp.State.SUCCEEDED);
    assertThat(again).isEqualTo(first);
    assertThat(city.balance()).isEqualTo(5_000);
  }

  @Test
  void topUpIsPendingUntilTheChannelSaysPaid() {
    city.channel.payAtOnce(false);
    TopUp pending = await(city.mine().createTopUp(topUp(700)));
    assertThat(pending.getState()).isEqualTo(TopUp.State.PENDING);
    assertThat(pending.getPayParametersMap()).containsKey("package");
    assertThat(city.balance()).isZero();

    var said = city.channel.pay(pending.getTopUpId().replace("-", ""));
    await(news.onTransaction(said));
    await(news.onTransaction(said));

    assertThat(city.balance()).isEqualTo(700);
    assertThat(await(city.mine().getTopUp(topUpId(pending))).getState())
        .isEqualTo(TopUp.State.SUCCEEDED);
  }

  @Test
  void topUpOfAnotherAmountThanAskedIsNotBooked() {
    city.channel.payAtOnce(false);
    TopUp pending = await(city.mine().createTopUp(topUp(700)));

    await(news.onTransaction(city.channel.payOtherAmount(pending.getTopUpId().replace("-", ""))));

    assertThat(city.balance()).isZero();
  }

  @Test
  void topUpSurvivesAChannelThatIsAway() {
    city.channel.beAway(true);
    var request = topUp(300);
    assertThat(reasonOf(city.mine().createTopUp(request))).isEqualTo("CHANNEL_UNAVAILABLE");

    city.channel.beAway(false);
    assertThat(await(city.mine().createTopUp(request)).getState()).isEqualTo(TopUp.State.SUCCEEDED);
    assertThat(city.balance()).isEqualTo(300);
  }

  @Test
  void chargeTakesMoneyOrSaysThatThereIsNone() {
    city.fill(300);
    var request = city.charge(200);

    Charge first = await(city.asTransit().createCharge(request));
    Charge again = await(city.asTransit().createCharge(request));
    Charge poor = await(city.asTransit().createCharge(city.charge(200)));

    assertThat(first.getState()).isEqualTo(Charge.State.SUCCESS);
    assertThat(again).isEqualTo(first);
    assertThat(poor.getState()).isEqualTo(Charge.State.PAY_FAIL);
    assertThat(city.balance()).isEqualTo(100);
  }

  @Test
  void statementComesInPages() {
    IntStream.rangeClosed(1, 5).forEach(i -> city.fill(i));

    var first = await(city.mine().listMyWalletEntries(page(2, "")));
    var second = await(city.mine().listMyWalletEntries(page(2, first.getNextPageToken())));
    var third = await(city.mine().listMyWalletEntries(page(2, second.getNextPageToken())));

    assertThat(amounts(first.getEntriesList())).containsExactly(5L, 4L);
    assertThat(amounts(second.getEntriesList())).containsExactly(3L, 2L);
    assertThat(amounts(third.getEntriesList())).containsExactly(1L);
    assertThat(third.getNextPageToken()).isEmpty();
    assertThat(reasonOf(city.mine().listMyWalletEntries(page(2, "?"))))
        .isEqualTo("INVALID_PAGE_TOKEN");
  }
}
