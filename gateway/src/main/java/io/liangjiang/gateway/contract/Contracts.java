package io.liangjiang.gateway.contract;

import io.grpc.ServiceDescriptor;
import io.liangjiang.gateway.route.Routes;
import io.liangjiang.healthcare.v1.AppointmentServiceGrpc;
import io.liangjiang.healthcare.v1.HospitalServiceGrpc;
import io.liangjiang.identity.v1.AuthorizationServiceGrpc;
import io.liangjiang.identity.v1.CitizenServiceGrpc;
import io.liangjiang.identity.v1.ClientServiceGrpc;
import io.liangjiang.identity.v1.ConsentServiceGrpc;
import io.liangjiang.identity.v1.DelegationServiceGrpc;
import io.liangjiang.identity.v1.DependantServiceGrpc;
import io.liangjiang.identity.v1.FaceVerificationServiceGrpc;
import io.liangjiang.identity.v1.GuestServiceGrpc;
import io.liangjiang.identity.v1.MyDataServiceGrpc;
import io.liangjiang.identity.v1.OrganisationServiceGrpc;
import io.liangjiang.identity.v1.SessionServiceGrpc;
import io.liangjiang.identity.v1.SignInMethodServiceGrpc;
import io.liangjiang.identity.v1.SigningKeyServiceGrpc;
import io.liangjiang.identity.v1.StaffServiceGrpc;
import io.liangjiang.identity.v1.TokenServiceGrpc;
import io.liangjiang.payments.v1.ChargeServiceGrpc;
import io.liangjiang.payments.v1.CombinedOrderServiceGrpc;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.liangjiang.payments.v1.MerchantServiceGrpc;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.payments.v1.PayoutServiceGrpc;
import io.liangjiang.payments.v1.ReconciliationServiceGrpc;
import io.liangjiang.payments.v1.SettlementServiceGrpc;
import io.liangjiang.payments.v1.StatementServiceGrpc;
import io.liangjiang.payments.v1.WalletServiceGrpc;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.liangjiang.tourism.v1.CheckInServiceGrpc;
import io.liangjiang.tourism.v1.SiteServiceGrpc;
import io.liangjiang.tourism.v1.TicketServiceGrpc;
import io.liangjiang.tourism.v1.TripServiceGrpc;
import io.liangjiang.transit.v1.CityCodeServiceGrpc;
import io.liangjiang.transit.v1.LineServiceGrpc;
import io.liangjiang.transit.v1.RideServiceGrpc;
import io.liangjiang.transit.v1.TapServiceGrpc;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The services whose RPCs with a google.api.http option are routes: one line a service, in the
 * order of the OpenAPI document.
 */
@Singleton
public final class Contracts {
  /** All services with routes. */
  public static final List<ServiceDescriptor> SERVICES =
      List.of(
          SessionServiceGrpc.getServiceDescriptor(),
          SignInMethodServiceGrpc.getServiceDescriptor(),
          FaceVerificationServiceGrpc.getServiceDescriptor(),
          CitizenServiceGrpc.getServiceDescriptor(),
          DependantServiceGrpc.getServiceDescriptor(),
          ConsentServiceGrpc.getServiceDescriptor(),
          DelegationServiceGrpc.getServiceDescriptor(),
          MyDataServiceGrpc.getServiceDescriptor(),
          SigningKeyServiceGrpc.getServiceDescriptor(),
          OrganisationServiceGrpc.getServiceDescriptor(),
          StaffServiceGrpc.getServiceDescriptor(),
          TokenServiceGrpc.getServiceDescriptor(),
          ClientServiceGrpc.getServiceDescriptor(),
          AuthorizationServiceGrpc.getServiceDescriptor(),
          GuestServiceGrpc.getServiceDescriptor(),
          WalletServiceGrpc.getServiceDescriptor(),
          PaymentOrderServiceGrpc.getServiceDescriptor(),
          CombinedOrderServiceGrpc.getServiceDescriptor(),
          LedgerServiceGrpc.getServiceDescriptor(),
          ChargeServiceGrpc.getServiceDescriptor(),
          MerchantServiceGrpc.getServiceDescriptor(),
          SettlementServiceGrpc.getServiceDescriptor(),
          PayoutServiceGrpc.getServiceDescriptor(),
          ReconciliationServiceGrpc.getServiceDescriptor(),
          StatementServiceGrpc.getServiceDescriptor(),
          SiteServiceGrpc.getServiceDescriptor(),
          TripServiceGrpc.getServiceDescriptor(),
          TicketServiceGrpc.getServiceDescriptor(),
          CheckInServiceGrpc.getServiceDescriptor(),
          HospitalServiceGrpc.getServiceDescriptor(),
          AppointmentServiceGrpc.getServiceDescriptor(),
          CityCodeServiceGrpc.getServiceDescriptor(),
          LineServiceGrpc.getServiceDescriptor(),
          TapServiceGrpc.getServiceDescriptor(),
          RideServiceGrpc.getServiceDescriptor(),
          ParkedEventServiceGrpc.getServiceDescriptor());

  @Produces
  @Singleton
  @DefaultBean
  Routes routes() {
    return new Routes(SERVICES);
  }
}
