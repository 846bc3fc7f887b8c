package io.liangjiang.bench;

/**
 * One round of one side.
 *
 * @param operations done and checked
 * @param seconds of wall time
 * @param cpuSeconds of the measured processes, without the load generator
 */
record Sample(long operations, double seconds, double cpuSeconds) {
  double rate() {
    return operations / seconds;
  }

  double cpuSecondsPer1000() {
    return cpuSeconds * 1000 / operations;
  }
}
