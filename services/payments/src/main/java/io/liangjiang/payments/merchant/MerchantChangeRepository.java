package io.liangjiang.payments.merchant;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.MerchantChange;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** SQL of what was changed about merchants. Rows are only added. */
@ApplicationScoped
class MerchantChangeRepository {
  private static final UUID LAST_ID = new UUID(-1, -1);
  private static final String INSERT =
      """
      insert into merchant_change (merchant_change_id, merchant_id, action, changed_by, reason, before,
        after, change_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;
  private static final String OF_MERCHANT =
      """
      select * from merchant_change where merchant_id = $1 and merchant_change_id < $2
      order by merchant_change_id desc limit $3
      """;

  Uni<Void> insert(SqlClient tx, MerchantChange change) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    UUID.fromString(change.getMerchantChangeId()),
                    change.getMerchantId(),
                    change.getAction(),
                    change.getChangedBy(),
                    change.getReason(),
                    change.hasBefore() ? bytes(change.getBefore()) : null,
                    bytes(change.getAfter()),
                    ProtoTime.database(ProtoTime.instant(change.getChangeTime())))))
        .replaceWithVoid();
  }

  Uni<List<MerchantChange>> ofMerchant(SqlClient client, String merchantId, Page page) {
    UUID before = page.isFirst() ? LAST_ID : page.keyUuid(0);
    return client
        .preparedQuery(OF_MERCHANT)
        .execute(Tuple.of(merchantId, before, page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(MerchantChangeRepository::change)
                    .toList());
  }

  private static MerchantChange change(Row row) {
    var change =
        MerchantChange.newBuilder()
            .setMerchantChangeId(row.getUUID("merchant_change_id").toString())
            .setMerchantId(row.getString("merchant_id"))
            .setAction(row.getString("action"))
            .setChangedBy(row.getString("changed_by"))
            .setReason(row.getString("reason"))
            .setAfter(merchant(row.getBuffer("after")))
            .setChangeTime(ProtoTime.timestamp(row.getOffsetDateTime("change_time")));
    @Nullable Buffer before = row.getBuffer("before");
    return before == null ? change.build() : change.setBefore(merchant(before)).build();
  }

  private static io.vertx.core.buffer.Buffer bytes(Merchant merchant) {
    return io.vertx.core.buffer.Buffer.buffer(merchant.toByteArray());
  }

  private static Merchant merchant(Buffer bytes) {
    try {
      return Merchant.parseFrom(bytes.getBytes());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a change that was kept cannot be read", e);
    }
  }
}
