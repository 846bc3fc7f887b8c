package io.liangjiang.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of an application of a few small files, on a base of nothing. */
final class ImagesTest {
  @TempDir Path directory;
  private Path checkout;
  private Path base;

  @BeforeEach
  void layOut() throws Exception {
    System.setProperty("jib.disableUpdateChecks", "true");
    checkout = checkout("one");
    base = directory.resolve("base.tar");
    Jib.fromScratch()
        .addEnvironmentVariable("PATH", "/opt/java/openjdk/bin")
        .setPlatforms(Set.of(new Platform(architecture(), "linux")))
        .containerize(
            Containerizer.to(TarImage.at(base).named("test/base"))
                .setBaseImageLayersCache(directory.resolve("cache"))
                .setApplicationLayersCache(directory.resolve("cache")));
  }

  @Test
  void makesTheSameBytesFromTheSameInput() throws Exception {
    JibContainer first = image(checkout, "first");
    Path other = checkout("two");
    try (var files = Files.walk(other)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
      }
    }

    JibContainer second = image(other, "second");

    assertThat(second.getDigest()).isEqualTo(first.getDigest());
    assertThat(archive("second")).hasSameBinaryContentAs(archive("first"));
  }

  @Test
  void changesWithWhatItHolds() throws Exception {
    JibContainer first = image(checkout, "first");
    Files.writeString(Component.PAYMENTS.application(checkout).resolve("app/payments.jar"), "new");

    assertThat(image(checkout, "second").getDigest()).isNotEqualTo(first.getDigest());
  }

  @Test
  void runsAsAUserThatOwnsNothing() throws Exception {
    image(checkout, "image");

    JsonNode config = new Archive(archive("image")).config();

    assertThat(config.at("/config/User").asText()).isEqualTo("10001:10001");
    assertThat(config.at("/created").asText()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(config.at("/config/WorkingDir").asText()).isEqualTo("/app");
    assertThat(config.at("/config/ExposedPorts").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("9000/tcp", "9002/tcp", "9012/tcp");
    assertThat(config.at("/config/Env").toString())
        .contains("PATH=/opt/java/openjdk/bin")
        .contains("LANG=C.UTF-8")
        .contains("QUARKUS_MANAGEMENT_PORT=9000");
    assertThat(config.at("/config/Labels/org.opencontainers.image.version").asText())
        .isEqualTo("1.2.3");
    assertThat(config.at("/config/Entrypoint").toString())
        .endsWith("\"-jar\",\"quarkus-run.jar\"]")
        .contains("-Dsun.net.inetaddr.ttl=2", "-Dnetworkaddress.cache.ttl=2")
        .contains("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8")
        .doesNotContain("AOTCache");
  }

  @Test
  void keepsWhatChangesSeldomInLayersOfItsOwn() throws Exception {
    image(checkout, "image");

    List<Set<String>> layers = new Archive(archive("image")).layers();

    assertThat(layers.get(0)).containsExactly("app/lib/main/org.library.jar");
    assertThat(layers.get(1)).containsExactly("app/lib/main/io.liangjiang.platform.jar");
    assertThat(layers.get(2))
        .containsExactly(
            "app/app/payments.jar",
            "app/launcher.jar",
            "app/quarkus-run.jar",
            "app/quarkus/generated-bytecode.jar",
            "app/quarkus/transformed-bytecode.jar");
    assertThat(layers.get(3))
        .containsExactly("usr/share/doc/liangjiang/LICENSE", "usr/share/doc/liangjiang/sbom.json");
    assertThat(layers).hasSize(4);
  }

  @Test
  void startsFromTheCacheWhereThereIsOne() throws Exception {
    Files.writeString(
        Files.createDirectories(directory.resolve("aot")).resolve("payments.aot"), "cache");
    image(checkout, "image");

    Archive archive = new Archive(archive("image"));

    assertThat(archive.config().at("/config/Entrypoint").toString())
        .endsWith("\"-XX:AOTCache=/app/app.aot\",\"-jar\",\"launcher.jar\"]");
    assertThat(archive.layers().getLast()).containsExactly("app/app.aot");
  }

  @Test
  void leavesOutTheCacheOfAnEarlierBuild() throws Exception {
    Path cache = Files.createDirectories(directory.resolve("aot")).resolve("payments.aot");
    Files.writeString(cache, "cache");
    Path packaged = Component.PAYMENTS.application(checkout).resolve("quarkus-run.jar");
    long packagedAt = Files.getLastModifiedTime(packaged).toMillis();
    Files.setLastModifiedTime(cache, FileTime.fromMillis(packagedAt - 1));
    image(checkout, "image");

    Archive archive = new Archive(archive("image"));

    assertThat(archive.config().at("/config/Entrypoint").toString())
        .endsWith("\"-jar\",\"quarkus-run.jar\"]");
    assertThat(archive.layers()).hasSize(4);
  }

  @Test
  void holdsTheCompiledProgramAlone() throws Exception {
    Path program = Component.PAYMENTS.nativeProgram(checkout);
    Files.writeString(program, "ELF");
    make(Component.PAYMENTS, checkout, "image", "native");

    Archive archive = new Archive(archive("image"));

    assertThat(archive.config().at("/config/Entrypoint").toString())
        .isEqualTo(
            "[\"/app/payments-runner\",\"-XX:MaximumHeapSizePercent=60\","
                + "\"-Dnetworkaddress.cache.ttl=2\"]");
    assertThat(archive.layers().getFirst()).containsExactly("app/payments-runner");
    assertThat(archive.layers()).hasSize(2);
    Files.delete(program);
    assertThatThrownBy(() -> make(Component.PAYMENTS, checkout, "image", "native"))
        .hasMessageContaining("payments is not compiled (make native)");
    assertThatThrownBy(() -> make(Component.PAYMENTS, checkout, "image", "wasm"))
        .hasMessage("images are jvm, native or training, not wasm");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> Component.named(List.of("payment")))
        .isInstanceOf(BadRequest.class)
        .hasMessage("nothing is called payment");
    Files.delete(Component.PAYMENTS.billOfMaterials(checkout));
    assertThatThrownBy(() -> image(checkout, "image")).hasMessageContaining("no bill of materials");
    Files.delete(Component.PAYMENTS.application(checkout).resolve("quarkus-run.jar"));
    assertThatThrownBy(() -> image(checkout, "image")).hasMessageContaining("is not packaged");
  }

  @Test
  void takesAFileForAnArchive() {
    assertThat(Images.base(base.toString())).isEqualTo("tar://" + base);
    assertThat(Images.base("registry.city.cn/java:25")).isEqualTo("registry.city.cn/java:25");
  }

  @Test
  void namesArchivesAsTheKubeletLooksForThem() throws Exception {
    image(checkout, "image");

    JsonNode annotations = new Archive(archive("image")).annotations();

    assertThat(annotations.get("org.opencontainers.image.ref.name").asText())
        .isEqualTo("liangjiang/payments:1.2.3");
    assertThat(annotations.get("io.containerd.image.name").asText())
        .isEqualTo("docker.io/liangjiang/payments:1.2.3");
    assertThat(ImportName.full("postgres:18")).isEqualTo("docker.io/library/postgres:18");
    assertThat(ImportName.full("localhost/a:1")).isEqualTo("localhost/a:1");
    assertThat(ImportName.full("registry.city.cn/a/b:1")).isEqualTo("registry.city.cn/a/b:1");
  }

  @Test
  void shipsTheTrialsDatabaseWithItsEmptyFolders() throws Exception {
    Path laidOut = checkout.resolve("target/database");
    Path program = laidOut.resolve("postgresql/bin/postgres");
    for (Path file :
        List.of(
            program,
            laidOut.resolve("postgresql/lib/libpq.a"),
            laidOut.resolve("template/PG_VERSION"),
            checkout.resolve("services/standalone/target/standalone.jar"),
            checkout.resolve("services/standalone/target/standalone-sbom.json"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "18");
    }
    Files.createDirectories(laidOut.resolve("template/pg_notify"));
    assertThat(program.toFile().setExecutable(true)).isTrue();

    make(Component.DATABASE, checkout, "image", "jvm");

    Archive archive = new Archive(destination("image").archive(Component.DATABASE));
    assertThat(archive.entries())
        .contains(
            "opt/liangjiang/postgresql/bin/postgres 755",
            "opt/liangjiang/template/PG_VERSION 644",
            "opt/liangjiang/template/pg_notify/ 755",
            "app/standalone.jar 644")
        .noneMatch(entry -> entry.contains("libpq.a"));
    assertThat(archive.config().at("/config/Entrypoint").toString())
        .endsWith("TrialDatabase\",\"/opt/liangjiang/postgresql\",\"/opt/liangjiang/template\"]");
    assertThat(archive.config().at("/config/User").asText()).isEqualTo("10001:10001");
  }

  @Test
  void attachesTheBillOfMaterialsToWhatItPushes() throws Exception {
    try (FakeRegistry registry = new FakeRegistry()) {
      Destination pushed = new Destination(directory.resolve("pushed"), registry.prefix(), "1.2.3");
      String image =
          Images.make(Component.PAYMENTS, checkout, recipe("jvm"), pushed).getDigest().toString();
      int size = registry.size();

      JsonNode listed = json(registry.get(image.replace(':', '-'))).at("/manifests/0");
      JsonNode attached = json(registry.get(listed.get("digest").asText()));

      assertThat(registry.get("1.2.3")).isEqualTo(registry.get(image));
      assertThat(listed.get("artifactType").asText()).isEqualTo("application/vnd.cyclonedx+json");
      assertThat(attached.get("artifactType").asText()).isEqualTo("application/vnd.cyclonedx+json");
      assertThat(attached.at("/subject/digest").asText()).isEqualTo(image);
      assertThat(attached.at("/subject/size").asInt()).isEqualTo(registry.get(image).length);
      assertThat(registry.get(attached.at("/layers/0/digest").asText()))
          .isEqualTo(Files.readAllBytes(Component.PAYMENTS.billOfMaterials(checkout)));

      Images.make(Component.PAYMENTS, checkout, recipe("jvm"), pushed);
      assertThat(registry.size()).as("the same again adds nothing").isEqualTo(size);
    }
  }

  private static JsonNode json(byte[] text) throws IOException {
    return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
  }

  @Test
  void namesItsBaseByDigest() throws Exception {
    assertThat(Images.DEFAULT_BASE).matches(".+:25[^:@]+@sha256:[0-9a-f]{64}");
    assertThat(com.google.cloud.tools.jib.api.ImageReference.parse(Images.DEFAULT_BASE).getDigest())
        .isPresent();
  }

  @Test
  void saysThatTheTrialsDatabaseIsNotLaidOut() {
    assertThatThrownBy(() -> make(Component.DATABASE, checkout, "image", "jvm"))
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining("database is not packaged");
  }

  private JibContainer image(Path from, String folder) throws Exception {
    return make(Component.PAYMENTS, from, folder, "jvm");
  }

  private JibContainer make(Component component, Path from, String folder, String form)
      throws Exception {
    return Images.make(component, from, recipe(form), destination(folder));
  }

  private Recipe recipe(String form) {
    return new Recipe(Images.base(base.toString()), "1.2.3", directory.resolve("aot"), form);
  }

  private Destination destination(String folder) throws IOException {
    return new Destination(Files.createDirectories(directory.resolve(folder)), "", "1.2.3");
  }

  private Path archive(String folder) throws IOException {
    return destination(folder).archive(Component.PAYMENTS);
  }

  private Path checkout(String name) throws IOException {
    Path root = directory.resolve(name);
    Path application = Component.PAYMENTS.application(root);
    Packaged.runner(application.resolve("quarkus-run.jar"));
    for (String file :
        List.of(
            "app/payments.jar",
            "quarkus/generated-bytecode.jar",
            "quarkus/transformed-bytecode.jar",
            "lib/main/org.library.jar",
            "lib/main/io.liangjiang.platform.jar")) {
      Path path = application.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, file.getBytes(UTF_8));
    }
    Files.writeString(Component.PAYMENTS.billOfMaterials(root), "{}");
    Files.writeString(root.resolve("LICENSE"), "Apache");
    return root;
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
