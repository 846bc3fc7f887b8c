package io.liangjiang.sandbox.channel;

import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.service.payments.jsapi.JsapiService;
import com.wechat.pay.java.service.payments.jsapi.model.Amount;
import com.wechat.pay.java.service.payments.jsapi.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.jsapi.model.Payer;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest;
import com.wechat.pay.java.service.payments.jsapi.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import io.liangjiang.sandbox.keys.ChannelKeySet;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A merchant with the channel's official client, sent to the sandbox instead of the real host. */
final class Merchant {
  static final String APP_ID = "wx6c6a000000000001";

  private final String merchantId;
  private final String notifyUrl;
  private final RSAPublicKeyConfig config;
  private final HttpClient http;
  private final String payerOpenId;
  private final JsapiService orders;
  private final RefundService refunds;

  Merchant(String keys, int sandboxPort, String notifyUrl)
      throws IOException, GeneralSecurityException {
    Map<String, String> environment = ChannelKeySet.in(Path.of(keys)).paymentsEnvironment();
    String prefix = "LIANGJIANG_CHANNEL_SANDBOX_PAY_";
    this.merchantId = environment.get(prefix + "MERCHANT_ID");
    this.notifyUrl = notifyUrl;
    this.config =
        new RSAPublicKeyConfig.Builder()
            .merchantId(merchantId)
            .merchantSerialNumber(environment.get(prefix + "MERCHANT_SERIAL"))
            .privateKeyFromPath(environment.get(prefix + "MERCHANT_PRIVATE_KEY_FILE"))
            .publicKeyFromPath(environment.get(prefix + "PLATFORM_PUBLIC_KEY_FILE"))
            .publicKeyId(environment.get(prefix + "PLATFORM_PUBLIC_KEY_ID"))
            .apiV3Key(environment.get(prefix + "API_V3_KEY"))
            .build();
    this.http =
        new DefaultHttpClientBuilder().config(config).okHttpClient(redirected(sandboxPort)).build();
    this.payerOpenId = PhoneSignIn.openId(sandboxPort);
    this.orders = new JsapiService.Builder().httpClient(http).build();
    this.refunds = new RefundService.Builder().httpClient(http).build();
  }

  static String newNumber() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  PrepayRequest order(String outTradeNo, int fen) {
    Amount amount = new Amount();
    amount.setTotal(fen);
    amount.setCurrency("CNY");
    Payer payer = new Payer();
    payer.setOpenid(payerOpenId);
    PrepayRequest request = new PrepayRequest();
    request.setAppid(APP_ID);
    request.setMchid(merchantId);
    request.setDescription("天生三桥成人票");
    request.setOutTradeNo(outTradeNo);
    request.setNotifyUrl(notifyUrl);
    request.setAmount(amount);
    request.setPayer(payer);
    return request;
  }

  /** Who pays its orders: somebody whom the login server knows. */
  String payerOpenId() {
    return payerOpenId;
  }

  String prepay(PrepayRequest request) {
    return orders.prepay(request).getPrepayId();
  }

  String prepay(String outTradeNo, int fen) {
    return prepay(order(outTradeNo, fen));
  }

  Transaction query(String outTradeNo) {
    QueryOrderByOutTradeNoRequest request = new QueryOrderByOutTradeNoRequest();
    request.setMchid(merchantId);
    request.setOutTradeNo(outTradeNo);
    return orders.queryOrderByOutTradeNo(request);
  }

  void close(String outTradeNo) {
    CloseOrderRequest request = new CloseOrderRequest();
    request.setMchid(merchantId);
    request.setOutTradeNo(outTradeNo);
    orders.closeOrder(request);
  }

  Refund refund(String outTradeNo, String outRefundNo, long fen, long ofFen) {
    AmountReq amount = new AmountReq();
    amount.setRefund(fen);
    amount.setTotal(ofFen);
    amount.setCurrency("CNY");
    CreateRequest request = new CreateRequest();
    request.setOutTradeNo(outTradeNo);
    request.setOutRefundNo(outRefundNo);
    request.setNotifyUrl(notifyUrl);
    request.setAmount(amount);
    return refunds.create(request);
  }

  Refund queryRefund(String outRefundNo) {
    QueryByOutRefundNoRequest request = new QueryByOutRefundNoRequest();
    request.setOutRefundNo(outRefundNo);
    return refunds.queryByOutRefundNo(request);
  }

  HttpClient http() {
    return http;
  }

  RSAPublicKeyConfig config() {
    return config;
  }

  NotificationParser callbackParser() {
    return new NotificationParser(config);
  }

  static OkHttpClient redirected(int port) {
    return new OkHttpClient.Builder()
        .addInterceptor(
            chain -> {
              HttpUrl url =
                  chain
                      .request()
                      .url()
                      .newBuilder()
                      .scheme("http")
                      .host("localhost")
                      .port(port)
                      .build();
              return chain.proceed(chain.request().newBuilder().url(url).build());
            })
        .build();
  }
}
