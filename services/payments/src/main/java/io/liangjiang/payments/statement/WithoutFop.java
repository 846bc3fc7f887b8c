package io.liangjiang.payments.statement;

import com.lowagie.text.pdf.BaseFont;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.Map;

/**
 * OpenPDF's door to Apache FOP, in a native program: a JVM asks at run time whether FOP is on the
 * class path, and it is not; the image builder wants every class that the door names.
 */
@Substitute
@TargetClass(className = "com.lowagie.text.pdf.FopGlyphProcessor")
final class WithoutFop {
  private WithoutFop() {}

  @Substitute
  static boolean isFopSupported() {
    return false;
  }

  @Substitute
  static byte[] convertToBytesWithGlyphs(
      BaseFont font, String text, String fileName, Map<Integer, int[]> longTag, String language) {
    throw new UnsupportedOperationException("Apache FOP is not part of this");
  }
}
