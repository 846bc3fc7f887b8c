package io.liangjiang.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.liangjiang.identity.v1.CitizenServiceGrpc;
import io.liangjiang.identity.v1.DependantServiceGrpc;
import io.liangjiang.identity.v1.OrganisationServiceGrpc;
import io.liangjiang.identity.v1.SessionServiceGrpc;
import io.liangjiang.identity.v1.SigningKeyServiceGrpc;
import io.liangjiang.identity.v1.StaffServiceGrpc;
import io.liangjiang.identity.v1.TokenServiceGrpc;
import io.liangjiang.platform.caller.AccessRules;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.Access;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every RPC with every kind of caller: exactly those get past the door whom the contract names. */
@IdentityTest
class AccessMatrixTest {
  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          SessionServiceGrpc.getServiceDescriptor(),
          CitizenServiceGrpc.getServiceDescriptor(),
          DependantServiceGrpc.getServiceDescriptor(),
          TokenServiceGrpc.getServiceDescriptor(),
          SigningKeyServiceGrpc.getServiceDescriptor(),
          OrganisationServiceGrpc.getServiceDescriptor(),
          StaffServiceGrpc.getServiceDescriptor());
  private static final Set<String> AT_THE_DOOR =
      Set.of("UNAUTHENTICATED", "PERMISSION_DENIED", "ASSURANCE_LEVEL_TOO_LOW");
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @TestHTTPResource("/")
  URL self;

  private static Map<String, String> callers() {
    Map<String, String> callers = new LinkedHashMap<>();
    callers.put("citizen", TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.FACE));
    callers.put("service", TestTokens.service("tourism"));
    for (var role :
        List.of(
            "gate",
            "auditor",
            "bus-operator",
            "merchant",
            "hospital-desk",
            "admin",
            "security-admin")) {
      callers.put(role, TestTokens.staff(role, "wulong-tourism"));
    }
    return callers;
  }

  @Test
  void letsInExactlyWhomTheContractNames() throws Exception {
    var channel =
        ManagedChannelBuilder.forAddress("localhost", self.getPort()).usePlaintext().build();
    try {
      for (var service : SERVICES) {
        for (var method : service.getMethods()) {
          Access access = AccessRules.of(method);
          for (var caller : callers().entrySet()) {
            boolean named =
                access.getAnonymous() || access.getRolesList().contains(caller.getKey());
            assertThat(AT_THE_DOOR.contains(reason(channel, method, caller.getValue())))
                .as("%s refuses %s", method.getFullMethodName(), caller.getKey())
                .isEqualTo(!named);
          }
        }
      }
    } finally {
      channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void letsNobodyInWithoutAValidToken() throws Exception {
    var channel =
        ManagedChannelBuilder.forAddress("localhost", self.getPort()).usePlaintext().build();
    try {
      for (var service : SERVICES) {
        for (var method : service.getMethods()) {
          boolean open = AccessRules.of(method).getAnonymous();
          assertThat(reason(channel, method, "").equals("UNAUTHENTICATED"))
              .as(method.getFullMethodName())
              .isEqualTo(!open);
          for (String bad :
              List.of(
                  TestTokens.expired(UUID.randomUUID()),
                  TestTokens.forged(UUID.randomUUID()),
                  "nonsense")) {
            assertThat(reason(channel, method, bad))
                .as(method.getFullMethodName())
                .isEqualTo("UNAUTHENTICATED");
          }
        }
      }
    } finally {
      channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
    }
  }

  private static <Q, A> String reason(
      Channel channel, MethodDescriptor<Q, A> method, String token) {
    Channel authorized = channel;
    if (!token.isEmpty()) {
      var headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + token);
      authorized =
          ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }
    Channel target = authorized;
    Q empty = method.getRequestMarshaller().parse(new ByteArrayInputStream(new byte[0]));
    return TestCalls.reason(
        catchThrowable(
            () ->
                ClientCalls.blockingUnaryCall(
                    target,
                    method,
                    CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS),
                    empty)));
  }
}
