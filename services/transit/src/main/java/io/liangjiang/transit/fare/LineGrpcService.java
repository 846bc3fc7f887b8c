package io.liangjiang.transit.fare;

import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.data.Page.Cut;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.transit.v1.LineService;
import io.liangjiang.transit.v1.ListLinesRequest;
import io.liangjiang.transit.v1.ListLinesResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The lines over the wire. */
@GrpcService
public class LineGrpcService implements LineService {
  private final Lines lines;

  LineGrpcService(Lines lines) {
    this.lines = lines;
  }

  @Override
  public Uni<ListLinesResponse> listLines(ListLinesRequest request) {
    Cut<Line> page = lines.list(Page.of(request.getPageSize(), request.getPageToken()));
    ListLinesResponse.Builder response =
        ListLinesResponse.newBuilder().setNextPageToken(page.nextPageToken());
    page.items().forEach(line -> response.addLines(toProto(line)));
    return Uni.createFrom().item(response.build());
  }

  private io.liangjiang.transit.v1.Line toProto(Line line) {
    FareProduct adult = lines.book().fare(line, FareBook.ADULT).product();
    return io.liangjiang.transit.v1.Line.newBuilder()
        .setLineId(line.lineId())
        .setName(line.name())
        .setDescription(line.description())
        .setNetworkId(line.networkId())
        .setOperatorId(line.operatorId())
        .setAdultFare(
            Money.newBuilder()
                .setAmountMinor(adult.amountMinor())
                .setCurrencyCode(adult.currencyCode()))
        .build();
  }
}
