package io.liangjiang.sandbox.sms;

import io.liangjiang.sandbox.SandboxException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.regex.Pattern;

/** What somebody wants sent. */
@RegisterForReflection
record SmsRequest(
    String messageId,
    String phoneNumber,
    String signature,
    String templateId,
    Map<String, String> templateParameters) {
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern PHONE = Pattern.compile("1[3-9][0-9]{9}");
  private static final Pattern SIGNATURE = Pattern.compile("\\S{1,20}");
  private static final Pattern CODE = Pattern.compile("[0-9]{4,6}");
  private static final Pattern MINUTES = Pattern.compile("[1-9]|[12][0-9]|30");
  private static final String TEMPLATE = "SIGN_IN_CODE";

  /** Errors: 400 for what is no message. */
  void requireValid() {
    require(UUID, messageId, "INVALID_MESSAGE_ID", "messageId must be a UUID");
    require(PHONE, phoneNumber, "INVALID_PHONE_NUMBER", "phoneNumber is no mobile number");
    require(SIGNATURE, signature, "INVALID_SIGNATURE", "signature must have 1 to 20 characters");
    if (!TEMPLATE.equals(templateId)) {
      throw new SandboxException(400, "UNKNOWN_TEMPLATE", "there is the template " + TEMPLATE);
    }
    if (templateParameters == null || templateParameters.size() != 2) {
      throw new SandboxException(400, "INVALID_PARAMETERS", "the template takes code and minutes");
    }
    require(CODE, parameter("code"), "INVALID_PARAMETERS", "code must be 4 to 6 digits");
    require(MINUTES, parameter("minutes"), "INVALID_PARAMETERS", "minutes must be 1 to 30");
  }

  String code() {
    return parameter("code");
  }

  /** What the phone shows. */
  String text() {
    return "【%s】验证码 %s，%s 分钟内有效。请勿告诉他人。".formatted(signature, code(), parameter("minutes"));
  }

  private String parameter(String name) {
    return templateParameters.get(name);
  }

  private static void require(Pattern pattern, String value, String code, String message) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw new SandboxException(400, code, message);
    }
  }
}
