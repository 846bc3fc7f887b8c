package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Form;
import java.nio.file.Path;

/** The city of one test: of this checkout, in the form that the build asks for. */
final class TestedCity {
  private TestedCity() {}

  /**
   * Options of a city that ends with its test.
   *
   * @param name of its directory
   */
  static CityOptions named(String name) {
    Path checkout =
        Path.of(System.getProperty("liangjiang.checkout", "../..")).toAbsolutePath().normalize();
    return CityOptions.fleeting(checkout, name)
        .withForm(Form.of(System.getProperty("liangjiang.form", "jvm")))
        .withProgress(System.out::println);
  }
}
