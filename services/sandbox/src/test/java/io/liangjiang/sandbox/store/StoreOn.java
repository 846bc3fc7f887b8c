package io.liangjiang.sandbox.store;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Stores for tests. */
public final class StoreOn {
  private StoreOn() {}

  /** One whose database gives no connection, with that SQLSTATE. */
  public static Store failing(String state) {
    var source =
        (DataSource)
            Proxy.newProxyInstance(
                StoreOn.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  throw new SQLException("the reason", state);
                });
    return new Store(source);
  }
}
