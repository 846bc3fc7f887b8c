package io.liangjiang.payments.settlement;

import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.v1.Settlement;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Between settlements and their contract. */
final class SettlementProto {
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

  private SettlementProto() {}

  /** Reads a date; empty means today. Errors: INVALID_ARGUMENT. */
  static LocalDate date(String text, LocalDate today) {
    if (text.isEmpty()) {
      return today;
    }
    try {
      LocalDate date = LocalDate.parse(text);
      if (date.isAfter(today) || date.isBefore(FIRST)) {
        throw wrongDate();
      }
      return date;
    } catch (DateTimeParseException e) {
      throw wrongDate();
    }
  }

  private static ServiceException wrongDate() {
    return new ServiceException(PlatformReason.INVALID_ARGUMENT, "date is not one up to today")
        .violation("date", "must be yyyy-mm-dd and not after today");
  }

  static Settlement settlement(DaySettlement settlement) {
    Movement movement = settlement.movement();
    return Settlement.newBuilder()
        .setSettlementId(settlement.id().toString())
        .setMerchantId(settlement.merchantId())
        .setBusinessDate(settlement.businessDate().toString())
        .setPayments(Amounts.cny(movement.paymentsMinor()))
        .setRefunds(Amounts.cny(movement.refundsMinor()))
        .setFees(Amounts.cny(movement.feesMinor()))
        .setShares(Amounts.cny(movement.sharesMinor()))
        .setAdjustments(Amounts.cny(movement.adjustmentsMinor()))
        .setNet(Amounts.cny(movement.netMinor()))
        .setPaidOut(Amounts.cny(movement.paidOutMinor()))
        .setOpeningBalance(Amounts.cny(settlement.openingMinor()))
        .setClosingBalance(Amounts.cny(settlement.closingMinor()))
        .setCreateTime(ProtoTime.timestamp(settlement.createTime()))
        .build();
  }
}
