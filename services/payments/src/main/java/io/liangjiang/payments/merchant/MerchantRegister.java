package io.liangjiang.payments.merchant;

import com.google.protobuf.Message;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.Accounts;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.merchant.Merchant.Terms;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.CreateMerchantRequest;
import io.liangjiang.payments.v1.Merchant.State;
import io.liangjiang.payments.v1.MerchantChange;
import io.liangjiang.payments.v1.SetMerchantTermsRequest;
import io.liangjiang.payments.v1.SetPayoutDestinationRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Adds and changes merchants, and writes down each change with who made it. */
@ApplicationScoped
class MerchantRegister {
  private final Database database;
  private final Idempotency idempotency;
  private final Merchants merchants;
  private final MerchantRepository repository;
  private final MerchantChangeRepository changes;
  private final Accounts accounts;
  private final InstantSource clock;

  MerchantRegister(
      Database database,
      Idempotency idempotency,
      Merchants merchants,
      MerchantRepository repository,
      MerchantChangeRepository changes,
      Accounts accounts,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.merchants = merchants;
    this.repository = repository;
    this.changes = changes;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Adds a merchant. Errors: MERCHANT_EXISTS, MERCHANT_NOT_FOUND for a receiver of shares. */
  Uni<io.liangjiang.payments.v1.Merchant> create(Caller caller, CreateMerchantRequest request) {
    return once(caller, request.getRequestId(), request, tx -> insert(tx, caller, request));
  }

  /** Reads one; staff of a merchant only their own. Errors: MERCHANT_NOT_FOUND. */
  Uni<Merchant> get(Caller caller, String merchantId) {
    return caller.hasRole("merchant")
        ? merchants.ofStaff(merchantId, caller.requireOrganisationId())
        : merchants.find(database.client(), merchantId);
  }

  Uni<io.liangjiang.payments.v1.Merchant> setTerms(Caller caller, SetMerchantTermsRequest request) {
    Terms terms = MerchantProto.terms(request.getMerchantId(), request.getTerms());
    var change =
        new Change("SetMerchantTerms", "", m -> m.withTerms(request.getDisplayName(), terms));
    return once(
        caller,
        request.getRequestId(),
        request,
        tx ->
            requireReceivers(tx, terms)
                .chain(() -> change(tx, caller, request.getMerchantId(), change)));
  }

  Uni<io.liangjiang.payments.v1.Merchant> setPayoutDestination(
      Caller caller, SetPayoutDestinationRequest request) {
    var account = MerchantProto.bankAccount(request.getPayoutDestination());
    var change = new Change("SetPayoutDestination", "", m -> m.withBankAccount(account));
    return once(
        caller,
        request.getRequestId(),
        request,
        tx -> change(tx, caller, request.getMerchantId(), change));
  }

  /** Suspends or resumes a merchant; one that is in the state already is left as it is. */
  Uni<io.liangjiang.payments.v1.Merchant> setState(
      Caller caller, StateRequest wanted, State state) {
    String action = state == State.SUSPENDED ? "SuspendMerchant" : "ResumeMerchant";
    var change = new Change(action, wanted.reason, m -> m.withState(state));
    return once(
        caller,
        wanted.requestId,
        wanted.request,
        tx -> change(tx, caller, wanted.merchantId, change));
  }

  /** What is common to the requests that suspend and resume. */
  record StateRequest(String requestId, String merchantId, String reason, Message request) {}

  Uni<Page.Cut<MerchantChange>> changes(String merchantId, Page page) {
    return merchants
        .find(database.client(), merchantId)
        .chain(merchant -> changes.ofMerchant(database.client(), merchantId, page))
        .map(rows -> page.cut(rows, change -> List.of(change.getMerchantChangeId())));
  }

  private record Change(String action, String reason, UnaryOperator<Merchant> how) {}

  private Uni<io.liangjiang.payments.v1.Merchant> once(
      Caller caller,
      String requestId,
      Message request,
      java.util.function.Function<SqlConnection, Uni<io.liangjiang.payments.v1.Merchant>> effect) {
    return idempotency.once(
        caller,
        requestId,
        request,
        io.liangjiang.payments.v1.Merchant.getDefaultInstance(),
        effect);
  }

  private Uni<io.liangjiang.payments.v1.Merchant> insert(
      SqlConnection tx, Caller caller, CreateMerchantRequest request) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return requireReceivers(tx, MerchantProto.terms(request.getMerchantId(), request.getTerms()))
        .chain(
            () ->
                accounts.open(
                    tx,
                    "merchant/" + request.getMerchantId(),
                    Account.Kind.LIABILITY,
                    Amounts.CURRENCY,
                    true))
        .map(account -> MerchantProto.merchant(request, account.id(), now))
        .call(merchant -> repository.insert(tx, merchant).invoke(MerchantRegister::refuseTaken))
        .call(
            merchant -> note(tx, caller, new Change("CreateMerchant", "", m -> m), null, merchant))
        .map(MerchantProto::merchant);
  }

  private static void refuseTaken(boolean inserted) {
    if (!inserted) {
      throw new ServiceException(
          PaymentsReason.MERCHANT_EXISTS, "another merchant has the id already");
    }
  }

  private Uni<Void> requireReceivers(SqlConnection tx, Terms terms) {
    return merchants.requireAll(
        tx, terms.shares().stream().map(Merchant.Share::receiverId).toList());
  }

  private Uni<io.liangjiang.payments.v1.Merchant> change(
      SqlConnection tx, Caller caller, String merchantId, Change change) {
    return merchants
        .lock(tx, merchantId)
        .chain(
            before -> {
              Merchant after = change.how.apply(before);
              if (after.equals(before)) {
                return Uni.createFrom().item(after);
              }
              return repository
                  .update(tx, after)
                  .chain(() -> note(tx, caller, change, before, after))
                  .replaceWith(after);
            })
        .map(MerchantProto::merchant);
  }

  private Uni<Void> note(
      SqlConnection tx, Caller caller, Change change, @Nullable Merchant before, Merchant after) {
    UUID id = TimeOrderedId.next(clock);
    var noted =
        MerchantChange.newBuilder()
            .setMerchantChangeId(id.toString())
            .setMerchantId(after.id())
            .setAction(change.action)
            .setChangedBy(caller.subject())
            .setReason(change.reason)
            .setAfter(MerchantProto.merchant(after))
            .setChangeTime(ProtoTime.timestamp(clock.instant().truncatedTo(ChronoUnit.MICROS)));
    if (before != null) {
      noted.setBefore(MerchantProto.merchant(before));
    }
    return changes.insert(tx, noted.build());
  }
}
