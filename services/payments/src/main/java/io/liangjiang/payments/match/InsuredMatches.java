package io.liangjiang.payments.match;

/**
 * The sides of what the insurance bureau settled and took back, in the form that {@link
 * MatchRepository} reads. A settlement is booked under the id of its attempt; a reversal under an
 * id derived from the attempt when the payment failed, or from the refund of a payment that had
 * succeeded.
 */
final class InsuredMatches {
  private InsuredMatches() {}

  /** Follows the rows of a statement. */
  static final String SETTLEMENTS_OF_STATEMENT =
      """
      , sides as (
        select number, stated.amount_minor::bigint as bill_minor, stated.state as bill_state,
          doubled, case m.insurance_state when 4 then 2 else m.insurance_state end as own_state,
          m.fund_minor + m.account_minor + m.other_minor as order_minor,
          t.amount_minor as ledger_minor,
          coalesce(m.state = 2 and o.pay_time is null, false) as order_open
        from stated
          left join mixed_payment m on m.mixed_payment_id = subject_id
          left join transfer t on t.transfer_id = m.mixed_payment_id and t.reason_code = 41
          left join payment_order o on o.payment_order_id = m.payment_order_id
        where copy = 1
      )
      select * from sides
      where not coalesce(own_state = 2 and not doubled and order_minor = bill_minor
        and ledger_minor = bill_minor and not order_open, false)
      order by number limit $4
      """;

  /** Follows the rows of a statement. */
  static final String REVERSALS_OF_STATEMENT =
      """
      , sides as (
        select number, stated.amount_minor::bigint as bill_minor, stated.state as bill_state,
          doubled,
          case
            when m.mixed_payment_id is null then null
            when back.minor is not null then 2
            when m.state = 1 or exists (
              select from refund f where f.payment_order_id = m.payment_order_id
                and f.state = 1 and f.insurance_minor > 0) then 1
            else 3 end as own_state,
          m.fund_minor + m.account_minor + m.other_minor as order_minor,
          back.minor as ledger_minor, false as order_open
        from stated
          left join mixed_payment m on m.mixed_payment_id = subject_id
          left join lateral (
            select sum(t.amount_minor)::bigint as minor
            from transfer t
            where t.reason_code = 42 and t.transfer_id in (
              select name_based_id('reversal/' || m.mixed_payment_id)
              union all
              select name_based_id('insurance-reversed/' || f.refund_id)
              from refund f where f.payment_order_id = m.payment_order_id and m.state = 2)) back
            on true
        where copy = 1
      )
      select * from sides
      where not coalesce(own_state = 2 and not doubled and order_minor = bill_minor
        and ledger_minor = bill_minor, false)
      order by number limit $4
      """;

  static final String SETTLEMENTS_OF_BOOKS =
      """
      select replace(m.mixed_payment_id::text, '-', '') as number, 2 as own_state,
        m.fund_minor + m.account_minor + m.other_minor as order_minor,
        t.amount_minor as ledger_minor
      from mixed_payment m
        join transfer t on t.transfer_id = m.mixed_payment_id and t.reason_code = 41
      where m.create_time >= $2::timestamptz - interval '7 days' and m.create_time < $3
        and t.create_time >= $2 and t.create_time < $3
        and not exists (select from bill_row
          where number = replace(m.mixed_payment_id::text, '-', '') and kind = 1 and channel = $1)
      order by number limit $4
      """;

  static final String REVERSALS_OF_BOOKS =
      """
      with reversed as (
        select mixed_payment_id, name_based_id('reversal/' || mixed_payment_id) as transfer_id
        from mixed_payment
        where insurance_state = 4
          and create_time >= $2::timestamptz - interval '31 days' and create_time < $3
        union all
        select m.mixed_payment_id, name_based_id('insurance-reversed/' || f.refund_id)
        from refund f
          join mixed_payment m on m.payment_order_id = f.payment_order_id and m.state = 2
        where f.create_time >= $2::timestamptz - interval '31 days' and f.create_time < $3
      )
      select replace(m.mixed_payment_id::text, '-', '') as number, 2 as own_state,
        m.fund_minor + m.account_minor + m.other_minor as order_minor,
        t.amount_minor as ledger_minor
      from reversed r
        join mixed_payment m using (mixed_payment_id)
        join transfer t on t.transfer_id = r.transfer_id and t.reason_code = 42
      where t.create_time >= $2 and t.create_time < $3
        and not exists (select from bill_row
          where number = replace(m.mixed_payment_id::text, '-', '') and kind = 2 and channel = $1)
      order by number limit $4
      """;
}
