package io.liangjiang.identity;

import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.place.PlacesFile;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The settings of identity under test: two services, all staff. */
public final class IdentityTestSettings implements QuarkusTestResourceLifecycleManager {
  public static final String CLIENT_ID = "tourism";
  public static final String CLIENT_SECRET = "a-secret-of-many-random-characters";
  public static final String PAYMENTS_SECRET = "payments-has-another-of-its-own";
  public static final String PASSWORD = "correct horse battery staple";

  @Override
  public Map<String, String> start() {
    var settings = new HashMap<String, String>();
    settings.putAll(client(CLIENT_ID, CLIENT_SECRET));
    settings.putAll(client("payments", PAYMENTS_SECRET));
    for (var name :
        List.of(
            "gate",
            "auditor",
            "bus-operator",
            "merchant",
            "hospital-desk",
            "admin",
            "security-admin")) {
      settings.put("liangjiang.identity.staff-passwords." + name, PASSWORD);
    }
    settings.put("liangjiang.identity.places.file", PlacesFile.ofTheWorld().toString());
    settings.put("liangjiang.identity.sweep-interval", "off"); // tests take the turns themselves
    return settings;
  }

  private static Map<String, String> client(String id, String secret) {
    return Map.of(
        "liangjiang.identity.service-clients." + id + ".secret-sha256",
        HexFormat.of().formatHex(Digests.sha256(secret)));
  }

  @Override
  public void stop() {
    // nothing was started
  }
}
