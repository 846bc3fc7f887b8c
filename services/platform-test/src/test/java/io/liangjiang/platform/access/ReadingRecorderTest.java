package io.liangjiang.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.v1.Reading;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom an answer is about, as the contract's reading says. */
class ReadingRecorderTest {
  private static final Reading BY_PAYER =
      Reading.newBuilder().setCitizenIdField("payer_citizen_id").build();
  private static final Reading BY_CODE = Reading.newBuilder().setCitizenIdField("code").build();

  private final String citizenId = UUID.randomUUID().toString();

  @Test
  void isTheFieldItself() {
    var order = PaymentOrder.newBuilder().setPayerCitizenId(citizenId).build();
    assertThat(ReadingRecorder.citizenId(BY_PAYER, order)).isEqualTo(citizenId);
  }

  @Test
  void isTheEndOfALongerName() {
    var wallet = Account.newBuilder().setCode("wallet/" + citizenId).build();
    assertThat(ReadingRecorder.citizenId(BY_CODE, wallet)).isEqualTo(citizenId);
  }

  @Test
  void isNobodyWhereTheAnswerNamesNone() {
    var merchant = Account.newBuilder().setCode("merchant/wulong-tourism").build();
    assertThat(ReadingRecorder.citizenId(BY_CODE, merchant)).isEmpty();
    assertThat(ReadingRecorder.citizenId(BY_PAYER, merchant)).isEmpty();
    assertThat(ReadingRecorder.citizenId(BY_CODE, Account.getDefaultInstance())).isEmpty();
  }
}
