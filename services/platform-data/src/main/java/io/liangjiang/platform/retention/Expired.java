package io.liangjiang.platform.retention;

/**
 * What grows too old, and how a batch of it is deleted.
 *
 * @param kind as the counter names it
 * @param sql deletes rows from before $1, at most $2 of them, and answers with how many it were
 */
record Expired(String kind, String sql) {
  /**
   * Walks the key from its beginning, for events are written in the order of time; what is deleted
   * is noted by type in the same statement.
   */
  static final Expired EVENT =
      new Expired(
          "event",
          """
          with oldest as (
            select transaction_id, event_seq from outbox_event
            order by transaction_id, event_seq limit $2
          ), gone as (
            delete from outbox_event e using oldest o
            where e.transaction_id = o.transaction_id and e.event_seq = o.event_seq
              and e.event_time < $1
            returning e.event_type, e.transaction_id, e.event_seq, e.event_time
          ), noted as (
            insert into outbox_horizon as h (event_type, transaction_id, event_seq, event_time)
            select distinct on (event_type) event_type, transaction_id, event_seq,
              max(event_time) over (partition by event_type)
            from gone order by event_type, transaction_id desc, event_seq desc
            on conflict (event_type) do update
            set transaction_id = excluded.transaction_id, event_seq = excluded.event_seq,
              event_time = greatest(h.event_time, excluded.event_time)
          )
          select count(*) from gone
          """);

  /** A request that is being answered again just now is left for the next batch. */
  static final Expired REQUEST =
      new Expired(
          "request",
          """
          with gone as (
            delete from idempotency_record where (caller, request_id) in (
              select caller, request_id from idempotency_record where create_time < $1
              order by create_time limit $2 for update skip locked)
            returning 1
          )
          select count(*) from gone
          """);
}
