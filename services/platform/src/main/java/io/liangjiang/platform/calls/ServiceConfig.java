package io.liangjiang.platform.calls;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ChannelBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcClientConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The one place that says how long calls to other services may take, which of them gRPC repeats by
 * itself, and how they are spread over replicas: a service config of gRPC (gRFC A6, A21), derived
 * from the contracts. {@code liangjiang.grpc.service-config} names a file to take instead.
 */
@ApplicationScoped
@Unremovable
public class ServiceConfig implements ChannelBuilderCustomizer<NettyChannelBuilder> {
  static final String RESOURCE = "/liangjiang/service-config.json";

  private final Map<String, Object> config;

  ServiceConfig(
      @ConfigProperty(name = "liangjiang.grpc.service-config") Optional<String> replacement) {
    this.config =
        read(replacement.map(Path::of).map(ServiceConfig::file).orElseGet(ServiceConfig::own));
  }

  @Override
  public Map<String, Object> customize(
      String name, GrpcClientConfiguration configuration, NettyChannelBuilder builder) {
    return config;
  }

  static String own() {
    try (InputStream in = ServiceConfig.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not packaged");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("the service config is not to be read: " + path, e);
    }
  }

  /** In the form that gRPC takes: maps, lists, texts, truths and doubles. */
  static Map<String, Object> read(String json) {
    try {
      Struct.Builder struct = Struct.newBuilder();
      JsonFormat.parser().merge(json, struct);
      return map(struct.build());
    } catch (IOException e) {
      throw new IllegalArgumentException("the service config is no JSON: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> map(Struct struct) {
    Map<String, Object> map = new LinkedHashMap<>();
    struct.getFieldsMap().forEach((key, value) -> map.put(key, value(value)));
    return map;
  }

  private static List<Object> list(ListValue values) {
    return values.getValuesList().stream().map(ServiceConfig::value).toList();
  }

  private static Object value(Value value) {
    return switch (value.getKindCase()) {
      case STRUCT_VALUE -> map(value.getStructValue());
      case LIST_VALUE -> list(value.getListValue());
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> value.getNumberValue();
      case BOOL_VALUE -> value.getBoolValue();
      case NULL_VALUE, KIND_NOT_SET ->
          throw new IllegalArgumentException("the service config says null");
    };
  }
}
