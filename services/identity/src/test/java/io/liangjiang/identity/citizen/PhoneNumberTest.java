package io.liangjiang.identity.citizen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneNumberTest {
  @Test
  void showsStartAndEnd() {
    assertThat(PhoneNumber.of("13800000001").masked()).isEqualTo("138****0001");
    assertThat(PhoneNumber.of("+852 6123 4567").masked()).isEqualTo("852****4567");
  }

  @Test
  void hidesAShortNumberWhole() {
    assertThat(PhoneNumber.of("1234567").masked()).isEqualTo("*******");
  }

  @Test
  void hidesItselfInTexts() {
    assertThat(PhoneNumber.of("13800000001")).hasToString("138****0001");
  }

  @Test
  void readsMobileNumbersAsPeopleTypeThem() {
    assertThat(PhoneNumber.mobile("13800000001")).contains(new PhoneNumber("13800000001"));
    assertThat(PhoneNumber.mobile("+8613800000001")).contains(new PhoneNumber("13800000001"));
    assertThat(PhoneNumber.mobile("12800000001")).isEmpty();
    assertThat(PhoneNumber.mobile("138 0000 0001")).isEmpty();
    assertThat(PhoneNumber.mobile("138000000010")).isEmpty();
  }
}
