package io.liangjiang.identity;

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
import io.liangjiang.platform.test.AccessMatrix;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import org.junit.jupiter.api.Test;

/** Every RPC with every kind of caller: exactly those get past the door whom the contract names. */
@IdentityTest
class AccessMatrixTest {
  @Test
  void letsInExactlyWhomTheContractNames() {
    AccessMatrix.check(
        SessionServiceGrpc.getServiceDescriptor(),
        SignInMethodServiceGrpc.getServiceDescriptor(),
        CitizenServiceGrpc.getServiceDescriptor(),
        FaceVerificationServiceGrpc.getServiceDescriptor(),
        ConsentServiceGrpc.getServiceDescriptor(),
        DelegationServiceGrpc.getServiceDescriptor(),
        DependantServiceGrpc.getServiceDescriptor(),
        MyDataServiceGrpc.getServiceDescriptor(),
        TokenServiceGrpc.getServiceDescriptor(),
        ClientServiceGrpc.getServiceDescriptor(),
        AuthorizationServiceGrpc.getServiceDescriptor(),
        GuestServiceGrpc.getServiceDescriptor(),
        SigningKeyServiceGrpc.getServiceDescriptor(),
        OrganisationServiceGrpc.getServiceDescriptor(),
        StaffServiceGrpc.getServiceDescriptor(),
        AccessRecordServiceGrpc.getServiceDescriptor(),
        ParkedEventServiceGrpc.getServiceDescriptor());
  }
}
