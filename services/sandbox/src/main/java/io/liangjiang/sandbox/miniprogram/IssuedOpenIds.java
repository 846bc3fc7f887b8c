package io.liangjiang.sandbox.miniprogram;

import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The openids that the login server has given out. */
@Singleton
public final class IssuedOpenIds {
  private final Store store;
  private final InstantSource clock;

  IssuedOpenIds(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The openid of a phone in an app, from now on one that can pay. */
  String issue(String appId, String phone) {
    String openId = OpenIds.openId(appId, phone);
    store.inTransaction(
        tx ->
            tx.update(
                "insert into open_id (app_id, open_id, issued_at) values (?, ?, ?)"
                    + " on conflict do nothing",
                appId,
                openId,
                clock.instant()));
    return openId;
  }

  /** Whether the login server has ever told anybody this openid. */
  public boolean isIssued(String appId, String openId) {
    return store.inTransaction(tx -> isIssued(tx, appId, openId));
  }

  private static boolean isIssued(Tx tx, String appId, String openId) {
    return tx.first(
            "select open_id from open_id where app_id = ? and open_id = ?",
            row -> row.getString("open_id"),
            appId,
            openId)
        .isPresent();
  }
}
