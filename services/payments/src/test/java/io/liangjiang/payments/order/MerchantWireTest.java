package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.MerchantDesk.fee;
import static io.liangjiang.payments.order.MerchantDesk.share;
import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.GetMerchantRequest;
import io.liangjiang.payments.v1.ListMerchantChangesRequest;
import io.liangjiang.payments.v1.ListMerchantsRequest;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.MerchantChange;
import io.liangjiang.payments.v1.MerchantTerms;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PayoutDestination;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.ResumeMerchantRequest;
import io.liangjiang.payments.v1.SetMerchantTermsRequest;
import io.liangjiang.payments.v1.SetPayoutDestinationRequest;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Merchants and who may do what with them, over gRPC on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class MerchantWireTest {
  @Inject PaymentsCity city;
  @Inject MerchantDesk desk;

  @BeforeEach
  void calm() {
    city.calm();
  }

  @AfterEach
  void booksAreZero() {
    city.requireZeroBooks();
  }

  @Test
  void addsAMerchantWithDefaultsAndMasksItsAccount() {
    Merchant merchant = desk.open(fee(60));

    assertThat(merchant.getState()).isEqualTo(Merchant.State.ACTIVE);
    assertThat(merchant.getTerms())
        .isEqualTo(
            MerchantTerms.newBuilder()
                .setFeeBasisPoints(60)
                .setSettlementDelayDays(1)
                .setShareLimitBasisPoints(3_000)
                .build());
    assertThat(merchant.getPayoutDestination().getAccountNumber()).isEqualTo("***************3445");
    assertThat(await(desk.asStaffOf(merchant.getMerchantId()).getMerchant(get(merchant))))
        .isEqualTo(merchant);
  }

  @Test
  void idIsGivenOnceAndARepeatedRequestAnswersAsBefore() {
    var request = desk.request(fee(0));
    Merchant merchant = await(desk.asAdmin().createMerchant(request));

    assertThat(await(desk.asAdmin().createMerchant(request))).isEqualTo(merchant);
    var another = request.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    assertThat(reasonOf(desk.asAdmin().createMerchant(another))).isEqualTo("MERCHANT_EXISTS");
    var other = request.toBuilder().setDisplayName("another").build();
    assertThat(reasonOf(desk.asAdmin().createMerchant(other))).isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void staffSeeTheirOwnMerchantAndNoOther() {
    Merchant merchant = desk.open(fee(0));

    assertThat(reasonOf(desk.asStaffOf(PaymentsCity.MERCHANT).getMerchant(get(merchant))))
        .isEqualTo("MERCHANT_NOT_FOUND");
    assertThat(
            reasonOf(
                desk.asStaffOf(merchant.getMerchantId()).setMerchantTerms(terms(merchant, fee(0)))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(
            reasonOf(
                desk.asStaffOf(merchant.getMerchantId())
                    .listMerchants(ListMerchantsRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void eachChangeIsWrittenDownWithWhatWasBefore() {
    Merchant merchant = desk.open(fee(60));
    Merchant dearer = await(desk.asAdmin().setMerchantTerms(terms(merchant, fee(80))));
    Merchant moved = await(desk.asAdmin().setPayoutDestination(destination(merchant)));
    desk.suspend(merchant);
    desk.suspend(merchant);

    List<MerchantChange> changes =
        await(
                desk.asAdmin()
                    .listMerchantChanges(
                        ListMerchantChangesRequest.newBuilder()
                            .setMerchantId(merchant.getMerchantId())
                            .build()))
            .getChangesList();

    assertThat(changes)
        .extracting(MerchantChange::getAction)
        .containsExactly(
            "SuspendMerchant", "SetPayoutDestination", "SetMerchantTerms", "CreateMerchant");
    assertThat(changes).extracting(MerchantChange::getChangedBy).containsOnly("staff-admin");
    assertThat(changes.getFirst().getReason()).isEqualTo("licence ran out");
    assertThat(changes.get(1).getBefore()).isEqualTo(dearer);
    assertThat(changes.get(1).getAfter()).isEqualTo(moved);
    assertThat(changes.get(2).getBefore()).isEqualTo(merchant);
    assertThat(changes.getLast().hasBefore()).isFalse();
    assertThat(changes.toString()).doesNotContain(MerchantDesk.BANK_ACCOUNT);
  }

  @Test
  void suspendedMerchantGetsNoNewOrdersAndItsRefundsWork() {
    Merchant merchant = desk.open(fee(60));
    city.fill(2_000);
    PaymentOrder order = create(merchant);
    PaymentOrder open = create(merchant);
    await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));
    desk.suspend(merchant);

    var wanted = city.request(1_000).toBuilder().setMerchantId(merchant.getMerchantId()).build();
    assertThat(reasonOf(city.asTourism().createPaymentOrder(wanted)))
        .isEqualTo("MERCHANT_SUSPENDED");
    var charge = city.charge(100).toBuilder().setMerchantId(merchant.getMerchantId()).build();
    assertThat(reasonOf(city.asTransit().createCharge(charge))).isEqualTo("MERCHANT_SUSPENDED");
    assertThat(await(city.asPayer().payPaymentOrder(pay(open, Channel.WALLET))).getState())
        .isEqualTo(PaymentOrder.State.SUCCEEDED);
    assertThat(await(city.asTourism().refundPaymentOrder(refund(order, 0))).getState())
        .isEqualTo(Refund.State.SUCCEEDED);

    await(
        desk.asAdmin()
            .resumeMerchant(
                ResumeMerchantRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setMerchantId(merchant.getMerchantId())
                    .setReason("licence renewed")
                    .build()));
    assertThat(create(merchant).getState()).isEqualTo(PaymentOrder.State.CREATED);
  }

  @Test
  void wrongTermsAreNamed() {
    Merchant merchant = desk.open(fee(0));

    assertThat(reasonOfTerms(merchant, fee(3_001))).isEqualTo("INVALID_ARGUMENT");
    assertThat(reasonOfTerms(merchant, fee(-1))).isEqualTo("INVALID_ARGUMENT");
    assertThat(reasonOfTerms(merchant, fee(0).setSettlementDelayDays(31)))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reasonOfTerms(merchant, fee(0).setShareLimitBasisPoints(7_001)))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(reasonOfTerms(merchant, fee(0).addShares(share(merchant, 100))))
        .isEqualTo("INVALID_ARGUMENT");
    Merchant other = desk.open(fee(0));
    assertThat(reasonOfTerms(merchant, fee(0).addShares(share(other, 3_001))))
        .isEqualTo("SHARES_EXCEED_LIMIT");
    var nobody = share(other, 1).toBuilder().setReceiverMerchantId("nobody");
    assertThat(reasonOfTerms(merchant, fee(0).addShares(nobody))).isEqualTo("MERCHANT_NOT_FOUND");
    var bad = desk.request(fee(0)).toBuilder().setMerchantId("Großes Haus").build();
    assertThat(reasonOf(desk.asAdmin().createMerchant(bad))).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void listHasEachMerchantOnce() {
    Merchant merchant = desk.open(fee(0));
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      var page =
          await(
              desk.asAdmin()
                  .listMerchants(
                      ListMerchantsRequest.newBuilder()
                          .setPageSize(3)
                          .setPageToken(token)
                          .build()));
      page.getMerchantsList().forEach(m -> ids.add(m.getMerchantId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(ids).contains("liangjiang-bus", merchant.getMerchantId()).doesNotHaveDuplicates();
  }

  private String reasonOfTerms(Merchant merchant, MerchantTerms.Builder terms) {
    return reasonOf(desk.asAdmin().setMerchantTerms(terms(merchant, terms)));
  }

  private PaymentOrder create(Merchant merchant) {
    var wanted = city.request(1_000).toBuilder().setMerchantId(merchant.getMerchantId()).build();
    return await(city.asTourism().createPaymentOrder(wanted));
  }

  private static GetMerchantRequest get(Merchant merchant) {
    return GetMerchantRequest.newBuilder().setMerchantId(merchant.getMerchantId()).build();
  }

  private static SetMerchantTermsRequest terms(Merchant merchant, MerchantTerms.Builder terms) {
    return SetMerchantTermsRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setMerchantId(merchant.getMerchantId())
        .setTerms(terms)
        .build();
  }

  private static SetPayoutDestinationRequest destination(Merchant merchant) {
    return SetPayoutDestinationRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setMerchantId(merchant.getMerchantId())
        .setPayoutDestination(
            PayoutDestination.newBuilder()
                .setBankCode("CCB")
                .setAccountNumber("62170000")
                .setAccountName("仙女山"))
        .build();
  }
}
