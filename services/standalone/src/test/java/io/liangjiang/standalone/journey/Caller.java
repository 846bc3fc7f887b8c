package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;

import io.liangjiang.standalone.city.City;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.HttpURLConnection;
import java.util.UUID;

/** Somebody who calls the gateway, with or without a token. */
final class Caller {
  private final City city;
  private final String token;
  private final String gateway;

  private Caller(City city, String token, String gateway) {
    this.city = city;
    this.token = token;
    this.gateway = gateway;
  }

  static Caller anonymous(City city) {
    return withToken(city, "");
  }

  static Caller withToken(City city, String token) {
    return new Caller(city, token, city.gatewayUrl().toString());
  }

  /** The same one, who finds the gateway elsewhere. */
  Caller at(String other) {
    return new Caller(city, token, other);
  }

  /** A member of the development city's staff. */
  static Caller staff(City city, String username) {
    return withToken(city, Tokens.of(city, username));
  }

  City city() {
    return city;
  }

  /** Reads; while the city says UNAVAILABLE it asks again, as a phone does. */
  ValidatableResponse get(String path) {
    return Eventually.is(() -> request().get(path).then(), Caller::isFinal);
  }

  /** Sends a new intention. */
  ValidatableResponse post(String path, Object body) {
    return post(path, body, UUID.randomUUID());
  }

  /** Sends; while the city says UNAVAILABLE it sends the same again, as a phone does. */
  ValidatableResponse post(String path, Object body, UUID key) {
    return Eventually.is(() -> postOnce(path, body, key), Caller::isFinal);
  }

  /** Sends once, whatever comes. */
  ValidatableResponse postOnce(String path, Object body, UUID key) {
    return request()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", key)
        .body(body)
        .post(path)
        .then();
  }

  /** Reads once, whatever comes. */
  ValidatableResponse getOnce(String path) {
    return request().get(path).then();
  }

  private static boolean isFinal(ValidatableResponse answer) {
    return answer.extract().statusCode() != HttpURLConnection.HTTP_UNAVAILABLE;
  }

  /** A value of a GET's answer, by REST Assured's path. */
  <T> T ask(String path, String value) {
    return get(path).statusCode(200).extract().path(value);
  }

  private RequestSpecification request() {
    RequestSpecification request = given().baseUri(gateway).urlEncodingEnabled(false);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }
}
