package io.liangjiang.payments.statement;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.FontSelector;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import io.liangjiang.payments.statement.Statement.Fact;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A statement as PDF, A4 across. Letters and digits come from Helvetica, which every reader has:
 * fonts that are made to fill in Chinese often have no others.
 */
final class PdfFile {
  static final String MEDIA_TYPE = "application/pdf";
  private static final float MARGIN = 36;
  private static final float[] WIDTHS = {16, 8, 10, 10, 28, 28};
  private static final int FIRST_AMOUNT = 2;
  private static final int LAST_AMOUNT = 3;

  private final FontSelector title;
  private final FontSelector text;

  /** Writes with the font what Helvetica has not. */
  PdfFile(BaseFont chinese) {
    this.title = selector(chinese, 16);
    this.text = selector(chinese, 8);
  }

  private static FontSelector selector(BaseFont chinese, float size) {
    var selector = new FontSelector();
    selector.addFont(new Font(Font.HELVETICA, size));
    selector.addFont(new Font(chinese, size));
    return selector;
  }

  byte[] write(Statement statement) {
    var out = new ByteArrayOutputStream();
    var document = new Document(PageSize.A4.rotate(), MARGIN, MARGIN, MARGIN, MARGIN);
    PdfWriter.getInstance(document, out);
    document.addTitle(statement.title());
    document.addCreator("Liangjiang");
    document.open();
    document.add(new Paragraph(title.process(statement.title())));
    for (Fact fact : statement.facts()) {
      document.add(new Paragraph(text.process(fact.name() + ": " + fact.value())));
    }
    document.add(table(statement));
    document.close();
    return out.toByteArray();
  }

  /** The names of the columns are repeated on each page. */
  private PdfPTable table(Statement statement) {
    var table = new PdfPTable(WIDTHS);
    table.setWidthPercentage(100);
    table.setSpacingBefore(8);
    statement.columns().forEach(name -> table.addCell(cell(name, Element.ALIGN_LEFT)));
    table.setHeaderRows(1);
    for (List<String> line : statement.lines()) {
      for (int i = 0; i < line.size(); i++) {
        boolean amount = i >= FIRST_AMOUNT && i <= LAST_AMOUNT;
        table.addCell(cell(line.get(i), amount ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT));
      }
    }
    return table;
  }

  private PdfPCell cell(String value, int alignment) {
    var cell = new PdfPCell(text.process(value));
    cell.setHorizontalAlignment(alignment);
    cell.setPadding(3);
    return cell;
  }
}
