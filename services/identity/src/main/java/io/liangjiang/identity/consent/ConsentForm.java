package io.liangjiang.identity.consent;

import io.liangjiang.identity.v1.CheckConsentRequest;
import io.liangjiang.identity.v1.GiveConsentRequest;
import io.liangjiang.identity.v1.PublishConsentAgreementRequest;
import io.liangjiang.identity.v1.PublishDataPolicyRequest;
import io.liangjiang.identity.v1.WithdrawConsentRequest;
import io.liangjiang.platform.errors.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Whether requests about consent are well formed; each names every field that is wrong. */
final class ConsentForm {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern JURISDICTION = Pattern.compile("[A-Z]{2}");
  private static final Pattern TEXT_URL = Pattern.compile("https://[!-~]{1,492}");
  private static final String ID_FORM = "must be 1 to 64 characters of a-z 0-9 -";
  private static final int MAX_TITLE = 100;
  private static final int MAX_PURPOSE = 500;
  private static final int MAX_LIST = 20;
  private static final int MAX_RETENTION_DAYS = 36_500;

  private ConsentForm() {}

  static Policy policy(PublishDataPolicyRequest request) {
    int retention = request.getRetentionDays();
    id(new Violations(), request.getDataPolicyId(), "data_policy_id")
        .requireText(request.getTitle(), 1, MAX_TITLE, "title")
        .require(
            TEXT_URL.matcher(request.getTextUrl()).matches(),
            "text_url",
            "must be an address that begins with https://")
        .require(
            JURISDICTION.matcher(request.getJurisdictionCode()).matches(),
            "jurisdiction_code",
            "must be two capital letters")
        .require(
            retention >= 0 && retention <= MAX_RETENTION_DAYS,
            "retention_days",
            "must be 0 to " + MAX_RETENTION_DAYS)
        .throwIfAny();
    return new Policy(
        request.getTitle(), request.getTextUrl(), request.getJurisdictionCode(), retention);
  }

  static void check(PublishConsentAgreementRequest request) {
    var found = id(new Violations(), request.getConsentAgreementId(), "consent_agreement_id");
    id(found, request.getDataPolicyId(), "data_policy_id")
        .requireText(request.getPurpose(), 1, MAX_PURPOSE, "purpose");
    ids(found, request.getDataKindsList(), "data_kinds");
    ids(found, request.getRecipientsList(), "recipients");
    found.throwIfAny();
  }

  static void check(GiveConsentRequest request) {
    id(new Violations(), request.getConsentAgreementId(), "consent_agreement_id")
        .require(
            request.getConsentAgreementRevision() > 0,
            "consent_agreement_revision",
            "must be the revision that was shown")
        .throwIfAny();
  }

  static void check(WithdrawConsentRequest request) {
    id(new Violations(), request.getConsentAgreementId(), "consent_agreement_id").throwIfAny();
  }

  static void check(CheckConsentRequest request) {
    var found = new Violations().requireUuid(request.getCitizenId(), "citizen_id");
    if (request.getConsentAgreementId().isEmpty()) {
      id(found, request.getRecipient(), "recipient");
      id(found, request.getDataKind(), "data_kind");
    } else {
      id(found, request.getConsentAgreementId(), "consent_agreement_id")
          .require(
              request.getRecipient().isEmpty(), "recipient", "must be empty beside an agreement")
          .require(
              request.getDataKind().isEmpty(), "data_kind", "must be empty beside an agreement");
    }
    found.throwIfAny();
  }

  private static Violations id(Violations found, String value, String field) {
    return found.require(ID.matcher(value).matches(), field, ID_FORM);
  }

  private static void ids(Violations found, List<String> values, String field) {
    found.require(
        !values.isEmpty() && values.size() <= MAX_LIST,
        field,
        "must have 1 to " + MAX_LIST + " entries");
    found.require(
        new HashSet<>(values).size() == values.size()
            && values.stream().allMatch(each -> ID.matcher(each).matches()),
        field,
        "must be different entries of 1 to 64 characters of a-z 0-9 -");
  }
}
