package io.liangjiang.payments.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.payments.channel.BillFixture;
import io.liangjiang.payments.channel.BillSource.FundFlow;
import io.liangjiang.payments.channel.BillSource.Row;
import io.liangjiang.payments.channel.BillSource.UnreadableBill;
import io.liangjiang.payments.channel.TestMerchant;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BillFileTest {
  private static final LocalDate DAY = LocalDate.of(2027, 3, 1);

  @Test
  void readsPaymentsAndRefundsInFen() {
    String file =
        new BillFixture(DAY)
            .payment("T1", 12_345)
            .refund("T1", "R1", "PROCESSING", 345)
            .tradeFile();

    assertThat(rows(file))
        .containsExactly(
            new Row(
                false, "T1", "4200T1", "SUCCESS", 12_345, Instant.parse("2027-03-01T04:00:00Z")),
            new Row(
                true, "R1", "5030R1", "PROCESSING", 345, Instant.parse("2027-03-01T04:00:00Z")));
  }

  @Test
  void readsADayWithoutLines() {
    assertThat(rows(new BillFixture(DAY).tradeFile())).isEmpty();
  }

  @Test
  void refusesLinesThatDoNotAddUp() {
    String file = new BillFixture(DAY).payment("T1", 100).tradeFile();

    refuses(file.replaceFirst("`1.00,`0.00\\R?$", "`1.01,`0.00"), "add up");
    refuses(file.replace("\r\n`1,`", "\r\n`2,`"), "add up");
  }

  @Test
  void refusesWhatIsNotOurs() {
    String file = new BillFixture(DAY).payment("T1", 100).tradeFile();

    refuses(file.replace(TestMerchant.ID, "1900000999"), "another merchant");
    refuses(file.replace("`CNY", "`USD"), "currency");
    refuses(file.replace("2027-03-01", "2027-03-02"), "another day");
    refuses(file.replace("`SUCCESS", "`REVOKED"), "neither");
  }

  @Test
  void refusesWhatIsNoBill() {
    String file = new BillFixture(DAY).payment("T1", 100).tradeFile();

    refuses("", "no totals");
    refuses("{\"code\":\"SYSTEM_ERROR\"}", "no totals");
    refuses(file.substring(0, file.indexOf("总交易单数")), "no totals");
    refuses(file.replace("货币种类", "币种"), "no column");
    refuses(file.replace("`CNY,", ""), "values for");
    refuses(file.replace("`1.00", "`1.001"), "whole number of fen");
    refuses(file.replace("`1.00", "`one"), "no amount");
  }

  @Test
  void addsUpTheFundFlow() {
    String file =
        new BillFixture(DAY)
            .payment("T1", 10_000)
            .fee(60)
            .refund("T1", "R1", "SUCCESS", 5_000)
            .flow("扣除交易手续费", "收入", 30)
            .flow("提现", "支出", 4_000)
            .flowFile();

    assertThat(FundFlowBill.read(file)).isEqualTo(new FundFlow(10_000, 5_000, 30));
  }

  @Test
  void refusesMovementsThatDoNotAddUp() {
    String file = new BillFixture(DAY).payment("T1", 10_000).flowFile();

    assertThatThrownBy(
            () -> FundFlowBill.read(file.replace("`100.00,`0.00,`system", "`99.00,`0.00,`system")))
        .isInstanceOf(UnreadableBill.class)
        .hasMessageContaining("add up");
  }

  private static List<Row> rows(String file) {
    return TradeBill.read(file, TestMerchant.ID, DAY);
  }

  private static void refuses(String file, String why) {
    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(UnreadableBill.class)
        .hasMessageContaining(why);
  }
}
