package io.liangjiang.payments.statement;

import com.google.protobuf.ByteString;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.Accounts;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.statement.StatementText.Payee;
import io.liangjiang.payments.v1.StatementFormat;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.File;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Makes statements. A file is written on a worker thread: a long one takes its time. */
@ApplicationScoped
class Statements {
  private static final int MAX_LINES = 10_000;

  /**
   * What a gRPC message may have, less its head: a file with long descriptions reaches it first.
   */
  private static final int MAX_BYTES = 4 * 1024 * 1024 - 1024;

  private final Database database;
  private final StatementRepository repository;
  private final Merchants merchants;
  private final Accounts accounts;
  private final StatementFont font;
  private final InstantSource clock;

  Statements(
      Database database,
      StatementRepository repository,
      Merchants merchants,
      Accounts accounts,
      StatementFont font,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.merchants = merchants;
    this.accounts = accounts;
    this.font = font;
    this.clock = clock;
  }

  /** The statement of a citizen's wallet. Errors: STATEMENT_TOO_LONG. */
  Uni<File> ofWallet(UUID citizenId, Period period, StatementFormat format) {
    return repository
        .walletBefore(database.client(), citizenId, period.from())
        .chain(
            before ->
                repository
                    .wallet(database.client(), citizenId, period, MAX_LINES + 1)
                    .invoke(Statements::requireShort)
                    .map(
                        lines ->
                            StatementText.wallet(
                                citizenId.toString(), period, before, lines, clock.instant())))
        .chain(statement -> file(statement, format));
  }

  /** The statement of a merchant. Errors: MERCHANT_NOT_FOUND, STATEMENT_TOO_LONG. */
  Uni<File> ofMerchant(String merchantId, Period period, StatementFormat format) {
    return payee(merchantId)
        .chain(
            payee ->
                repository
                    .merchant(database.client(), merchantId, period, MAX_LINES + 1)
                    .invoke(Statements::requireShort)
                    .map(lines -> StatementText.merchant(payee, period, lines, clock.instant())))
        .chain(statement -> file(statement, format));
  }

  private Uni<Payee> payee(String merchantId) {
    return merchants
        .find(database.client(), merchantId)
        .chain(
            merchant ->
                accounts
                    .get(merchant.accountId())
                    .map(
                        account ->
                            new Payee(merchantId, merchant.displayName(), account.balanceMinor())));
  }

  private static void requireShort(List<Movement> movements) {
    if (movements.size() > MAX_LINES) {
      throw tooLong().with("maxEntries", MAX_LINES);
    }
  }

  private static ServiceException tooLong() {
    return new ServiceException(
        PaymentsReason.STATEMENT_TOO_LONG, "the statement has more entries than a file may");
  }

  private Uni<File> file(Statement statement, StatementFormat format) {
    return Uni.createFrom()
        .item(() -> write(statement, format))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .emitOn(callersContext());
  }

  private File write(Statement statement, StatementFormat format) {
    boolean pdf = format == StatementFormat.PDF;
    byte[] content = pdf ? new PdfFile(font.font()).write(statement) : CsvFile.write(statement);
    if (content.length > MAX_BYTES) {
      throw tooLong().with("maxBytes", MAX_BYTES);
    }
    return File.newBuilder()
        .setMediaType(pdf ? PdfFile.MEDIA_TYPE : CsvFile.MEDIA_TYPE)
        .setFileName(statement.name() + (pdf ? ".pdf" : ".csv"))
        .setContent(ByteString.copyFrom(content))
        .build();
  }

  private static Executor callersContext() {
    Context context = Vertx.currentContext();
    return context == null
        ? Runnable::run
        : command -> context.runOnContext(ignored -> command.run());
  }
}
