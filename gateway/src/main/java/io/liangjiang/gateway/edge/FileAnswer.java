package io.liangjiang.gateway.edge;

import io.liangjiang.platform.v1.File;
import java.util.regex.Pattern;

/**
 * A file as an HTTP answer: to be kept under its name, and never one that a browser would run.
 *
 * @param mediaType value of Content-Type
 * @param disposition value of Content-Disposition
 */
record FileAnswer(String mediaType, String disposition, byte[] content) {
  private static final Pattern SAFE_TYPE =
      Pattern.compile("(text/csv|text/plain|application/(pdf|json|zip))(; charset=utf-8)?");
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,119}");

  /** Errors: IllegalStateException for a type or a name that is not passed on. */
  static FileAnswer of(File file) {
    boolean isSafe =
        SAFE_TYPE.matcher(file.getMediaType()).matches()
            && SAFE_NAME.matcher(file.getFileName()).matches();
    if (!isSafe) {
      throw new IllegalStateException("a file of a type or a name that is not passed on");
    }
    return new FileAnswer(
        file.getMediaType(),
        "attachment; filename=\"" + file.getFileName() + "\"",
        file.getContent().toByteArray());
  }
}
