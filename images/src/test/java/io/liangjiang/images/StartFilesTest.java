package io.liangjiang.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFilesTest {
  private static final String PROVIDER =
      "lib/main/software.amazon.cryptools.AmazonCorrettoCryptoProvider-2.5.0-linux-x86_64.jar";
  private static final String LIBRARY =
      "com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so";

  @TempDir Path application;

  @BeforeEach
  void layOut() throws IOException {
    Packaged.runner(application.resolve("quarkus-run.jar"));
    for (String file :
        new String[] {
          "lib/main/b.jar",
          "lib/main/a.jar",
          "lib/boot/boot.jar",
          "app/payments.jar",
          "quarkus/generated-bytecode.jar",
          "quarkus/transformed-bytecode.jar",
          "quarkus/quarkus-application.dat"
        }) {
      Files.createDirectories(application.resolve(file).getParent());
      Files.writeString(application.resolve(file), file);
    }
  }

  @Test
  void launcherNamesAllJarsAndOpensWhatTheRunnerDoes() throws IOException {
    StartFiles.lay(application);

    Attributes manifest = launcher();
    assertThat(manifest.getValue("Class-Path"))
        .isEqualTo(
            "quarkus/transformed-bytecode.jar quarkus/generated-bytecode.jar app/payments.jar"
                + " lib/boot/boot.jar lib/main/a.jar lib/main/b.jar");
    assertThat(manifest.getValue("Main-Class")).isEqualTo("io.quarkus.runner.GeneratedMain");
    assertThat(manifest.getValue("Add-Opens")).isEqualTo("java.base/java.lang");
  }

  @Test
  void layingThemAgainChangesNothing() throws IOException {
    StartFiles.lay(application);
    byte[] first = Files.readAllBytes(application.resolve("launcher.jar"));

    StartFiles.lay(application);

    assertThat(application.resolve("launcher.jar")).hasBinaryContent(first);
  }

  @Test
  void takesTheLibraryOutOfTheProvidersJar() throws IOException {
    provider(LIBRARY);

    StartFiles.lay(application);

    assertThat(application.resolve("lib/native/libamazonCorrettoCryptoProvider.so"))
        .hasContent("ELF");
    assertThat(JavaProcess.options(application, Path.of("/app")))
        .contains(
            "-Djava.library.path=/app/lib/native",
            "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true");
  }

  @Test
  void sayNothingOfALibraryWhereThereIsNone() throws IOException {
    StartFiles.lay(application);

    assertThat(JavaProcess.options(application, Path.of("/app"))).isEqualTo(JavaProcess.options());
  }

  @Test
  void refusesAProviderOfAnotherMachine() throws IOException {
    provider("com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.dylib");

    assertThatThrownBy(() -> StartFiles.lay(application))
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining("no library for this machine");
  }

  private Attributes launcher() throws IOException {
    try (JarFile jar = new JarFile(application.resolve("launcher.jar").toFile())) {
      return jar.getManifest().getMainAttributes();
    }
  }

  private void provider(String entry) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(application.resolve(PROVIDER));
        JarOutputStream jar = new JarOutputStream(bytes)) {
      jar.putNextEntry(new JarEntry(entry));
      jar.write("ELF".getBytes(StandardCharsets.UTF_8));
    }
  }
}
