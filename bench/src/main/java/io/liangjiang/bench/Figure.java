package io.liangjiang.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A figure: the rounds of the product and of the peer, and what must be known to read them. */
record Figure(String name, List<Sample> product, List<Sample> peer, Map<String, String> settings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Product over peer, by the medians of the rates. */
  double ratio() {
    return median(product, Sample::rate) / median(peer, Sample::rate);
  }

  /**
   * Peer over product, by the medians of CPU time an operation: above one, the product needs less.
   */
  double cpuRatio() {
    return peerCpuPer1000() / productCpuPer1000();
  }

  /** The median rate of the product. */
  double productRate() {
    return median(product, Sample::rate);
  }

  /** CPU seconds of 1,000 operations of the product, the median. */
  double productCpuPer1000() {
    return median(product, Sample::cpuSecondsPer1000);
  }

  /** CPU seconds of 1,000 operations of the peer, the median. */
  double peerCpuPer1000() {
    return median(peer, Sample::cpuSecondsPer1000);
  }

  /** One line of results.jsonl. */
  String json() {
    ObjectNode line = JSON.createObjectNode();
    line.put("name", name);
    line.put("ratio", round(ratio()));
    line.put("cpuRatio", round(cpuRatio()));
    line.put("rounds", product.size());
    line.set("product", side(product));
    line.set("peer", side(peer));
    ObjectNode facts = line.putObject("settings");
    settings.forEach(facts::put);
    return line.toString();
  }

  private static ObjectNode side(List<Sample> samples) {
    ObjectNode side = JSON.createObjectNode();
    side.put("rate", round(median(samples, Sample::rate)));
    side.put("rateMin", round(sorted(samples, Sample::rate)[0]));
    side.put("rateMax", round(sorted(samples, Sample::rate)[samples.size() - 1]));
    side.put("cpuSecondsPer1000", round(median(samples, Sample::cpuSecondsPer1000)));
    return side;
  }

  /** Rows of the table that people read. */
  List<String> rows() {
    return List.of(row("product", product), row("peer", peer), ratioRow());
  }

  private String row(String side, List<Sample> samples) {
    double[] rates = sorted(samples, Sample::rate);
    return "%-16s %-8s %10.0f/s  (%.0f to %.0f)  %8.3f CPU-s/1000"
        .formatted(
            name,
            side,
            median(samples, Sample::rate),
            rates[0],
            rates[rates.length - 1],
            median(samples, Sample::cpuSecondsPer1000));
  }

  private String ratioRow() {
    return "%-16s %-8s %10.2f by rate, %.2f by CPU time, %d rounds  %s"
        .formatted(name, "ratio", ratio(), cpuRatio(), product.size(), settings);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> of) {
    double[] values = sorted(samples, of);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private static double[] sorted(List<Sample> samples, ToDoubleFunction<Sample> of) {
    return samples.stream().mapToDouble(of).sorted().toArray();
  }

  private static double round(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
