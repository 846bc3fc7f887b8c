package io.liangjiang.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs product and peer in turn, A B B A, so that a machine that gets slower is slow for both. */
final class Rounds {
  private Rounds() {}

  static Figure run(
      String name,
      int rounds,
      Supplier<Sample> product,
      Supplier<Sample> peer,
      Map<String, String> settings) {
    List<Sample> productSamples = new ArrayList<>();
    List<Sample> peerSamples = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      boolean productFirst = i % 2 == 0;
      if (productFirst) {
        productSamples.add(product.get());
      }
      peerSamples.add(peer.get());
      if (!productFirst) {
        productSamples.add(product.get());
      }
      System.out.printf(
          "%s round %d of %d: product %.0f/s, peer %.0f/s%n",
          name, i + 1, rounds, productSamples.getLast().rate(), peerSamples.getLast().rate());
    }
    return new Figure(name, productSamples, peerSamples, settings);
  }
}
