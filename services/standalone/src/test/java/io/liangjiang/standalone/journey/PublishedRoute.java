package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.city.City;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A route as the OpenAPI document describes it.
 *
 * @param method GET or POST
 * @param template path with variables in braces
 * @param roles roles of which a caller needs one
 * @param parameters names of the parameters
 */
record PublishedRoute(String method, String template, List<String> roles, List<String> parameters) {
  private static final String NOBODYS_ID = "018f0000-0000-7000-8000-000000000000";

  @SuppressWarnings("unchecked")
  static PublishedRoute of(String method, String template, Map<String, Object> operation) {
    List<Map<String, Object>> parameters =
        (List<Map<String, Object>>) operation.getOrDefault("parameters", List.of());
    return new PublishedRoute(
        method.toUpperCase(Locale.ROOT),
        template,
        (List<String>) operation.getOrDefault("x-roles", List.of()),
        parameters.stream()
            .map(p -> p.get("name"))
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .toList());
  }

  /** True when nobody needs a token. */
  boolean isOpen() {
    return roles.isEmpty();
  }

  boolean isPost() {
    return method.equals("POST");
  }

  /** The path with an id that nothing has. */
  String path() {
    return template.replaceAll("\\{[A-Za-z]+}", NOBODYS_ID);
  }

  /** The path with an id that something has, where a public list tells one. */
  String realPath(City city) {
    Caller anyone = Caller.anonymous(city);
    String path =
        template
            .replace("{productId}", Park.PRODUCT)
            .replace("{hospitalId}", "chongqing-children-hospital")
            .replace("{merchantId}", "wulong-tourism")
            .replace("{service}", "tourism")
            .replace("{departmentId}", "cch-general-medicine");
    return path.contains("{siteId}")
        ? path.replace("{siteId}", anyone.<String>ask("/v1/sites", "sites[0].siteId"))
        : path;
  }

  Response call(RequestSpecification request) {
    return isPost() ? send(request, "{}") : request.get(path());
  }

  Response send(RequestSpecification request, String body) {
    return request.contentType(ContentType.JSON).body(body).post(path());
  }

  @Override
  public String toString() {
    return method + " " + template;
  }
}
