package io.liangjiang.cityctl.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which certificates there must be: the part {@code certificates} of a plan.
 *
 * @param authority name of the Secret with the authority; empty when no certificate is wanted
 * @param labels of the Secrets when they are made
 * @param owners who is to have one
 */
record CertificatePlan(String authority, Map<String, String> labels, List<Owner> owners) {
  private static final int MAX_OWNERS = 100;
  private static final int MAX_NAMES = 20;

  /**
   * One process.
   *
   * @param secret with {@code tls.crt}, {@code tls.key} and {@code ca.crt}
   * @param names of its servers, the first of which is also its common name
   */
  record Owner(String secret, List<String> names) {}

  /** Reads the plan's JSON. Errors: BadPlan. */
  static CertificatePlan read(String json) {
    try {
      JsonNode part = new ObjectMapper().readTree(json).path("certificates");
      Map<String, String> labels = new LinkedHashMap<>();
      for (var label : part.path("labels").properties()) {
        labels.put(label.getKey(), label.getValue().asText());
      }
      List<Owner> owners = new ArrayList<>();
      part.path("owners").forEach(owner -> owners.add(owner(owner)));
      String authority = part.path("authority").asText();
      if (owners.size() > MAX_OWNERS || (authority.isEmpty() && !owners.isEmpty())) {
        throw new BadPlan("certificates have an authority and at most " + MAX_OWNERS + " owners");
      }
      return new CertificatePlan(authority, labels, owners);
    } catch (JsonProcessingException e) {
      throw new BadPlan("not JSON: " + e.getOriginalMessage());
    }
  }

  private static Owner owner(JsonNode owner) {
    List<String> names = new ArrayList<>();
    owner.path("names").forEach(name -> names.add(name.asText()));
    String secret = owner.path("secret").asText();
    if (secret.isEmpty() || names.isEmpty() || names.size() > MAX_NAMES) {
      throw new BadPlan("every owner has a secret and 1 to " + MAX_NAMES + " names");
    }
    return new Owner(secret, names);
  }
}
