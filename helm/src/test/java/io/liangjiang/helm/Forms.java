package io.liangjiang.helm;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * What a text or number of the values may look like, by the names that the comments of values.yaml
 * use ({@code @form quantity}). Patterns are those of Kubernetes' own validation, in the language
 * of Go's regular expressions; where they are wider, the API has the last word.
 */
final class Forms {
  /** Anything goes: says that somebody has thought about it. */
  static final String TEXT = "text";

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String DOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String LABEL_VALUE = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
  private static final String HOST =
      "([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])";
  private static final String REGISTRY = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?";
  private static final String IMAGE_PATH =
      "[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*";
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String IPV4_RANGE = "(" + BYTE + "\\.){3}" + BYTE + "/(3[0-2]|[12]?[0-9])";
  private static final String NUMBERS = "[0-9*/,?-]+";
  private static final String NUMBERS_OR_NAMES = "[0-9A-Za-z*/,?-]+";
  private static final String HOUR_TO_WEEKDAY =
      " ".concat(NUMBERS).repeat(2) + " ".concat(NUMBERS_OR_NAMES).repeat(2);

  private static final Map<String, String> PATTERNS =
      new TreeMap<>(
          Map.ofEntries(
              // Kubernetes' resource.Quantity, without a sign: 500m, 1.5, 2Gi, 1e3
              Map.entry(
                  "quantity",
                  "([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?"),
              // What a container may ask for
              Map.entry(
                  "resource",
                  "cpu|memory|ephemeral-storage|hugepages-[1-9][0-9]*[KMG]i|"
                      + DOMAIN
                      + "/[A-Za-z0-9._-]+"),
              // Of a volume; whole
              Map.entry("volume-size", "[1-9][0-9]*(Mi|Gi|Ti)"),
              // Of a Secret, a class, an issuer: a DNS subdomain
              Map.entry("name", DOMAIN),
              Map.entry("namespace", LABEL),
              Map.entry("label-key", "(" + DOMAIN + "/)?" + LABEL_VALUE),
              Map.entry("label", "(" + LABEL_VALUE + ")?"),
              // Of the environment of a process
              Map.entry("variable", "[A-Za-z_][A-Za-z0-9_.-]*"),
              // The schedule of a CronJob: five fields or a name
              Map.entry(
                  "cron",
                  "@(hourly|daily|midnight|weekly|monthly|yearly|annually)|@every ([0-9]+[hms])+|"
                      + NUMBERS
                      + HOUR_TO_WEEKDAY),
              // The schedule of CloudNativePG: six fields, of which seconds are the first
              Map.entry("cron-with-seconds", NUMBERS + " " + NUMBERS + HOUR_TO_WEEKDAY),
              Map.entry(
                  "time",
                  "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"),
              // Scheme and host, without a slash at the end
              Map.entry("origin", "https?://" + HOST + "(:[0-9]{1,5})?"),
              Map.entry("url", "https?://" + HOST + "(:[0-9]{1,5})?(/\\S*)?"),
              // What a connection is opened to
              Map.entry("host", HOST),
              // What a route answers to; a star stands for one label
              Map.entry("route-host", "(\\*\\.)?" + DOMAIN),
              Map.entry("ipv4-range", IPV4_RANGE),
              Map.entry(
                  "ip-range",
                  IPV4_RANGE + "|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9])"),
              Map.entry("registry", REGISTRY + "(/" + IMAGE_PATH + ")?/?"),
              Map.entry("image-path", IMAGE_PATH),
              // It is a label's value too
              Map.entry("tag", LABEL_VALUE),
              Map.entry(
                  "image",
                  "("
                      + REGISTRY
                      + "/)?"
                      + IMAGE_PATH
                      + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?"),
              Map.entry("database-prefix", "[A-Za-z0-9_-]*"),
              Map.entry("postgresql-setting", "[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?"),
              Map.entry("word", "\\S+")));

  private Forms() {}

  /** JSON Schema of a form. */
  static Map<String, Object> schema(String name) {
    return switch (name) {
      case TEXT -> Map.of("type", "string");
      case "port" -> new TreeMap<>(Map.of("type", "integer", "minimum", 1, "maximum", 65_535));
      default -> new TreeMap<>(Map.of("type", "string", "pattern", "^(" + pattern(name) + ")$"));
    };
  }

  /** The same where nothing may be said. */
  static Map<String, Object> orEmpty(String name) {
    return name.equals(TEXT)
        ? schema(name)
        : new TreeMap<>(Map.of("type", "string", "pattern", "^(" + pattern(name) + ")?$"));
  }

  private static String pattern(String name) {
    String pattern = PATTERNS.get(name);
    if (pattern == null) {
      throw new NoSuchElementException("no form: " + name);
    }
    return pattern;
  }
}
