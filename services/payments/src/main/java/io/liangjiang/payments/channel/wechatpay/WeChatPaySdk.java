package io.liangjiang.payments.channel.wechatpay;

import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.service.billdownload.BillDownloadService;
import com.wechat.pay.java.service.payments.jsapi.JsapiServiceExtension;
import com.wechat.pay.java.service.refund.RefundService;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * The official SDK for one merchant account. The SDK knows the real host only; the requests are
 * sent to the account's own base address instead. What is signed has no host in it.
 */
final class WeChatPaySdk {
  private static final List<String> SIGNATURE_HEADERS =
      List.of(
          "Wechatpay-Serial",
          "Wechatpay-Signature",
          "Wechatpay-Timestamp",
          "Wechatpay-Nonce",
          "Request-ID");

  private final JsapiServiceExtension orders;
  private final RefundService refunds;
  private final NotificationParser notifications;
  private final BillDownloadService bills;
  private final OkHttpClient connections;
  private final HttpClient http;

  WeChatPaySdk(MerchantAccount account, Duration connectTimeout, Duration callTimeout) {
    RSAPublicKeyConfig config =
        new RSAPublicKeyConfig.Builder()
            .merchantId(account.merchantId())
            .merchantSerialNumber(account.merchantSerial())
            .privateKeyFromPath(account.merchantPrivateKeyFile())
            .publicKeyFromPath(account.platformPublicKeyFile())
            .publicKeyId(account.platformPublicKeyId())
            .apiV3Key(account.apiV3Key())
            .build();
    this.connections = okHttp(account, connectTimeout, callTimeout);
    this.http = new DefaultHttpClientBuilder().config(config).okHttpClient(connections).build();
    this.orders = new JsapiServiceExtension.Builder().config(config).httpClient(http).build();
    this.refunds = new RefundService.Builder().httpClient(http).build();
    this.notifications = new NotificationParser(config);
    this.bills = new BillDownloadService.Builder().config(config).httpClient(http).build();
  }

  JsapiServiceExtension orders() {
    return orders;
  }

  RefundService refunds() {
    return refunds;
  }

  NotificationParser notifications() {
    return notifications;
  }

  BillDownloadService bills() {
    return bills;
  }

  /** For files, which are fetched by address. */
  HttpClient http() {
    return http;
  }

  /**
   * Closes the connections that no call uses. Where the channel has closed one that was kept open
   * it has mostly closed them all, and the client sees it only when it has sent something.
   */
  void closeIdleConnections() {
    connections.connectionPool().evictAll();
  }

  /** No retries down here: the same signature sent twice is a replay. */
  private static OkHttpClient okHttp(
      MerchantAccount account, Duration connectTimeout, Duration callTimeout) {
    return new OkHttpClient.Builder()
        .connectTimeout(connectTimeout)
        .readTimeout(callTimeout)
        .callTimeout(callTimeout)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .addInterceptor(new Redirection(account.baseUrl()))
        .build();
  }

  /**
   * Sends requests to another host than the one they were made for. The answer's headers get the
   * spelling that the SDK looks for, however they came.
   */
  private record Redirection(URI base) implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
      HttpUrl.Builder url =
          chain.request().url().newBuilder().scheme(base.getScheme()).host(base.getHost());
      url.port(base.getPort() < 0 ? HttpUrl.defaultPort(base.getScheme()) : base.getPort());
      Response response = chain.proceed(chain.request().newBuilder().url(url.build()).build());
      Response.Builder spelled = response.newBuilder();
      for (String name : SIGNATURE_HEADERS) {
        String value = response.header(name);
        if (value != null) {
          spelled.removeHeader(name).addHeader(name, value);
        }
      }
      return spelled.build();
    }
  }
}
