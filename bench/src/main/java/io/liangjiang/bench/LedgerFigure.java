package io.liangjiang.bench;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.liangjiang.payments.v1.BulkCreateTransfersRequest;
import io.liangjiang.payments.v1.BulkCreateTransfersResponse;
import io.liangjiang.payments.v1.BulkCreateTransfersResponse.Result;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Durable transfers through the gRPC door, one a call or a thousand, into one hot account or
 * between many, beside a peer on the same server.
 */
final class LedgerFigure {
  private static final int BULK = 1_000;
  private static final int CALLS_IN_FLIGHT = 1_500;
  private static final int BULKS_IN_FLIGHT = 6;
  private static final String CREATE_TRANSFER =
      LedgerServiceGrpc.getCreateTransferMethod().getFullMethodName();
  private static final double OPEN_LOOP_SHARE = 0.5;

  /** What is measured. */
  enum Shape {
    /** One transfer a call into one account. */
    HOT("ledger.hot", false, 1),
    /** A thousand transfers a call into one account. */
    BULK_HOT("ledger.bulk", false, BULK),
    /** One transfer a call between many accounts. */
    UNIFORM("ledger.uniform", true, 1),
    /** A thousand transfers a call between many accounts. */
    BULK_UNIFORM("ledger.uniform-bulk", true, BULK),
    /** A thousand transfers a call, beside the rows of the journal alone. */
    LIMIT("ledger.limit", false, BULK);

    private final String figure;
    private final boolean uniform;
    private final int transfers;

    Shape(String figure, boolean uniform, int transfers) {
      this.figure = figure;
      this.uniform = uniform;
      this.transfers = transfers;
    }

    String figure() {
      return figure;
    }
  }

  private final Path checkout;
  private final Shape shape;
  private final int rounds;
  private final int seconds;
  private long answered;

  LedgerFigure(Path checkout, Shape shape, int rounds, int seconds) {
    this.checkout = checkout;
    this.shape = shape;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    try (var ledger = new RunningLedger(checkout)) {
      // the first seconds show the compiler at work, not the service
      Sample warmUp = load(ledger, 3 * seconds);
      System.out.printf("%s warm-up: %.0f/s%n", shape.figure, warmUp.rate());
      Map<String, String> facts = ledger.books().facts();
      Supplier<Sample> peer = peer(facts);
      facts.put("accounts", String.valueOf(RunningLedger.ACCOUNTS));
      facts.put("load", inFlight() + " calls of " + shape.transfers + " in flight");
      facts.put("cpu", "product: service and database; peer: database");
      Figure figure = Rounds.run(shape.figure, rounds, () -> load(ledger, seconds), peer, facts);
      facts.put("residentMegabytes", String.valueOf(ledger.payments().residentMegabytes()));
      facts.put("openLoop", openLoop(figure, ledger));
      ledger.requireZero();
      ledger.requireBooked(answered);
      return figure;
    }
  }

  private Supplier<Sample> peer(Map<String, String> facts) {
    if (shape == Shape.LIMIT) {
      facts.put("peer", "the journal's rows alone, 1,000 an insert, 2 connections");
      return new JournalLimit(seconds)::run;
    }
    var peer = new LedgerPeer(shape.uniform, seconds);
    facts.put("peer", peer.description());
    return peer::run;
  }

  private int inFlight() {
    return shape.transfers == 1 ? CALLS_IN_FLIGHT : BULKS_IN_FLIGHT;
  }

  private Sample load(RunningLedger ledger, double forSeconds) {
    long[] pids = {ledger.payments().pid(), ledger.books().pid()};
    Sample calls =
        shape.transfers == 1
            ? wire(ledger).run(CALLS_IN_FLIGHT, forSeconds, pids)
            : new GrpcLoad(BULKS_IN_FLIGHT, forSeconds).run(i -> bulk(ledger), pids);
    long transfers = calls.operations() * shape.transfers;
    answered += transfers;
    return new Sample(transfers, calls.seconds(), calls.cpuSeconds());
  }

  private ListenableFuture<?> bulk(RunningLedger ledger) {
    var bulk = BulkCreateTransfersRequest.newBuilder();
    for (int i = 0; i < shape.transfers; i++) {
      bulk.addRequests(transfer(ledger));
    }
    return Futures.transform(
        ledger.stub().bulkCreateTransfers(bulk.build()),
        LedgerFigure::requireAllBooked,
        MoreExecutors.directExecutor());
  }

  private WireLoad wire(RunningLedger ledger) {
    return ledger.load(CREATE_TRANSFER, () -> transfer(ledger));
  }

  private CreateTransferRequest transfer(RunningLedger ledger) {
    return shape.uniform ? ledger.betweenTwo() : ledger.intoHot();
  }

  private static Integer requireAllBooked(BulkCreateTransfersResponse response) {
    for (Result result : response.getResultsList()) {
      if (!result.hasTransfer()) {
        throw new IllegalStateException("refused: " + result.getRefusal());
      }
    }
    return response.getResultsCount();
  }

  /** Times at half of the rate that was reached, with calls that come whether or not it answers. */
  private String openLoop(Figure figure, RunningLedger ledger) {
    double perSecond = figure.productRate() * OPEN_LOOP_SHARE / shape.transfers;
    Histogram times =
        shape.transfers == 1
            ? wire(ledger).open(perSecond, seconds)
            : new OpenLoad(perSecond, seconds).run(i -> bulk(ledger));
    answered += times.getTotalCount() * shape.transfers;
    return OpenLoad.describe(perSecond, times);
  }
}
