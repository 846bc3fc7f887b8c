package io.liangjiang.sandbox.channel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The channel as the merchant sees it. The gate checks each request and signs each answer. */
@Path("/v3")
@RunOnVirtualThread
public final class ChannelResource {
  private final ChannelGate gate;
  private final ChannelKeys keys;
  private final Orders orders;
  private final Refunds refunds;
  private final BillFiles bills;
  private final MixedOrders mixedOrders;

  ChannelResource(
      ChannelGate gate,
      ChannelKeys keys,
      Orders orders,
      Refunds refunds,
      BillFiles bills,
      MixedOrders mixedOrders) {
    this.gate = gate;
    this.keys = keys;
    this.orders = orders;
    this.refunds = refunds;
    this.bills = bills;
    this.mixedOrders = mixedOrders;
  }

  /** Says whose order is to be closed. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @RegisterForReflection
  record CloseRequest(String mchid) {}

  @POST
  @Path("pay/transactions/jsapi")
  public Response prepay(@Context HttpServerRequest request, String body) {
    return gate.serve(
        request,
        body,
        verified -> {
          PrepayRequest prepay = gate.read(verified, PrepayRequest.class);
          Payment payment = orders.prepay(prepay, verified.platformSerial());
          return Map.of("prepay_id", payment.prepayId());
        });
  }

  @GET
  @Path("pay/transactions/out-trade-no/{outTradeNo}")
  public Response query(
      @Context HttpServerRequest request, @RestPath String outTradeNo, @RestQuery String mchid) {
    return gate.serve(
        request,
        "",
        verified -> {
          Fields.same(keys.merchantId(), mchid, "mchid");
          return orders.get(outTradeNo).toJson(keys.merchantId());
        });
  }

  @POST
  @Path("pay/transactions/out-trade-no/{outTradeNo}/close")
  public Response close(
      @Context HttpServerRequest request, @RestPath String outTradeNo, String body) {
    return gate.serve(
        request,
        body,
        verified -> {
          CloseRequest close = gate.read(verified, CloseRequest.class);
          Fields.same(keys.merchantId(), close.mchid(), "mchid");
          orders.close(outTradeNo);
          return null;
        });
  }

  @POST
  @Path("med-ins/orders")
  public Response placeMixed(@Context HttpServerRequest request, String body) {
    return gate.serve(
        request, body, verified -> mixedOrders.place(gate.read(verified, MixedOrderRequest.class)));
  }

  @GET
  @Path("med-ins/orders/out-trade-no/{outTradeNo}")
  public Response queryMixed(@Context HttpServerRequest request, @RestPath String outTradeNo) {
    return gate.serve(request, "", verified -> mixedOrders.query(outTradeNo));
  }

  @POST
  @Path("refund/domestic/refunds")
  public Response refund(@Context HttpServerRequest request, String body) {
    return gate.serve(
        request,
        body,
        verified -> {
          RefundRequest refund = gate.read(verified, RefundRequest.class);
          return refunds.create(refund, verified.platformSerial());
        });
  }

  @GET
  @Path("refund/domestic/refunds/{outRefundNo}")
  public Response queryRefund(@Context HttpServerRequest request, @RestPath String outRefundNo) {
    return gate.serve(request, "", verified -> refunds.get(outRefundNo));
  }

  @GET
  @Path("certificates")
  public Response certificates(@Context HttpServerRequest request) {
    return gate.serve(request, "", verified -> certificates());
  }

  @GET
  @Path("bill/tradebill")
  public Response bill(
      @Context HttpServerRequest request,
      @Context UriInfo uri,
      @RestQuery("bill_date") String day,
      @RestQuery("bill_type") String type,
      @RestQuery("tar_type") String packing) {
    String base = uri.getBaseUri().toString().replaceAll("/$", "");
    return gate.serve(request, "", verified -> bills.apply(base, day, type, packing));
  }

  @GET
  @Path("bill/fundflowbill")
  public Response fundFlowBill(
      @Context HttpServerRequest request,
      @Context UriInfo uri,
      @RestQuery("bill_date") String day,
      @RestQuery("account_type") String account,
      @RestQuery("tar_type") String packing) {
    String base = uri.getBaseUri().toString().replaceAll("/$", "");
    return gate.serve(request, "", verified -> bills.applyFundFlow(base, day, account, packing));
  }

  @GET
  @Path("billdownload/file")
  public Response download(@Context HttpServerRequest request, @RestQuery String token) {
    return gate.download(
        request,
        verified ->
            Response.ok(bills.download(token)).type(MediaType.APPLICATION_OCTET_STREAM).build());
  }

  private Map<String, Object> certificates() {
    String nonce = keys.nonce(12);
    Map<String, Object> sealed = new LinkedHashMap<>();
    sealed.put("algorithm", "AEAD_AES_256_GCM");
    sealed.put("nonce", nonce);
    sealed.put("associated_data", "certificate");
    sealed.put("ciphertext", keys.encrypt(keys.certificatePem(), nonce, "certificate"));
    Map<String, Object> certificate = new LinkedHashMap<>();
    certificate.put("serial_no", keys.certificateSerial());
    certificate.put(
        "effective_time", ChannelTime.format(keys.certificate().getNotBefore().toInstant()));
    certificate.put(
        "expire_time", ChannelTime.format(keys.certificate().getNotAfter().toInstant()));
    certificate.put("encrypt_certificate", sealed);
    return Map.of("data", List.of(certificate));
  }
}
