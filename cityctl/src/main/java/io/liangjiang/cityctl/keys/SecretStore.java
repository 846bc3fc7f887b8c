package io.liangjiang.cityctl.keys;

import java.util.Map;
import java.util.Optional;

/** Where Secrets are kept. */
interface SecretStore {
  /** The entries of a Secret; empty when there is none of that name. */
  Optional<Map<String, String>> find(String name);

  /** Makes a Secret that is not there. */
  void create(String name, Map<String, String> labels, Map<String, String> entries);

  /** Puts entries beside those that a Secret has. */
  void complete(String name, Map<String, String> entries);
}
