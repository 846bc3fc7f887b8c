package io.liangjiang.platform.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Plays a conversation of the contract's examples against whoever serves it over gRPC: the service
 * itself, or the stand-in that another service's tests use for it. With the system property {@code
 * examples.accept} what differs is written into the example's file instead of failing.
 */
public final class Replay {
  private static final long DEADLINE_SECONDS = 30;
  private static final String LISTS_ACCESS_RECORDS = "/ListAccessRecords";

  private final Conversation conversation;
  private Duration shift;
  private final Map<String, MethodDescriptor<Message, Message>> methods = new HashMap<>();
  private final Samples samples = new Samples();
  private final Map<String, String> tokenSamples = new HashMap<>();
  private final Map<String, Runnable> steps = new HashMap<>();
  private boolean probed = true;
  private @Nullable Others others;
  private Predicate<Exchange> chosen = exchange -> true;
  private boolean accepts = System.getProperty("examples.accept") != null;

  private Replay(Conversation conversation) {
    this.conversation = conversation;
    this.shift = between(conversation.time(), Instant.now());
  }

  /** In whole seconds, so that a time moved there and back is the same. */
  private static Duration between(Instant told, Instant now) {
    return Duration.between(told, now).truncatedTo(ChronoUnit.SECONDS);
  }

  /** A replay of the conversation with that name, against RPCs of these services. */
  public static Replay of(String name, ServiceDescriptor... services) {
    var replay = new Replay(Conversation.load(name));
    for (ServiceDescriptor service : services) {
      service.getMethods().forEach(replay::add);
    }
    return replay;
  }

  /** Says what a sample stands for before anything was answered, for example a date. */
  public Replay where(String sample, String actual) {
    assertThat(samples.learn(sample, actual)).isEmpty();
    return this;
  }

  /** Says what the clock of the service shows when the conversation begins, if not real time. */
  public Replay at(Instant moment) {
    shift = between(conversation.time(), moment);
    return this;
  }

  /**
   * The caller sends the token that the sample stands for, which an answer before gave out: for the
   * service that issues tokens and trusts no test's.
   */
  public Replay heldBy(String caller, String tokenSample) {
    tokenSamples.put(caller, tokenSample);
    return this;
  }

  /** Others by the service's own tokens, for the service that trusts no test's. */
  public Replay against(Others strangers) {
    others = strangers;
    return this;
  }

  /** Does what happens outside the conversation before the exchange that is about that. */
  public Replay before(String about, Runnable step) {
    if (conversation.exchanges().stream().noneMatch(each -> each.about().equals(about))) {
      throw new IllegalArgumentException("no exchange is about: " + about);
    }
    steps.put(about, step);
    return this;
  }

  /** What a sample stands for by now. */
  public String actual(String sample) {
    return samples.actual(sample);
  }

  /** Leaves out calls of other RPCs, and never rewrites the examples: for a stand-in. */
  public Replay only(String... rpcNames) {
    Set<String> names = Set.of(rpcNames);
    chosen = exchange -> names.contains(exchange.rpc().replaceFirst(".*/", ""));
    accepts = false;
    probed = false;
    return this;
  }

  /** Plays it against the application under test; fails at the first answer that differs. */
  public void run() {
    int port = ConfigProvider.getConfig().getValue("quarkus.grpc.clients.self.port", Integer.class);
    run(port);
  }

  /** Plays it against a port of this machine. */
  public void run(int port) {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    try {
      List<Exchange> played = conversation.exchanges().stream().filter(chosen).toList();
      assertThat(played).as("calls of " + conversation.name()).isNotEmpty();
      var ownership =
          new Ownership(
              (method, token, request) -> send(channel, method, token, request),
              others == null ? Others.ofTests() : others,
              played.stream().noneMatch(each -> each.rpc().endsWith(LISTS_ACCESS_RECORDS)));
      played.forEach(exchange -> play(channel, exchange, ownership));
    } finally {
      channel.shutdownNow();
    }
    if (accepts) {
      conversation.save();
    }
  }

  @SuppressWarnings("unchecked") // the messages of every generated stub are Messages
  private void add(MethodDescriptor<?, ?> method) {
    methods.put(method.getFullMethodName(), (MethodDescriptor<Message, Message>) method);
  }

  private void play(Channel channel, Exchange exchange, Ownership ownership) {
    var method = methods.get(exchange.rpc());
    if (method == null) {
      throw new IllegalArgumentException("no service given has the RPC of: " + exchange);
    }
    steps.getOrDefault(exchange.about(), () -> {}).run();
    Message sample = ExampleJson.read(exchange.request(), builder(method.getRequestMarshaller()));
    Message request = samples.actual(sample, shift);
    // who trusts only tokens of its own knows others by no other
    boolean guarded = probed && (others != null || !tokenSamples.containsKey(exchange.caller()));
    String caller = samples.caller(exchange.caller());
    if (guarded && exchange.error() == null) {
      ownership.probe(caller, method, request);
    }
    Message answer;
    try {
      answer = send(channel, method, token(exchange.caller()), request);
    } catch (StatusRuntimeException refusal) {
      var actual = Refusal.json(refusal, samples);
      Refusal.takeVarying(actual, exchange);
      check(exchange, "error", actual);
      return;
    }
    ownership.learn(method, request, answer);
    if (guarded) {
      ownership.probeCopy(caller, method, request, answer);
    }
    check(exchange, method, answer);
  }

  private static Message send(
      Channel channel,
      MethodDescriptor<Message, Message> method,
      @Nullable String token,
      Message request) {
    var headers = new Metadata();
    if (token != null) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
        method,
        CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  private @Nullable String token(String caller) {
    String sample = tokenSamples.get(caller);
    return sample == null ? ExampleCallers.token(samples.caller(caller)) : samples.actual(sample);
  }

  private void check(Exchange exchange, MethodDescriptor<Message, Message> method, Message answer) {
    JsonNode response = exchange.response();
    if (response == null) {
      check(exchange, "response", ExampleJson.write(samples.sample(answer, shift)));
      return;
    }
    Message example = ExampleJson.read(response, builder(method.getResponseMarshaller()));
    var differences = new Likeness(samples, exchange.varies()).differences(example, answer);
    if (!differences.isEmpty() && accepts) {
      Message kept = Varying.kept(answer, example, exchange.varies());
      exchange.json().set("response", ExampleJson.write(samples.sample(kept, shift)));
    } else {
      assertThat(differences).as("the answer to: %s, which was%n%s", exchange, answer).isEmpty();
    }
  }

  /** A refusal, or an answer where none was foreseen. */
  private void check(Exchange exchange, String member, JsonNode actual) {
    JsonNode expected = exchange.json().get(member);
    if (!actual.equals(expected) && accepts) {
      exchange.json().remove(List.of("response", "error"));
      exchange.json().set(member, actual);
    } else {
      assertThat(actual).as("the %s of: %s", member, exchange).isEqualTo(expected);
    }
  }

  private static Message.Builder builder(MethodDescriptor.Marshaller<Message> marshaller) {
    Message prototype = ((PrototypeMarshaller<Message>) marshaller).getMessagePrototype();
    if (prototype == null) {
      throw new IllegalStateException("no prototype");
    }
    return prototype.newBuilderForType();
  }
}
