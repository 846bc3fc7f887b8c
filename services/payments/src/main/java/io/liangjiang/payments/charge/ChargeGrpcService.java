package io.liangjiang.payments.charge;

import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.v1.Charge;
import io.liangjiang.payments.v1.ChargeService;
import io.liangjiang.payments.v1.CreateChargeRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Charges at the wire. */
@GrpcService
class ChargeGrpcService implements ChargeService {
  private static final long MAX_MINOR = 100_000;
  private static final int MAX_REFERENCE = 64;
  private static final int MAX_DESCRIPTION = 200;

  private final Charges charges;

  ChargeGrpcService(Charges charges) {
    this.charges = charges;
  }

  @Override
  public Uni<Charge> createCharge(CreateChargeRequest request) {
    new Violations()
        .requireUuid(request.getPayerCitizenId(), "payer_citizen_id")
        .requireText(request.getMerchantId(), 1, MAX_REFERENCE, "merchant_id")
        .requireText(request.getBusinessReference(), 1, MAX_REFERENCE, "business_reference")
        .requireText(request.getDescription(), 1, MAX_DESCRIPTION, "description")
        .throwIfAny();
    var unused = Amounts.positiveMinor(request.getAmount(), MAX_MINOR);
    return charges.create(Caller.current(), request);
  }
}
