package io.liangjiang.platform.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.liangjiang.payments.v1.BatchCreateTransfersResponse;
import io.liangjiang.payments.v1.TopUp;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.platform.v1.Money;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of answers is judged itself: each planted difference is found, and nothing else. */
class LikenessTest {
  private static final Transfer EXAMPLE =
      Transfer.newBuilder()
          .setTransferId("t-sample")
          .setDebitAccountId("1001")
          .setAmount(Money.newBuilder().setAmountMinor(500).setCurrencyCode("CNY"))
          .setCreateTime(Timestamp.newBuilder().setSeconds(1))
          .build();
  private static final Transfer ANSWER =
      EXAMPLE.toBuilder()
          .setTransferId("t-actual")
          .setDebitAccountId("7")
          .setCreateTime(Timestamp.newBuilder().setSeconds(99))
          .build();

  private final Samples samples = new Samples();

  private List<String> differences(Transfer answer, String... varies) {
    return new Likeness(samples, List.of(varies)).differences(EXAMPLE, answer);
  }

  @Test
  void idsAndTimesMayDiffer() {
    assertThat(differences(ANSWER)).isEmpty();
    assertThat(samples.actual("t-sample")).isEqualTo("t-actual");
  }

  @Test
  void anotherAmountIsFound() {
    var other = ANSWER.toBuilder();
    other.getAmountBuilder().setAmountMinor(501);

    assertThat(differences(other.build())).containsExactly("amount.amountMinor is 501, not 500");
    assertThat(differences(other.build(), "amountMinor")).isEmpty();
  }

  @Test
  void missingTimeIsFound() {
    assertThat(differences(ANSWER.toBuilder().clearCreateTime().build()))
        .containsExactly("createTime is missing");
  }

  @Test
  void emptyIdIsFound() {
    assertThat(differences(ANSWER.toBuilder().clearTransferId().build()))
        .containsExactly("transferId is '', not 't-sample'");
  }

  @Test
  void valueThatTheExampleDoesNotHaveIsFound() {
    assertThat(differences(ANSWER.toBuilder().setReasonCode(3).build()))
        .containsExactly("reasonCode is 3, not 0");
  }

  @Test
  void idThatChangesDuringAConversationIsFound() {
    assertThat(differences(ANSWER)).isEmpty();
    assertThat(differences(ANSWER.toBuilder().setTransferId("t-other").build()))
        .containsExactly("transferId is t-other, but t-sample was t-actual before");
  }

  @Test
  void oneValueForTwoSamplesIsFound() {
    assertThat(differences(ANSWER.toBuilder().setDebitAccountId("t-actual").build()))
        .containsExactly("debitAccountId is t-actual, which t-sample stood for before");
  }

  @Test
  void shorterListIsFound() {
    var example = BatchCreateTransfersResponse.newBuilder().addTransfers(EXAMPLE).build();
    var none = BatchCreateTransfersResponse.getDefaultInstance();

    assertThat(new Likeness(samples, List.of()).differences(example, none))
        .containsExactly("transfers has 0 elements, not 1");
  }

  @Test
  void mapThatVariesKeepsItsKeys() {
    var example = TopUp.newBuilder().putPayParameters("package", "prepay_id=1").build();
    var other = TopUp.newBuilder().putPayParameters("package", "prepay_id=2").build();
    var varying = new Likeness(samples, List.of("payParameters"));

    assertThat(varying.differences(example, other)).isEmpty();
    assertThat(varying.differences(example, TopUp.getDefaultInstance())).hasSize(1);
    assertThat(new Likeness(samples, List.of()).differences(example, other)).hasSize(1);
  }

  @Test
  void recordingKeepsTheExamplesValueOfWhatVaries() {
    var other = ANSWER.toBuilder();
    other.getAmountBuilder().setAmountMinor(501);
    var example = BatchCreateTransfersResponse.newBuilder().addTransfers(EXAMPLE).build();
    var answer = BatchCreateTransfersResponse.newBuilder().addTransfers(other).build();

    var kept = (BatchCreateTransfersResponse) Varying.kept(answer, example, List.of("amountMinor"));

    assertThat(kept.getTransfers(0).getAmount().getAmountMinor()).isEqualTo(500);
    assertThat(kept.getTransfers(0).getTransferId()).isEqualTo("t-actual");
  }
}
