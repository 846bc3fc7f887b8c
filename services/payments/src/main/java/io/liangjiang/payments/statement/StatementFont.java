package io.liangjiang.payments.statement;

import com.lowagie.text.pdf.BaseFont;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The font of PDF statements. With a font file its glyphs go into the file and it looks the same
 * everywhere: the file that is named, or Droid Sans Fallback (Apache-2.0) where Debian puts it.
 * Without any, the reader brings its own for Adobe's simplified Chinese collection, or shows boxes.
 */
@Singleton
@Startup
final class StatementFont {
  private static final Path OF_DEBIAN =
      Path.of("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf");
  private static final String OF_THE_READER = "STSongStd-Light";
  private static final String ENCODING = "UniGB-UCS2-H";

  private final BaseFont font;

  /** Errors: UncheckedIOException when the file that is named is no font. */
  @Inject
  StatementFont(
      @ConfigProperty(name = "liangjiang.payments.statement-font-file") Optional<String> file) {
    this(file, OF_DEBIAN);
  }

  /** The font, or that of the machine, or that of the reader. */
  StatementFont(Optional<String> file, Path ofTheMachine) {
    Optional<String> found =
        file.or(() -> Optional.of(ofTheMachine).filter(Files::isReadable).map(Path::toString));
    try {
      this.font =
          found.isPresent()
              ? BaseFont.createFont(found.get(), BaseFont.IDENTITY_H, BaseFont.EMBEDDED)
              : BaseFont.createFont(OF_THE_READER, ENCODING, BaseFont.NOT_EMBEDDED);
    } catch (IOException e) {
      throw new UncheckedIOException("liangjiang.payments.statement-font-file", e);
    }
  }

  BaseFont font() {
    return font;
  }
}
