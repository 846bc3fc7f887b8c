package io.liangjiang.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.liangjiang.platform.test.forgery.ForgedTokens;
import io.liangjiang.platform.v1.Access;
import io.liangjiang.platform.v1.AccessProto;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Calls every unary RPC of a service as every kind of caller, with an empty request, and holds who
 * is turned away against the contract's access option. The expectation is worked out here a second
 * time, so that the interceptor is not its own judge.
 */
public final class AccessMatrix {
  private static final long DEADLINE_SECONDS = 30;
  private static final Set<String> TURNED_AWAY =
      Set.of(
          "UNAUTHENTICATED",
          "PERMISSION_DENIED",
          "ASSURANCE_LEVEL_TOO_LOW",
          "ACTING_NOT_ALLOWED",
          "POWER_NOT_GIVEN");
  private static final List<String> STAFF =
      List.of(
          "gate",
          "auditor",
          "bus-operator",
          "merchant",
          "hospital-desk",
          "admin",
          "security-admin");

  private static final String SOME_SERVICE = "matrix";

  private record Visitor(
      Set<String> roles,
      AssuranceLevel level,
      @Nullable String power,
      String service,
      @Nullable String token) {
    Visitor(Set<String> roles, AssuranceLevel level, @Nullable String token) {
      this(roles, level, null, "", token);
    }

    static Visitor service(String name) {
      var none = AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED;
      return new Visitor(Set.of("service"), none, null, name, TestTokens.service(name));
    }
  }

  private AccessMatrix() {}

  /**
   * Checks all unary RPCs of services of the application under test; names the first that lets the
   * wrong one in or keeps the right one out.
   */
  public static void check(ServiceDescriptor... services) {
    int port = ConfigProvider.getConfig().getValue("quarkus.grpc.clients.self.port", Integer.class);
    // a channel of its own: the injected one would send the service's own token for nobody
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    try {
      visitors().forEach((name, visitor) -> check(channel, name, visitor, services));
      delegates(services)
          .forEach(
              (power, delegate) ->
                  check(channel, "a delegate with the power " + power, delegate, services));
      named(services).forEach(name -> check(channel, name, Visitor.service(name), services));
      strangers().forEach((name, stranger) -> checkKeptOut(channel, name, stranger, services));
    } finally {
      channel.shutdownNow();
    }
  }

  private static void check(
      Channel channel, String name, Visitor visitor, ServiceDescriptor... services) {
    for (ServiceDescriptor service : services) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        if (method.getType() == MethodType.UNARY) {
          check(channel, method, name, visitor);
        }
      }
    }
  }

  private static void check(
      Channel channel, MethodDescriptor<?, ?> method, String name, Visitor visitor) {
    Access access = access(method);
    assertThat(access)
        .as(method.getFullMethodName() + " says who may call it")
        .isNotEqualTo(Access.getDefaultInstance());
    String reason = call(channel, method, visitor);
    assertThat(!TURNED_AWAY.contains(reason))
        .as("%s lets %s in (it answered %s)", method.getFullMethodName(), name, reason)
        .isEqualTo(isWelcome(access, visitor));
  }

  /** Also what everybody may call refuses a token that is none: the client has to know. */
  private static void checkKeptOut(
      Channel channel, String name, Visitor stranger, ServiceDescriptor... services) {
    for (ServiceDescriptor service : services) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        if (method.getType() == MethodType.UNARY) {
          assertThat(call(channel, method, stranger))
              .as("what %s answers %s", method.getFullMethodName(), name)
              .isEqualTo("UNAUTHENTICATED");
        }
      }
    }
  }

  private static boolean isWelcome(Access access, Visitor visitor) {
    if (access.getAnonymous()) {
      return true;
    }
    boolean citizen = visitor.roles.contains("citizen");
    boolean holdsRole = access.getRolesList().stream().anyMatch(visitor.roles::contains);
    boolean provedEnough =
        !citizen || visitor.level.getNumber() >= access.getMinAssuranceLevelValue();
    boolean mayAct =
        visitor.power == null
            || (!access.getActingPower().isEmpty()
                && access.getActingPower().equals(visitor.power));
    boolean named =
        visitor.service.isEmpty()
            || access.getServicesCount() == 0
            || access.getServicesList().contains(visitor.service);
    return holdsRole
        && provedEnough
        && mayAct
        && named
        && (citizen || !access.getOnBehalfOfCitizen());
  }

  private static Access access(MethodDescriptor<?, ?> method) {
    var schema = (ProtoMethodDescriptorSupplier) method.getSchemaDescriptor();
    assertThat(schema).isNotNull();
    return schema.getMethodDescriptor().getOptions().getExtension(AccessProto.access);
  }

  /** The reason of the answer; empty when it succeeded or was refused without one. */
  private static String call(Channel channel, MethodDescriptor<?, ?> method, Visitor visitor) {
    var headers = new Metadata();
    if (visitor.token != null) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
          "Bearer " + visitor.token);
    }
    var interceptor = MetadataUtils.newAttachHeadersInterceptor(headers);
    var options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    try {
      var unused =
          ClientCalls.blockingUnaryCall(
              io.grpc.ClientInterceptors.intercept(channel, interceptor),
              bytes(method),
              options,
              new byte[0]);
      return "";
    } catch (StatusRuntimeException refusal) {
      return TestCalls.reason(refusal);
    }
  }

  /** The method with its messages as bytes: an empty request is no bytes at all. */
  private static MethodDescriptor<byte[], byte[]> bytes(MethodDescriptor<?, ?> method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setFullMethodName(method.getFullMethodName())
        .setType(MethodType.UNARY)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static Map<String, Visitor> visitors() {
    var visitors = new LinkedHashMap<String, Visitor>();
    var none = AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED;
    visitors.put("nobody", new Visitor(Set.of(), none, null));
    for (var level : List.of(AssuranceLevel.BASIC, AssuranceLevel.REAL_NAME, AssuranceLevel.FACE)) {
      visitors.put(
          "a citizen at " + level,
          new Visitor(Set.of("citizen"), level, TestTokens.citizen(UUID.randomUUID(), level)));
    }
    for (String role : STAFF) {
      visitors.put(role, new Visitor(Set.of(role), none, TestTokens.staff(role, "wulong-tourism")));
    }
    visitors.put("a service", Visitor.service(SOME_SERVICE));
    return visitors;
  }

  /**
   * By the power each of them holds: none, every one that these RPCs know, and one nobody knows.
   */
  private static Map<String, Visitor> delegates(ServiceDescriptor... services) {
    var powers = new TreeSet<>(List.of("", "matrix.nothing"));
    for (ServiceDescriptor service : services) {
      service.getMethods().forEach(method -> powers.add(access(method).getActingPower()));
    }
    var delegates = new LinkedHashMap<String, Visitor>();
    var level = AssuranceLevel.FACE;
    for (String power : powers) {
      var held = power.isEmpty() ? List.<String>of() : List.of(power);
      String token = TestTokens.acting(UUID.randomUUID(), UUID.randomUUID(), level, held);
      delegates.put(power, new Visitor(Set.of("citizen"), level, power, "", token));
    }
    return delegates;
  }

  /** The services that the contracts name. */
  private static Set<String> named(ServiceDescriptor... services) {
    var names = new TreeSet<String>();
    for (ServiceDescriptor service : services) {
      service.getMethods().forEach(method -> names.addAll(access(method).getServicesList()));
    }
    return names;
  }

  private static Map<String, Visitor> strangers() {
    var none = AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED;
    var strangers = new LinkedHashMap<String, Visitor>();
    strangers.put(
        "a token that is over", new Visitor(Set.of(), none, TestTokens.expired(UUID.randomUUID())));
    strangers.put(
        "a forged token", new Visitor(Set.of(), none, TestTokens.forged(UUID.randomUUID())));
    ForgedTokens.someOfEach(1)
        .forEach(
            forgery ->
                strangers.put(
                    "a token with " + forgery, new Visitor(Set.of(), none, forgery.token())));
    strangers.put("a text that is no token", new Visitor(Set.of(), none, "nonsense"));
    return strangers;
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
