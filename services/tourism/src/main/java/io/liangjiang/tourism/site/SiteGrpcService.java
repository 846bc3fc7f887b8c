package io.liangjiang.tourism.site;

import io.liangjiang.platform.data.Page;
import io.liangjiang.tourism.TourismSettings;
import io.liangjiang.tourism.slot.TimeSlots;
import io.liangjiang.tourism.v1.GetSiteRequest;
import io.liangjiang.tourism.v1.ListSitesRequest;
import io.liangjiang.tourism.v1.ListSitesResponse;
import io.liangjiang.tourism.v1.ListTimeSlotsRequest;
import io.liangjiang.tourism.v1.ListTimeSlotsResponse;
import io.liangjiang.tourism.v1.SiteService;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract's SiteService. */
@GrpcService
public class SiteGrpcService implements SiteService {
  private final Sites sites;
  private final TimeSlots timeSlots;
  private final TourismSettings settings;

  SiteGrpcService(Sites sites, TimeSlots timeSlots, TourismSettings settings) {
    this.sites = sites;
    this.timeSlots = timeSlots;
    this.settings = settings;
  }

  @Override
  public Uni<ListSitesResponse> listSites(ListSitesRequest request) {
    return sites
        .list(Page.of(request.getPageSize(), request.getPageToken()))
        .map(cut -> SiteProto.toResponse(cut, settings.timeZone()));
  }

  @Override
  public Uni<io.liangjiang.tourism.v1.Site> getSite(GetSiteRequest request) {
    return sites.get(request.getSiteId()).map(site -> SiteProto.toProto(site, settings.timeZone()));
  }

  @Override
  public Uni<ListTimeSlotsResponse> listTimeSlots(ListTimeSlotsRequest request) {
    return timeSlots
        .list(
            request.getProductId(),
            SiteProto.date(request.getDate()),
            Page.of(request.getPageSize(), request.getPageToken()))
        .map(SiteProto::toResponse);
  }
}
