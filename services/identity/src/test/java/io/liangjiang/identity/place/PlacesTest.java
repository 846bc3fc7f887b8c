package io.liangjiang.identity.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.TestSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
  private static final String FILE = "LIANGJIANG_IDENTITY_PLACES_FILE";
  private static final Places WORLD = places(PlacesFile.ofTheWorld().toString(), "zh-CN");

  @TempDir Path folder;

  @AfterAll
  static void close() throws IOException {
    WORLD.close();
  }

  private static Places places(String file, String language) {
    return new Places(
        TestSettings.of(Map.of(FILE, file, "LIANGJIANG_IDENTITY_PLACES_LANGUAGE", language)));
  }

  @Test
  void namesCityRegionAndCountryAndNothingFiner() {
    assertThat(WORLD.of("198.51.100.77")).isEqualTo("成都, 四川省, CN");
    assertThat(WORLD.of("::ffff:198.51.100.77")).isEqualTo("成都, 四川省, CN");
  }

  @Test
  void saysOnceWhatIsCityAndRegion() {
    assertThat(WORLD.of("192.0.2.1")).isEqualTo("重庆, CN");
  }

  @Test
  void speaksTheLanguageThatIsThere() throws IOException {
    assertThat(WORLD.of("203.0.113.127")).isEqualTo("Berlin, Land Berlin, DE");
    Places english = places(PlacesFile.ofTheWorld().toString(), "en");
    assertThat(english.of("198.51.100.77")).isEqualTo("Chengdu, Sichuan, CN");
    english.close();
  }

  @Test
  void saysAsMuchAsTheFileKnows() {
    assertThat(WORLD.of("2001:db8:1::1")).isEqualTo("FR");
  }

  @Test
  void knowsNoPlaceOfOtherAddressesAndOfNone() {
    assertThat(WORLD.of("203.0.113.128")).isEmpty();
    assertThat(WORLD.of("127.0.0.1")).isEmpty();
    assertThat(WORLD.of("2001:db9::1")).isEmpty();
    assertThat(WORLD.of("unknown")).isEmpty();
    assertThat(WORLD.of("example.org")).isEmpty();
    assertThat(WORLD.of("")).isEmpty();
  }

  @Test
  void knowsNoPlaceWithoutAFileWhichIsNoProblem() {
    Places none = new Places(TestSettings.of(Map.of()));
    assertThat(none.of("198.51.100.77")).isEmpty();
    assertThat(none.problems()).isEmpty();
    assertThat(WORLD.problems()).isEmpty();
  }

  @Test
  void refusesTheProductionStartWithAFileThatIsNone() throws IOException {
    Path nonsense = Files.writeString(folder.resolve("nonsense.mmdb"), "no such format");
    for (String file : List.of(nonsense.toString(), folder.resolve("absent").toString())) {
      Places broken = places(file, "zh-CN");
      assertThat(broken.problems())
          .containsExactly("liangjiang.identity.places.file names no file that can be read");
      assertThat(broken.of("198.51.100.77")).isEmpty();
    }
  }

  @Test
  void survivesAFileThatIsDamagedInside() throws IOException {
    Path damaged = folder.resolve("damaged.mmdb");
    Files.copy(PlacesFile.ofTheWorld(), damaged);
    try (var file = new RandomAccessFile(damaged.toFile(), "rw")) {
      for (int i = 0; i < 600; i++) { // all of the tree's first hundred nodes lead nowhere
        file.write(0xfe);
      }
    }
    Places places = places(damaged.toString(), "zh-CN");
    assertThat(places.of("198.51.100.77")).isEmpty();
    places.close();
  }

  @Test
  void boundsWhatItShows() {
    Map<String, Object> found = Map.of("city", Map.of("names", Map.of("en", "x".repeat(500))));
    assertThat(PlaceText.of(found, "zh-CN")).hasSize(PlaceText.MAX_LENGTH);
    assertThat(PlaceText.of(Map.of("country", Map.of("iso_code", "C\u0000N")), "en")).isEmpty();
  }
}
