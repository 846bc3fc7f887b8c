package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.fault.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a bill says instead of the truth. */
record BillFaults(FaultPlan.Bills fault) {
  private static final String STRANGER = "2099010100000000000000000000";

  static BillFaults of(FaultPlan.Bills fault) {
    return new BillFaults(fault);
  }

  /** The lines with the fault in them. Errors: NO_STATEMENT_EXIST when the bill is late. */
  List<BillLine> apply(List<BillLine> lines) {
    return switch (fault) {
      case NORMAL -> lines;
      case LATE -> throw ChannelErrors.noBill();
      case STRANGER -> withStranger(lines);
      case MISSING_PAYMENT -> without(lines, line -> !line.isRefund());
      case MISSING_REFUND -> without(lines, BillLine::isRefund);
      case OTHER_AMOUNT -> withOtherAmount(lines);
      case DUPLICATE -> withDuplicate(lines);
    };
  }

  private static List<BillLine> withStranger(List<BillLine> lines) {
    if (lines.isEmpty()) {
      return lines;
    }
    Payment of = lines.getFirst().payment();
    Payment stranger =
        new Payment(
            STRANGER,
            of.prepayId(),
            STRANGER,
            of.appId(),
            of.description(),
            of.attach(),
            of.openId(),
            1_00,
            0,
            of.notifyUrl(),
            of.state(),
            of.platformSerial(),
            of.createdAt(),
            of.expiresAt(),
            of.paidAt());
    List<BillLine> changed = new ArrayList<>(lines);
    changed.add(new BillLine(lines.getFirst().time(), stranger, 1_00, null, null, null, 0));
    return changed;
  }

  /** Leaves the last one out that is of the kind. */
  private static List<BillLine> without(List<BillLine> lines, Predicate<BillLine> kind) {
    List<BillLine> changed = new ArrayList<>(lines);
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (kind.test(lines.get(i))) {
        changed.remove(i);
        break;
      }
    }
    return changed;
  }

  private static List<BillLine> withOtherAmount(List<BillLine> lines) {
    List<BillLine> changed = new ArrayList<>(lines);
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (!lines.get(i).isRefund()) {
        changed.set(i, lines.get(i).paying(lines.get(i).paidFen() + 1));
        break;
      }
    }
    return changed;
  }

  private static List<BillLine> withDuplicate(List<BillLine> lines) {
    List<BillLine> changed = new ArrayList<>(lines);
    if (!lines.isEmpty()) {
      changed.add(lines.getLast());
    }
    return changed;
  }
}
