package io.liangjiang.cityctl.keys;

import io.liangjiang.cityctl.keys.CertificatePlan.Owner;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps the city's authority and the certificates of its processes young. Each is replaced when two
 * thirds of its life are over. A new authority is trusted for a while before it signs, and the old
 * one until its own end, so that at no time two processes refuse each other.
 */
final class Certificates {
  static final Duration AUTHORITY_LIFE = Duration.ofDays(3L * 365);
  static final Duration LIFE = Duration.ofDays(90);

  /** Longer than every process needs to hear of a file that has changed. */
  static final Duration ANNOUNCEMENT = Duration.ofHours(1);

  private static final String KEY = "ca.key";
  private static final String CERTIFICATE = "ca.crt";
  private static final String NEXT_KEY = "next.key";
  private static final String NEXT_CERTIFICATE = "next.crt";
  private static final String TRUSTED = "trusted.crt";

  private final SecretStore store;
  private final InstantSource clock;
  private final CertificateMaker maker = new CertificateMaker();

  Certificates(SecretStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Makes and renews what the plan wants and says so, a line a Secret. Errors: BadPlan. */
  List<String> make(CertificatePlan plan) {
    List<String> done = new ArrayList<>();
    if (!plan.authority().isEmpty()) {
      Map<String, String> authority = authority(plan, done);
      for (Owner owner : plan.owners()) {
        done.add(certify(owner, plan, authority));
      }
    }
    return done;
  }

  private Map<String, String> authority(CertificatePlan plan, List<String> done) {
    String name = plan.authority();
    Map<String, String> before = store.find(name).orElse(Map.of());
    Map<String, String> now = new LinkedHashMap<>(before);
    if (entry(before, CERTIFICATE).isEmpty()) {
      put(now, CERTIFICATE, KEY, maker.authority(name, clock.instant(), AUTHORITY_LIFE));
    } else if (!entry(now, NEXT_CERTIFICATE).isEmpty()) {
      promote(now);
    } else if (isOld(CertificateMaker.read(entry(now, CERTIFICATE)))) {
      put(now, NEXT_CERTIFICATE, NEXT_KEY, maker.authority(name, clock.instant(), AUTHORITY_LIFE));
    }
    now.put(TRUSTED, trusted(now));
    done.add(write(name, plan.labels(), before, now));
    return now;
  }

  private static void put(
      Map<String, String> entries, String certificate, String key, CertificateMaker.Made made) {
    entries.put(certificate, made.certificate());
    entries.put(key, made.key());
  }

  private void promote(Map<String, String> authority) {
    X509Certificate next = CertificateMaker.read(entry(authority, NEXT_CERTIFICATE));
    if (clock.instant().isAfter(next.getNotBefore().toInstant().plus(ANNOUNCEMENT))) {
      authority.put(CERTIFICATE, entry(authority, NEXT_CERTIFICATE));
      authority.put(KEY, entry(authority, NEXT_KEY));
      authority.put(NEXT_CERTIFICATE, "");
      authority.put(NEXT_KEY, "");
    }
  }

  /** All authorities of which somebody may still have a certificate. */
  private String trusted(Map<String, String> authority) {
    Set<String> certificates = new LinkedHashSet<>();
    certificates.add(entry(authority, CERTIFICATE));
    certificates.add(entry(authority, NEXT_CERTIFICATE));
    certificates.addAll(CertificateMaker.split(entry(authority, TRUSTED)));
    certificates.removeIf(
        pem -> pem.isEmpty() || CertificateMaker.end(pem).isBefore(clock.instant()));
    return String.join("", certificates);
  }

  private String certify(Owner owner, CertificatePlan plan, Map<String, String> authority) {
    Map<String, String> before = store.find(owner.secret()).orElse(Map.of());
    Map<String, String> now = new LinkedHashMap<>(before);
    String signer = entry(authority, CERTIFICATE);
    if (!isFit(entry(before, "tls.crt"), owner, signer)) {
      CertificateMaker.Made made =
          maker.issue(owner.names(), clock.instant(), LIFE, signer, entry(authority, KEY));
      put(now, "tls.crt", "tls.key", made);
    }
    now.put("ca.crt", entry(authority, TRUSTED));
    return write(owner.secret(), plan.labels(), before, now);
  }

  private boolean isFit(String pem, Owner owner, String signer) {
    if (pem.isEmpty()) {
      return false;
    }
    X509Certificate certificate = CertificateMaker.read(pem);
    return !isOld(certificate)
        && CertificateMaker.isSignedBy(certificate, signer)
        && CertificateMaker.names(certificate).equals(Set.copyOf(owner.names()));
  }

  private boolean isOld(X509Certificate certificate) {
    Instant begin = certificate.getNotBefore().toInstant();
    Duration life = Duration.between(begin, certificate.getNotAfter().toInstant());
    return clock.instant().isAfter(begin.plus(life.multipliedBy(2).dividedBy(3)));
  }

  private String write(
      String name,
      Map<String, String> labels,
      Map<String, String> before,
      Map<String, String> now) {
    if (before.isEmpty()) {
      store.create(name, labels, now);
      return "made " + name;
    }
    Map<String, String> changed = new TreeMap<>(now);
    changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    if (changed.isEmpty()) {
      return "kept " + name;
    }
    store.complete(name, changed);
    return "renewed " + name + ": " + String.join(", ", changed.keySet());
  }

  private static String entry(Map<String, String> entries, String key) {
    return entries.getOrDefault(key, "");
  }
}
