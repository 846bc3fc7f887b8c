package io.liangjiang.standalone.city;

import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * What nobody else may know: made once, kept one file a secret that only the owner of the directory
 * can read, so that the next start finds the same.
 */
public final class Secrets {
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int PASSWORD_LENGTH = 12;

  private final Path directory;
  private final SecureRandom random = new SecureRandom();

  /** Secrets in that directory; it is made when it is missing. */
  public Secrets(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new StartFailure("The secrets in " + directory + " cannot be kept: " + e, e);
    }
  }

  /** Random bytes in Base64. */
  public String base64(String name, int bytes) {
    return kept(name, () -> Base64.getEncoder().encodeToString(bytes(bytes)));
  }

  /**
   * Random characters of a to z and 2 to 9 without the ones that look alike, for a person to type.
   */
  public String password(String name) {
    return letters(name, PASSWORD_LENGTH);
  }

  /**
   * As many random characters as asked for, of a to z and 2 to 9 without the ones that look alike.
   */
  public String letters(String name, int length) {
    return kept(name, () -> randomLetters(length));
  }

  /** Where the secret is kept. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  private String kept(String name, Supplier<String> maker) {
    Path path = path(name);
    try {
      if (!Files.exists(path)) {
        write(path, maker.get());
      }
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw new StartFailure("The secret " + path + " cannot be kept: " + e, e);
    }
  }

  /** Written beside and moved into place, so that a power cut leaves no half secret. */
  private static void write(Path path, String value) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    try {
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw new StartFailure("Another launcher is writing " + path, e);
    }
    Files.writeString(draft, value + "\n", StandardCharsets.UTF_8, StandardOpenOption.SYNC);
    Files.move(draft, path);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String randomLetters(int length) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }
}
