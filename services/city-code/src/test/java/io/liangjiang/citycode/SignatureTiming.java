package io.liangjiang.citycode;

import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/**
 * Prints CPU time of signing and verifying with the two candidates. A program, not a test: run it
 * by its main method.
 */
final class SignatureTiming {
  private static final int ROUNDS = 5;
  private static final int SIGNATURES = 2_000;

  private SignatureTiming() {}

  public static void main(String[] args) throws GeneralSecurityException {
    for (int round = 0; round < ROUNDS; round++) {
      measure("Ed25519", KeyPairGenerator.getInstance("Ed25519"));
      KeyPairGenerator p256 = KeyPairGenerator.getInstance("EC");
      p256.initialize(256);
      measure("SHA256withECDSAinP1363Format", p256);
    }
  }

  private static void measure(String algorithm, KeyPairGenerator generator)
      throws GeneralSecurityException {
    KeyPair pair = generator.generateKeyPair();
    byte[] message = new byte[CodeFormat.CLAIMS_LENGTH];
    byte[] signed = new byte[0];
    Signature signature = Signature.getInstance(algorithm);
    long start = cpuNanos();
    for (int i = 0; i < SIGNATURES; i++) {
      signature.initSign(pair.getPrivate());
      signature.update(message);
      signed = signature.sign();
    }
    long middle = cpuNanos();
    for (int i = 0; i < SIGNATURES; i++) {
      signature.initVerify(pair.getPublic());
      signature.update(message);
      if (!signature.verify(signed)) {
        throw new IllegalStateException("A signature did not verify");
      }
    }
    long end = cpuNanos();
    System.out.printf(
        "%s: sign %d us, verify %d us, %d bytes%n",
        algorithm,
        (middle - start) / SIGNATURES / 1000,
        (end - middle) / SIGNATURES / 1000,
        signed.length);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
