package io.liangjiang.payments.merchant;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds merchants, their accounts and their terms. */
@ApplicationScoped
public class Merchants {
  private final Database database;
  private final MerchantRepository repository;

  Merchants(Database database, MerchantRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  /** The account of a merchant. Errors: MERCHANT_NOT_FOUND. */
  public Uni<Long> accountOf(SqlClient tx, String merchantId) {
    return find(tx, merchantId).map(Merchant::accountId);
  }

  /** A merchant, whatever its state. Errors: MERCHANT_NOT_FOUND. */
  public Uni<Merchant> find(SqlClient client, String merchantId) {
    return repository.find(client, merchantId).map(found -> one(found, merchantId));
  }

  /** Merchants by id, whatever their state; those that are not there are left out. */
  public Uni<Map<String, Merchant>> findAll(SqlClient client, Set<String> merchantIds) {
    return repository
        .findAll(client, merchantIds)
        .map(found -> found.stream().collect(Collectors.toMap(Merchant::id, each -> each)));
  }

  /** A merchant that may get new orders. Errors: MERCHANT_NOT_FOUND, MERCHANT_SUSPENDED. */
  public Uni<Merchant> requireActive(SqlClient client, String merchantId) {
    return find(client, merchantId).invoke(Merchant::requireActive);
  }

  /** Locks a merchant. Errors: MERCHANT_NOT_FOUND. */
  public Uni<Merchant> lock(SqlClient tx, String merchantId) {
    return repository.lock(tx, merchantId).map(found -> one(found, merchantId));
  }

  /** Refuses when one of the merchants is not there. Errors: MERCHANT_NOT_FOUND. */
  public Uni<Void> requireAll(SqlClient tx, Collection<String> merchantIds) {
    if (merchantIds.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return repository
        .missing(tx, merchantIds)
        .invoke(
            missing -> {
              if (!missing.isEmpty()) {
                throw notFound(missing.getFirst());
              }
            })
        .replaceWithVoid();
  }

  /** Merchants in the order of their ids, after the one that is named. */
  public Uni<List<Merchant>> after(String merchantId, int limit) {
    return repository.after(database.client(), merchantId, limit);
  }

  /** A page of all merchants. */
  Uni<Page.Cut<Merchant>> page(Page page) {
    return repository
        .page(database.client(), page)
        .map(rows -> page.cut(rows, merchant -> List.of(merchant.id())));
  }

  /** The merchant whose staff asks. Errors: MERCHANT_NOT_FOUND, also for another one. */
  Uni<Merchant> ofStaff(String merchantId, String organisationId) {
    return repository
        .ofStaff(database.client(), merchantId, organisationId)
        .map(found -> one(found, merchantId));
  }

  private static Merchant one(List<Merchant> found, String merchantId) {
    if (found.isEmpty()) {
      throw notFound(merchantId);
    }
    return found.getFirst();
  }

  /** The refusal of a merchant that is not there. */
  public static ServiceException notFound(String merchantId) {
    return new ServiceException(PaymentsReason.MERCHANT_NOT_FOUND, "no such merchant")
        .with("merchantId", merchantId);
  }
}
