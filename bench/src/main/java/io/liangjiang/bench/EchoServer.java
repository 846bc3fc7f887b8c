package io.liangjiang.bench;

import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc.PaymentOrderServiceImplBase;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.tourism.v1.GetSiteRequest;
import io.liangjiang.tourism.v1.Site;
import io.liangjiang.tourism.v1.SiteServiceGrpc.SiteServiceImplBase;
import java.io.IOException;

/** A service that does nothing but answer: what is measured with it is the way to it. */
final class EchoServer {
  private static final Money AMOUNT =
      Money.newBuilder().setAmountMinor(12_500).setCurrencyCode("CNY").build();

  private EchoServer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    NettyServerBuilder.forPort(Integer.parseInt(arguments[0]))
        .addService(new Echo())
        .addService(new Sites())
        .build()
        .start()
        .awaitTermination();
  }

  private static final class Echo extends PaymentOrderServiceImplBase {
    @Override
    public void getPaymentOrder(
        GetPaymentOrderRequest request, StreamObserver<PaymentOrder> answer) {
      answer.onNext(
          PaymentOrder.newBuilder()
              .setPaymentOrderId(request.getPaymentOrderId())
              .setMerchantId("wulong-tourism")
              .setState(PaymentOrder.State.CREATED)
              .setAmount(AMOUNT)
              .addLines(
                  PaymentOrder.Line.newBuilder()
                      .setDescription("天生三桥 门票")
                      .setQuantity(1)
                      .setAmount(AMOUNT))
              .build());
      answer.onCompleted();
    }
  }

  private static final class Sites extends SiteServiceImplBase {
    @Override
    public void getSite(GetSiteRequest request, StreamObserver<Site> answer) {
      answer.onNext(Site.newBuilder().setSiteId(request.getSiteId()).setDisplayName("武隆").build());
      answer.onCompleted();
    }
  }
}
