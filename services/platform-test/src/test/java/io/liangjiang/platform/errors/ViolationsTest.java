package io.liangjiang.platform.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViolationsTest {
  @Test
  void namesEveryWrongField() {
    var refusal =
        catchThrowableOfType(
            ServiceException.class,
            () ->
                new Violations()
                    .requireUuid("x", "trip_id")
                    .requireText("", 1, 5, "name")
                    .require(true, "fine", "never said")
                    .throwIfAny());

    assertThat(refusal.reason()).isEqualTo(PlatformReason.INVALID_ARGUMENT);
    assertThat(refusal.violations())
        .extracting(ServiceException.Violation::field)
        .containsExactly("trip_id", "name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "123",
        "0190d7a2-0000-7000-8000-00000000000",
        "0190d7a2-0000-7000-8000-00000000000g",
        "0190d7a2x0000-7000-8000-000000000000",
        "{190d7a2-0000-7000-8000-00000000000}",
        "０190d7a2-0000-7000-8000-000000000000"
      })
  void refusesWhatIsNoUuid(String text) {
    assertThat(Violations.isUuid(text)).isFalse();
  }

  @Test
  void acceptsUuidsInEitherCase() {
    assertThat(Violations.isUuid("0190d7a2-0000-7000-8000-0000000000af")).isTrue();
    assertThat(Violations.isUuid("0190D7A2-0000-7000-8000-0000000000AF")).isTrue();
  }

  @Test
  void textWithControlCharactersIsRefused() {
    var violations = new Violations().requireText("a\nb", 1, 9, "name");

    assertThat(catchThrowableOfType(ServiceException.class, violations::throwIfAny)).isNotNull();
  }

  @Test
  void statusCarriesReasonFieldsAndRetryHint() throws Exception {
    var refusal =
        new ServiceException(PlatformReason.OVERLOADED, "come again")
            .with("queue", 7)
            .violation("amount", "must be positive")
            .retryAfter(Duration.ofMillis(1_500));

    StatusRuntimeException translated = StatusTranslator.translate(refusal);

    var status = StatusProto.fromThrowable(translated);
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED.value());
    var info = status.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("OVERLOADED");
    assertThat(info.getMetadataMap()).containsEntry("queue", "7");
    assertThat(status.getDetails(1).unpack(BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("amount");
    var delay = status.getDetails(2).unpack(RetryInfo.class).getRetryDelay();
    assertThat(delay.getSeconds()).isEqualTo(1);
    assertThat(delay.getNanos()).isEqualTo(500_000_000);
  }

  @Test
  void faultShowsNothingOfItsCause() {
    var translated =
        StatusTranslator.translate(new IllegalStateException("relation \"account\" is missing"));

    assertThat(translated.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(translated.getStatus().getDescription()).isEqualTo("internal error");
    assertThat(translated.getCause()).isNull();
  }

  @Test
  void refusalOfAPeerIsPassedOnAndItsFaultIsNot() {
    var refused = Status.NOT_FOUND.withDescription("no such order").asRuntimeException();
    var broken = Status.INTERNAL.withDescription("secret").asRuntimeException();

    assertThat(StatusTranslator.translate(refused)).isSameAs(refused);
    assertThat(StatusTranslator.translate(broken).getStatus().getDescription())
        .isEqualTo("internal error");
  }
}
