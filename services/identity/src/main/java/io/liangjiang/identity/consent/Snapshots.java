package io.liangjiang.identity.consent;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** The content of revisions as JSON. The order of the names is part of what was hashed. */
final class Snapshots {
  private Snapshots() {}

  static String of(Policy policy) {
    return new JsonObject()
        .put("title", policy.title())
        .put("textUrl", policy.textUrl())
        .put("jurisdictionCode", policy.jurisdictionCode())
        .put("retentionDays", policy.retentionDays())
        .encode();
  }

  static Policy policy(Revision revision) {
    var json = new JsonObject(revision.snapshot());
    return new Policy(
        json.getString("title"),
        json.getString("textUrl"),
        json.getString("jurisdictionCode"),
        json.getInteger("retentionDays"));
  }

  static String of(Agreement agreement) {
    return new JsonObject()
        .put("policyId", agreement.policyId())
        .put("policyRevision", agreement.policyRevision())
        .put("purpose", agreement.purpose())
        .put("dataKinds", new JsonArray(agreement.dataKinds()))
        .put("recipients", new JsonArray(agreement.recipients()))
        .put("validFromRevision", agreement.validFromRevision())
        .put("open", agreement.isOpen())
        .encode();
  }

  static Agreement agreement(Revision revision) {
    var json = new JsonObject(revision.snapshot());
    return new Agreement(
        json.getString("policyId"),
        json.getInteger("policyRevision"),
        json.getString("purpose"),
        texts(json.getJsonArray("dataKinds")),
        texts(json.getJsonArray("recipients")),
        json.getInteger("validFromRevision"),
        json.getBoolean("open"));
  }

  static String of(Answer answer) {
    return new JsonObject()
        .put("consentRecordId", answer.recordId().toString())
        .put("agreementRevision", answer.agreementRevision())
        .put("given", answer.isGiven())
        .encode();
  }

  static Answer answer(Revision revision) {
    var json = new JsonObject(revision.snapshot());
    return new Answer(
        UUID.fromString(json.getString("consentRecordId")),
        json.getInteger("agreementRevision"),
        json.getBoolean("given"));
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
