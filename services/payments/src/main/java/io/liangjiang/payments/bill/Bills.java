package io.liangjiang.payments.bill;

import io.liangjiang.payments.channel.BillSource;
import io.liangjiang.payments.channel.BillSource.DailyBill;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the channels' bills: one a channel and day, whole or not at all. */
@ApplicationScoped
public class Bills {
  private final Database database;
  private final BillRepository repository;
  private final Map<Channel, BillSource> sources = new TreeMap<>();

  Bills(Database database, BillRepository repository, @Any Instance<BillSource> sources) {
    this.database = database;
    this.repository = repository;
    sources.forEach(source -> this.sources.put(source.channel(), source));
  }

  /** The channels that send bills. */
  public List<Channel> channels() {
    return List.copyOf(sources.keySet());
  }

  /**
   * What the channel has for a day; asks it. Errors: CHANNEL_UNAVAILABLE, {@link
   * BillSource.UnreadableBill}.
   */
  public Uni<Optional<DailyBill>> fetch(Channel channel, LocalDate day) {
    BillSource source = sources.get(channel);
    return source == null ? Uni.createFrom().item(Optional.empty()) : source.bill(day);
  }

  /**
   * Notes that there is such a day and that each channel owes a bill for it; false when the day is
   * before one that was closed already, and so can never be.
   */
  public Uni<Boolean> expect(LocalDate day) {
    Integer[] numbers = channels().stream().map(Channel::getNumber).toArray(Integer[]::new);
    return database.inTransaction(
        tx ->
            repository
                .openDay(tx, day)
                .chain(
                    open ->
                        open
                            ? repository
                                .expect(tx, day, numbers, BusinessDate.billsFrom(day))
                                .replaceWith(true)
                            : repository.dayExists(tx, day)));
  }

  /** Locks the day against its closing, and then the channel's bill; none when none is owed. */
  public Uni<List<Bill>> lock(SqlClient tx, Channel channel, LocalDate day) {
    return repository.holdDay(tx, day).chain(() -> repository.lock(tx, channel, day));
  }

  /** The bills of a day, by channel. */
  public Uni<List<Bill>> ofDay(SqlClient client, LocalDate day) {
    return repository.ofDay(client, day);
  }

  /** Keeps a bill in place of what was there; the same files again change nothing. */
  public Uni<Void> keep(SqlClient tx, Bill known, DailyBill bill, Instant now) {
    boolean same =
        known.isImported()
            && known.tradeSha1().equals(bill.tradeSha1())
            && known.fundFlowSha1().equals(bill.fundFlowSha1());
    if (same) {
      return Uni.createFrom().voidItem();
    }
    return repository
        .deleteRows(tx, known.channel(), known.day())
        .chain(() -> repository.insertRows(tx, known.channel(), known.day(), bill.rows()))
        .chain(() -> repository.imported(tx, known.channel(), known.day(), bill, now));
  }

  /** When to look at a bill again; null for never. */
  public Uni<Void> again(SqlClient tx, Bill bill, @Nullable Instant next, String error) {
    return repository.again(tx, bill.channel(), bill.day(), next, error);
  }

  /** Bills whose turn it is; each is put off, so that two replicas do not do the same. */
  public Uni<List<Bill>> takeDue(Instant now, Instant next, int limit) {
    return repository.takeDue(database.client(), now, next, limit);
  }

  /** The newest day that is known; none before the first. */
  public Uni<Optional<LocalDate>> newestDay() {
    return repository.newestDay(database.client());
  }
}
