package io.liangjiang.platform.calls;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The service config that follows from the accepted contracts. */
final class ServiceConfigText {
  private static final Path CONTRACT = Path.of("../../shared-proto/contract.binpb");

  /** Verbs of what changes nothing, for RPCs that have no route. */
  private static final Pattern READS = Pattern.compile("(Get|List|Check|Describe|Export)[A-Z].*");

  private static final String WITHIN_THE_CITY = "5s";

  /** As long as the gateway waits. */
  private static final String FROM_PHONES = "10s";

  private static final String REPEATED =
      """
      "retryPolicy": {
              "maxAttempts": 3,
              "initialBackoff": "0.1s",
              "maxBackoff": "1s",
              "backoffMultiplier": 2,
              "retryableStatusCodes": ["UNAVAILABLE"]
            }\
      """;

  /** How a method is called: its deadline, and whether it may be repeated. */
  private record Kind(String timeout, boolean repeatable) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      return toString().compareTo(other.toString());
    }
  }

  private ServiceConfigText() {}

  static Map<String, Boolean> repeatable() {
    Map<String, Boolean> methods = new TreeMap<>();
    kinds().forEach((kind, names) -> names.forEach(name -> methods.put(name, kind.repeatable())));
    return methods;
  }

  static String derived() {
    List<String> entries = new ArrayList<>();
    entries.add("{\n      \"name\": [{}],\n      \"timeout\": \"" + WITHIN_THE_CITY + "\"\n    }");
    kinds().forEach((kind, names) -> entries.add(entry(kind, names)));
    return """
    {
      "loadBalancingConfig": [{"round_robin": {}}],
      "retryThrottling": {"maxTokens": 20, "tokenRatio": 0.1},
      "methodConfig": [
        %s
      ]
    }
    """
        .formatted(String.join(",\n    ", entries));
  }

  private static String entry(Kind kind, Set<String> names) {
    List<String> parts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      int slash = name.indexOf('/');
      lines.add(
          "        {\"service\": \"%s\", \"method\": \"%s\"}"
              .formatted(name.substring(0, slash), name.substring(slash + 1)));
    }
    parts.add("\"name\": [\n" + String.join(",\n", lines) + "\n      ]");
    if (!kind.timeout().isEmpty()) {
      parts.add("\"timeout\": \"" + kind.timeout() + "\"");
    }
    if (kind.repeatable()) {
      parts.add(REPEATED);
    }
    return "{\n      " + String.join(",\n      ", parts) + "\n    }";
  }

  private static Map<Kind, Set<String>> kinds() {
    FileDescriptorSet contract = contract();
    Map<String, DescriptorProto> messages = new HashMap<>();
    for (FileDescriptorProto file : contract.getFileList()) {
      file.getMessageTypeList()
          .forEach(
              message -> messages.put("." + file.getPackage() + "." + message.getName(), message));
    }
    Map<Kind, Set<String>> kinds = new TreeMap<>();
    for (FileDescriptorProto file : contract.getFileList()) {
      for (ServiceDescriptorProto service : file.getServiceList()) {
        for (MethodDescriptorProto method : service.getMethodList()) {
          kinds
              .computeIfAbsent(
                  kind(method, messages.get(method.getInputType())), unused -> new TreeSet<>())
              .add(file.getPackage() + "." + service.getName() + "/" + method.getName());
        }
      }
    }
    return kinds;
  }

  /** What reads may be repeated, and so may what carries a request_id, by which it happens once. */
  private static Kind kind(MethodDescriptorProto method, DescriptorProto request) {
    if (method.getClientStreaming() || method.getServerStreaming()) {
      return new Kind("", false);
    }
    HttpRule route = method.getOptions().getExtension(AnnotationsProto.http);
    boolean hasRoute = route.getPatternCase() != HttpRule.PatternCase.PATTERN_NOT_SET;
    boolean reads = hasRoute ? route.hasGet() : READS.matcher(method.getName()).matches();
    boolean isOnce =
        request != null
            && request.getFieldList().stream().anyMatch(f -> f.getName().equals("request_id"));
    return new Kind(hasRoute ? FROM_PHONES : WITHIN_THE_CITY, reads || isOnce);
  }

  private static FileDescriptorSet contract() {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(registry);
    try {
      return FileDescriptorSet.parseFrom(Files.readAllBytes(CONTRACT), registry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
