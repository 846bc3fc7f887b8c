package io.liangjiang.payments.personal;

import io.liangjiang.platform.personal.PersonalDataBlocker;
import io.liangjiang.platform.personal.PersonalDataCatalogue;
import io.liangjiang.platform.personal.PersonalDataKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The books keep their amounts and the citizen's id, which is in account codes that the journal
 * rests on; what a channel told of the person goes.
 */
@ApplicationScoped
public class PaymentsPersonalData implements PersonalDataCatalogue {
  private static final int ACCOUNTING_DAYS = 10_958;
  private static final String ACCOUNTING =
      "Measures for Accounting Archives (2015) art. 14: vouchers and ledgers, 30 years; amounts"
          + " and ids only";

  @Override
  public List<PersonalDataKind> kinds() {
    return List.of(
        held("wallet", "wallet", "wallet_id::text", "citizen_id").alsoIn("account"),
        held("wallet-entry", "wallet_entry", "create_time || '/' || transfer_id", "citizen_id"),
        held("payment-order", "payment_order", "payment_order_id::text", "payer_citizen_id"),
        paidForAnother(),
        held("combined-order", "combined_order", "combined_order_id::text", "payer_citizen_id"),
        held("mixed-payment", "mixed_payment", "mixed_payment_id::text", "payer_citizen_id"),
        held("charge", "charge", "charge_id::text", "payer_citizen_id"),
        refunds(),
        notifications(),
        held("channel-payment", "channel_payment", "channel_payment_id::text", "payer_citizen_id")
            .erasedBy(
                """
                update channel_payment set pay_parameters = '{}'
                where payer_citizen_id = $1::uuid and pay_parameters <> '{}'
                """));
  }

  @Override
  public List<PersonalDataBlocker> blockers() {
    return List.of(
        new PersonalDataBlocker(
            "WALLET_BALANCE",
            """
            select count(*) from wallet w join account a on a.account_id = w.account_id
            where w.citizen_id = $1::uuid and $2::timestamptz is not null
              and (a.credits_minor <> a.debits_minor or a.debits_pending_minor <> 0)
            """),
        open("PAYMENT_ORDER_OPEN", "payment_order", "state in (1, 2)"),
        open("PAYMENT_PENDING", "channel_payment", "state = 1"),
        open("INSURED_PAYMENT_PENDING", "mixed_payment", "state = 1"),
        new PersonalDataBlocker(
            "REFUND_PENDING",
            """
            select count(*) from refund r
            join payment_order o on o.payment_order_id = r.payment_order_id
            where o.payer_citizen_id = $1::uuid and r.state = 1 and $2::timestamptz is not null
            """));
  }

  private static PersonalDataBlocker open(String reason, String table, String condition) {
    return new PersonalDataBlocker(
        reason,
        "select count(*) from "
            + table
            + " where payer_citizen_id = $1::uuid and $2::timestamptz is not null and "
            + condition);
  }

  private static PersonalDataKind held(String name, String table, String key, String owner) {
    String query =
        "select %s as item_key, to_jsonb(t) as item from %s t where %s = $1::uuid"
            .formatted(key, table, owner);
    return PersonalDataKind.of(name, table, query).heldFor(ACCOUNTING_DAYS, ACCOUNTING);
  }

  /** What a delegate did in another's name: that they paid, and not what for or for whom. */
  private static PersonalDataKind paidForAnother() {
    return PersonalDataKind.of(
            "payment-for-another",
            "payment_order",
            """
            select payment_order_id::text as item_key,
              jsonb_build_object('paymentOrderId', payment_order_id, 'merchantId', merchant_id,
                'amountMinor', amount_minor, 'channel', channel, 'payTime', pay_time) as item
            from payment_order
            where delegate_citizen_id = $1::uuid and pay_time is not null
            """)
        .heldFor(ACCOUNTING_DAYS, ACCOUNTING);
  }

  private static PersonalDataKind refunds() {
    return PersonalDataKind.of(
            "refund",
            "refund",
            """
            select r.refund_id::text as item_key, to_jsonb(r) as item
            from refund r join payment_order o on o.payment_order_id = r.payment_order_id
            where o.payer_citizen_id = $1::uuid
            """)
        .heldFor(ACCOUNTING_DAYS, ACCOUNTING);
  }

  /** A notification names its payment by the hexadecimal digits of our id. */
  private static PersonalDataKind notifications() {
    String mine =
        """
        n.subject in (
          select replace(channel_payment_id::text, '-', '') from channel_payment
          where payer_citizen_id = $1::uuid
          union all
          select replace(r.refund_id::text, '-', '') from refund r
          join payment_order o on o.payment_order_id = r.payment_order_id
          where o.payer_citizen_id = $1::uuid)
        """;
    return PersonalDataKind.of(
            "channel-notification",
            "channel_notification",
            "select n.channel || '/' || n.notification_id as item_key,"
                + " jsonb_build_object('content', n.content, 'receiveTime', n.receive_time) as item"
                + " from channel_notification n where n.content <> '' and "
                + mine)
        .erasedBy("update channel_notification n set content = '' where " + mine);
  }
}
