package io.liangjiang.transit.ride;

import io.liangjiang.transit.ride.Ride.ChargedFare;
import io.liangjiang.transit.ride.Ride.Place;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads rows of the ride table. */
final class RideRows {
  private RideRows() {}

  static List<Ride> rides(Iterable<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(RideRows::ride).toList();
  }

  private static Ride ride(Row row) {
    OffsetDateTime chargeTime = row.getOffsetDateTime("charge_time");
    return new Ride(
        row.getUUID("ride_id"),
        row.getUUID("citizen_id"),
        new Place(
            row.getString("operator_id"),
            row.getString("line_id"),
            row.getString("line_name"),
            row.getString("vehicle_id"),
            row.getString("stop_id")),
        row.getOffsetDateTime("board_time").toInstant(),
        new ChargedFare(
            row.getString("fare_product_id"),
            row.getString("rider_category"),
            row.getLong("fare_minor"),
            row.getString("currency_code"),
            row.getString("fare_explanation")),
        Ride.State.valueOf(row.getString("state")),
        row.getUUID("charge_request_id"),
        row.getInteger("attempt_count"),
        chargeTime == null ? null : chargeTime.toInstant());
  }
}
