package io.liangjiang.payments.match;

import io.liangjiang.payments.bill.BusinessDate;
import io.liangjiang.payments.match.Difference.Kind;
import io.liangjiang.payments.match.Sides.State;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the three sides side by side. The database leaves out what agrees, so that a day of a
 * million payments and one difference comes here as one row.
 */
@ApplicationScoped
class MatchRepository {
  /** The most rows of one sort that a match takes. */
  static final int LIMIT = 10_000;

  private static final String STATED =
      """
      with stated as (
        select number, subject_id, state, sum(amount_minor) over same as amount_minor,
          count(*) over same > 1 or exists (
            select from bill_row earlier where earlier.number = today.number
              and earlier.kind = today.kind and earlier.channel = today.channel
              and earlier.business_date < today.business_date) as doubled,
          row_number() over (partition by number order by line) as copy
        from bill_row today where channel = $1 and business_date = $2 and kind = $3
        window same as (partition by number)
      )
      """;

  /** A payment of several orders is known to be paid when each of them is, and has its money. */
  private static final String PAYMENTS_OF_BILL =
      """
      , sides as (
        select number, stated.amount_minor::bigint as bill_minor, stated.state as bill_state,
          doubled, p.state as own_state, p.amount_minor as order_minor,
          t.amount_minor as ledger_minor,
          coalesce(t.reason_code = 2 and o.pay_time is null, false)
            or coalesce(whole.is_open, false) as order_open
        from stated
          left join channel_payment p on p.channel_payment_id = subject_id and p.channel = $1
          left join transfer t on t.transfer_id = p.channel_payment_id
          left join payment_order o on o.payment_order_id = p.payment_order_id
          left join lateral (
            select c.pay_time is null or exists (
              select from payment_order part
                left join transfer paid on paid.transfer_id = part.payment_order_id
              where part.combined_order_id = c.combined_order_id
                and (part.pay_time is null
                  or paid.amount_minor is distinct from part.amount_minor)) as is_open
            from combined_order c
            where c.combined_order_id = p.combined_order_id and t.reason_code = 27) whole on true
        where copy = 1
      )
      select * from sides
      where not coalesce(own_state = 2 and not doubled and order_minor = bill_minor
        and ledger_minor = bill_minor and not order_open, false)
      order by number limit $4
      """;

  private static final String REFUNDS_OF_BILL =
      """
      select number, stated.amount_minor::bigint as bill_minor, stated.state as bill_state, doubled,
        f.state as own_state, f.amount_minor - f.insurance_minor as order_minor,
        case when f.state = 2 then t.amount_minor end as ledger_minor, false as order_open
      from stated
        left join (refund f join channel_payment p
            on p.channel_payment_id = f.channel_payment_id and p.channel = $1)
          on f.refund_id = subject_id
        left join transfer t on t.transfer_id = refund_end_transfer_id(f.refund_id)
      where copy = 1 and not coalesce(f.state = 2 and not doubled
        and stated.state in ('SUCCESS', 'PROCESSING')
        and f.amount_minor - f.insurance_minor = stated.amount_minor and t.amount_minor = stated.amount_minor, false)
      order by number limit $4
      """;

  /** A payment is booked when the channel is heard of, which may be days after it was begun. */
  private static final String PAYMENTS_OF_BOOKS =
      """
      select replace(p.channel_payment_id::text, '-', '') as number, p.state as own_state,
        p.amount_minor as order_minor, t.amount_minor as ledger_minor
      from channel_payment p join transfer t on t.transfer_id = p.channel_payment_id
      where p.channel = $1 and p.state = 2
        and p.create_time >= $2::timestamptz - interval '7 days' and p.create_time < $3
        and t.create_time >= $2 and t.create_time < $3
        and not exists (select from bill_row
          where number = replace(p.channel_payment_id::text, '-', '') and kind = 1 and channel = $1)
      order by number limit $4
      """;

  private static final String REFUNDS_OF_BOOKS =
      """
      select replace(f.refund_id::text, '-', '') as number, f.state as own_state,
        f.amount_minor - f.insurance_minor as order_minor, t.amount_minor as ledger_minor
      from refund f
        join channel_payment p on p.channel_payment_id = f.channel_payment_id
        join transfer t on t.transfer_id = refund_end_transfer_id(f.refund_id)
      where p.channel = $1 and f.state = 2
        and f.create_time >= $2::timestamptz - interval '31 days' and f.create_time < $3
        and t.create_time >= $2 and t.create_time < $3
        and not exists (select from bill_row
          where number = replace(f.refund_id::text, '-', '') and kind = 2 and channel = $1)
      order by number limit $4
      """;

  /** Rows of the bill that are payments and do not agree. */
  Uni<List<Sides>> paymentsOfBill(SqlClient tx, Channel channel, LocalDate day) {
    return ofBill(
        tx,
        isInsurance(channel)
            ? STATED + InsuredMatches.SETTLEMENTS_OF_STATEMENT
            : STATED + PAYMENTS_OF_BILL,
        channel,
        day,
        Kind.PAYMENT);
  }

  /** Rows of the bill that are refunds and do not agree. */
  Uni<List<Sides>> refundsOfBill(SqlClient tx, Channel channel, LocalDate day) {
    return ofBill(
        tx,
        isInsurance(channel)
            ? STATED + InsuredMatches.REVERSALS_OF_STATEMENT
            : STATED + REFUNDS_OF_BILL,
        channel,
        day,
        Kind.REFUND);
  }

  /** Payments booked on the day that no bill has. */
  Uni<List<Sides>> paymentsOfBooks(SqlClient tx, Channel channel, LocalDate day) {
    return ofBooks(
        tx,
        isInsurance(channel) ? InsuredMatches.SETTLEMENTS_OF_BOOKS : PAYMENTS_OF_BOOKS,
        channel,
        day,
        Kind.PAYMENT);
  }

  /** Refunds booked as done on the day that no bill has. */
  Uni<List<Sides>> refundsOfBooks(SqlClient tx, Channel channel, LocalDate day) {
    return ofBooks(
        tx,
        isInsurance(channel) ? InsuredMatches.REVERSALS_OF_BOOKS : REFUNDS_OF_BOOKS,
        channel,
        day,
        Kind.REFUND);
  }

  private static boolean isInsurance(Channel channel) {
    return channel == Channel.MEDICAL_INSURANCE;
  }

  private static Uni<List<Sides>> ofBill(
      SqlClient tx, String sql, Channel channel, LocalDate day, Kind kind) {
    return tx.preparedQuery(sql)
        .execute(Tuple.of(channel.getNumber(), day, kind.number(), LIMIT))
        .map(rows -> sides(rows, row -> ofBill(row, kind)));
  }

  private static Uni<List<Sides>> ofBooks(
      SqlClient tx, String sql, Channel channel, LocalDate day, Kind kind) {
    return tx.preparedQuery(sql)
        .execute(
            Tuple.of(
                channel.getNumber(),
                ProtoTime.database(BusinessDate.startOf(day)),
                ProtoTime.database(BusinessDate.endOf(day)),
                LIMIT))
        .map(rows -> sides(rows, row -> ofBooks(row, kind)));
  }

  private static List<Sides> sides(
      RowSet<Row> rows, java.util.function.Function<Row, Sides> reader) {
    return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
  }

  private static Sides ofBill(Row row, Kind kind) {
    return new Sides(
        kind,
        row.getString("number"),
        row.getLong("bill_minor"),
        row.getString("bill_state"),
        row.getBoolean("doubled"),
        state(row.getInteger("own_state")),
        row.getLong("order_minor"),
        row.getLong("ledger_minor"),
        row.getBoolean("order_open"));
  }

  private static Sides ofBooks(Row row, Kind kind) {
    return new Sides(
        kind,
        row.getString("number"),
        null,
        "",
        false,
        state(row.getInteger("own_state")),
        row.getLong("order_minor"),
        row.getLong("ledger_minor"),
        false);
  }

  /** The numbers of channel_payment.state and refund.state mean the same here. */
  private static @Nullable State state(@Nullable Integer number) {
    if (number == null) {
      return null;
    }
    return switch (number) {
      case 1 -> State.PENDING;
      case 2 -> State.SUCCEEDED;
      case 3 -> State.ENDED_WITHOUT_MONEY;
      case 4 -> State.DISPUTED;
      default -> throw new IllegalStateException("no state " + number);
    };
  }
}
