package io.liangjiang.payments.statement;

import com.lowagie.text.pdf.BaseFont;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The font of PDF statements. With a font file its glyphs go into the file and it looks the same
 * everywhere; without, the reader brings its own for Adobe's simplified Chinese collection.
 */
@Singleton
@Startup
final class StatementFont {
  private static final String OF_THE_READER = "STSongStd-Light";
  private static final String ENCODING = "UniGB-UCS2-H";

  private final BaseFont font;

  /** Errors: IllegalStateException when the file is no font. */
  StatementFont(
      @ConfigProperty(name = "liangjiang.payments.statement-font-file") Optional<String> file) {
    try {
      this.font =
          file.isPresent()
              ? BaseFont.createFont(file.get(), BaseFont.IDENTITY_H, BaseFont.EMBEDDED)
              : BaseFont.createFont(OF_THE_READER, ENCODING, BaseFont.NOT_EMBEDDED);
    } catch (IOException e) {
      throw new UncheckedIOException("liangjiang.payments.statement-font-file", e);
    }
  }

  BaseFont font() {
    return font;
  }
}
