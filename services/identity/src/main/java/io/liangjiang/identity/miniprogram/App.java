package io.liangjiang.identity.miniprogram;

/**
 * A registered mini-program.
 *
 * @param id app id
 * @param secret proves to the super-app's server that the city asks; never logged
 */
public record App(String id, String secret) {
  @Override
  public String toString() {
    return "App[" + id + "]";
  }
}
