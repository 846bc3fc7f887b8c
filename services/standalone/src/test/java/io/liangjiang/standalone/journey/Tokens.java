package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.city.City;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One token a role, fetched once: signing in is slow on purpose. */
final class Tokens {
  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

  private Tokens() {}

  /** Of a citizen whom the register knows, or of the member of staff. */
  static String of(City city, String role) {
    String known = KNOWN.get(role);
    if (known != null) {
      return known;
    }
    String token =
        role.equals("citizen")
            ? Citizen.verified(city).accessToken()
            : Caller.anonymous(city)
                .post(
                    "/v1/sessions:signInStaff",
                    Map.of("username", role, "password", city.staffPassword(role)))
                .statusCode(200)
                .extract()
                .path("accessToken");
    KNOWN.put(role, token);
    return token;
  }
}
