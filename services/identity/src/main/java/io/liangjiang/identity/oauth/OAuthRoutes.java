package io.liangjiang.identity.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Serves endpoints as functions from the protocol library's request to its response. Only the
 * gateway reaches this port, so the address that it tells is the browser's.
 */
@ApplicationScoped
public class OAuthRoutes {
  private static final int MAX_BODY_BYTES = 65_536;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int MAX_ADDRESS = 45; // the longest text of an IPv6 address
  private static final List<String> HEADERS =
      List.of("authorization", "content-type", "accept", "cookie", "accept-language");

  private final Provider provider;

  OAuthRoutes(Provider provider) {
    this.provider = provider;
  }

  /** Serves a path; what the function throws or fails with is answered as the protocol's error. */
  public void add(
      Router router,
      HttpMethod method,
      String path,
      Function<HTTPRequest, Uni<HTTPResponse>> endpoint) {
    router.route(method, path).handler(http -> take(http, body -> serve(http, body, endpoint)));
  }

  /**
   * Reads the body as it is: the form decoder of the server takes no field of more than 2 KiB, and
   * tokens are longer.
   */
  private static void take(RoutingContext http, Consumer<Buffer> then) {
    HttpServerRequest request = http.request();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(gone -> http.fail(BAD_REQUEST));
    request.handler(
        part -> {
          if (body.length() + part.length() <= MAX_BODY_BYTES) {
            body.appendBuffer(part);
          } else if (!http.response().ended()) {
            var unused = http.response().setStatusCode(TOO_LARGE).end();
          }
        });
    request.endHandler(
        end -> {
          if (!http.response().ended()) {
            then.accept(body);
          }
        });
    request.resume();
  }

  private void serve(
      RoutingContext http, Buffer body, Function<HTTPRequest, Uni<HTTPResponse>> endpoint) {
    Uni.createFrom()
        .deferred(() -> endpoint.apply(request(http, body.toString())))
        .onFailure()
        .recoverWithItem(OAuthErrors::response)
        .subscribe()
        .with(response -> answer(http, response), http::fail);
  }

  private HTTPRequest request(RoutingContext http, String body) {
    HttpServerRequest given = http.request();
    var request =
        new HTTPRequest(HTTPRequest.Method.valueOf(given.method().name()), address(given));
    try {
      for (String name : HEADERS) {
        List<String> values = given.headers().getAll(name);
        if (values.size() > 1 && !name.equals("cookie")) {
          throw OAuthErrors.refuse(OAuthReason.INVALID_REQUEST, "two headers " + name);
        }
        if (name.equals("content-type") && !values.isEmpty()) {
          request.setContentType(values.getFirst());
        } else if (!values.isEmpty()) {
          request.setHeader(name, String.join("; ", values));
        }
      }
    } catch (ParseException e) {
      throw OAuthErrors.refuse(OAuthReason.INVALID_REQUEST, "the content type is malformed");
    }
    if (!body.isEmpty()) {
      request.setBody(body);
    }
    request.setClientIPAddress(clientAddress(given));
    return request;
  }

  private URI address(HttpServerRequest given) {
    String query = given.query();
    try {
      return URI.create(
          provider.issuer() + given.path() + (query == null || query.isEmpty() ? "" : "?" + query));
    } catch (IllegalArgumentException e) {
      throw OAuthErrors.refuse(OAuthReason.INVALID_REQUEST, "the query is not percent-encoded");
    }
  }

  private static String clientAddress(HttpServerRequest given) {
    String told = given.getHeader("x-client-address");
    if (told != null && !told.isEmpty()) {
      return told.length() <= MAX_ADDRESS ? told : told.substring(0, MAX_ADDRESS);
    }
    return given.remoteAddress() == null ? "unknown" : given.remoteAddress().hostAddress();
  }

  private static void answer(RoutingContext http, HTTPResponse response) {
    HttpServerResponse out = http.response().setStatusCode(response.getStatusCode());
    response.getHeaderMap().forEach((name, values) -> out.putHeader(name, values));
    if (response.getHeaderValue("Cache-Control") == null) {
      out.putHeader("Cache-Control", "no-store");
    }
    String body = response.getBody();
    var unused = body == null ? out.end() : out.end(body);
  }
}
