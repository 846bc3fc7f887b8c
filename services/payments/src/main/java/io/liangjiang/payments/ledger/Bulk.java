package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.BulkCreateTransfersResponse;
import io.liangjiang.payments.v1.BulkCreateTransfersResponse.Refusal;
import io.liangjiang.payments.v1.BulkCreateTransfersResponse.Result;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.errors.ServiceException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many transfers of one request, of which each is answered for itself. */
final class Bulk {
  private final List<Instruction> wanted = new ArrayList<>();
  private final List<@Nullable Result> refused;

  Bulk(List<CreateTransferRequest> requests) {
    refused = new ArrayList<>(requests.size());
    for (CreateTransferRequest request : requests) {
      refused.add(read(request));
    }
  }

  /** Those that can be asked for. */
  List<Instruction> wanted() {
    return wanted;
  }

  /** The answer to all of them. */
  BulkCreateTransfersResponse response(List<Outcome<List<LedgerTransfer>>> outcomes) {
    var response = BulkCreateTransfersResponse.newBuilder();
    Iterator<Outcome<List<LedgerTransfer>>> left = outcomes.iterator();
    for (Result refusal : refused) {
      response.addResults(refusal == null ? result(left.next()) : refusal);
    }
    return response.build();
  }

  /** Wrong input fails alone, like everything else here. */
  private @Nullable Result read(CreateTransferRequest request) {
    try {
      wanted.add(InstructionProto.transfer(request));
      return null;
    } catch (ServiceException refusal) {
      return result(refusal);
    }
  }

  private static Result result(Outcome<List<LedgerTransfer>> outcome) {
    return switch (outcome) {
      case Outcome.Done<List<LedgerTransfer>>(var transfers) ->
          Result.newBuilder().setTransfer(LedgerProto.transfer(transfers.getFirst())).build();
      case Outcome.Refused<List<LedgerTransfer>>(var refusal) -> result(refusal);
    };
  }

  private static Result result(ServiceException refusal) {
    return Result.newBuilder()
        .setRefusal(
            Refusal.newBuilder()
                .setReason(refusal.reason().name())
                .setMessage(String.valueOf(refusal.getMessage()))
                .putAllMetadata(refusal.metadata()))
        .build();
  }
}
