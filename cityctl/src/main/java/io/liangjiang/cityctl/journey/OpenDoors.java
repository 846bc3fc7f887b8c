package io.liangjiang.cityctl.journey;

import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.Phone;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

/** What everybody may ask of a city, through the gateway into each service behind it. */
final class OpenDoors {
  private static final int OK = 200;
  private static final int UNAUTHENTICATED = 401;

  private final Phone phone;
  private final List<String> held = new ArrayList<>();

  OpenDoors(HttpClient http, URI gateway) {
    this.phone = Phone.anonymous(http, gateway).patient();
  }

  /** Asks, and says what held. Errors: Unfit at the first thing that did not. */
  List<String> check() {
    shows("/.well-known/openid-configuration", "/issuer", "identity says who issues tokens");
    shows("/.well-known/jwks.json", "/keys/0/kid", "identity publishes its keys");
    answers("/v1/dataPolicies", OK, "identity says what data are for");
    answers("/v1/lines", OK, "transit lists its lines");
    answers("/v1/cityCodes/keys", OK, "transit publishes its keys");
    answers("/v1/sites", OK, "tourism lists its sites");
    answers("/v1/hospitals", OK, "healthcare lists its hospitals");
    answers("/v1/wallets/me", UNAUTHENTICATED, "nobody sees a wallet without a token");
    return List.copyOf(held);
  }

  private void shows(String path, String pointer, String what) {
    Answer answer = phone.get(path);
    note(path, answer, answer.status() == OK && !answer.text(pointer).isEmpty(), what);
  }

  private void answers(String path, int status, String what) {
    Answer answer = phone.get(path);
    note(path, answer, answer.status() == status, what);
  }

  private void note(String path, Answer answer, boolean holds, String what) {
    if (!holds) {
      throw new Unfit(
          "%s answered %d %s, so this does not hold: %s"
              .formatted(path, answer.status(), answer.reason(), what));
    }
    held.add(what);
  }
}
