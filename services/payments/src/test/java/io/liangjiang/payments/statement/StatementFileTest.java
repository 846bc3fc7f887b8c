package io.liangjiang.payments.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import io.liangjiang.payments.statement.StatementText.Payee;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementFileTest {
  private static final Period MAY = new Period(LocalDate.of(2026, 5, 1), LocalDate.of(2026, 5, 31));
  private static final Instant NOW = Instant.parse("2026-06-01T02:00:00Z");

  @Test
  void csvHasTheBalanceAfterEachLine() {
    Statement statement =
        StatementText.wallet(
            "c1",
            MAY,
            1_000,
            List.of(movement(1, 5_000, 0, "", "t1"), movement(2, -1_234, 0, "天生三桥 门票", "o1")),
            NOW);

    List<String> lines =
        new String(CsvFile.write(statement), StandardCharsets.UTF_8).lines().toList();

    assertThat(lines.getFirst()).isEqualTo("\uFEFF两江钱包账单");
    assertThat(lines).contains("期初余额(元),10.00", "期末余额(元),47.66", "期间,2026-05-01 至 2026-05-31");
    assertThat(lines.subList(lines.size() - 3, lines.size()))
        .containsExactly(
            "时间,类型,金额(元),余额(元),说明,业务编号",
            "2026-05-02 10:00:00,充值,50.00,60.00,,t1",
            "2026-05-02 10:00:00,支付,-12.34,47.66,天生三桥 门票,o1");
  }

  @Test
  void csvMakesNoFormulaOfSomebodysText() {
    Statement statement =
        StatementText.merchant(
            new Payee("m1", "武隆旅游", 70),
            MAY,
            List.of(movement(1, 100, 30, "=HYPERLINK(\"http://x\")", "a,b")),
            NOW);

    String file = new String(CsvFile.write(statement), StandardCharsets.UTF_8);

    assertThat(file)
        .contains("1.00,0.30,\"'=HYPERLINK(\"\"http://x\"\")\",\"a,b\"")
        .contains("收款(元),1.00")
        .contains("当前可用余额(元),0.70");
  }

  @Test
  void csvMakesNoFormulaOfAMerchantsName() {
    Statement statement = StatementText.merchant(new Payee("m1", "=1+1", -70), MAY, List.of(), NOW);

    String file = new String(CsvFile.write(statement), StandardCharsets.UTF_8);

    assertThat(file).contains("商户,'=1+1 (m1)").contains("当前可用余额(元),-0.70");
  }

  @Test
  void pdfRepeatsTheColumnsOnEveryPage() throws Exception {
    var movements = Collections.nCopies(200, movement(2, -1, 0, "公交 871 路", "r"));
    Statement statement = StatementText.wallet("c1", MAY, 1_000, movements, NOW);
    var font = BaseFont.createFont("STSongStd-Light", "UniGB-UCS2-H", BaseFont.NOT_EMBEDDED);

    byte[] file = new PdfFile(font).write(statement);

    assertThat(new String(file, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    try (var reader = new PdfReader(file)) {
      assertThat(reader.getNumberOfPages()).isGreaterThan(4);
      for (int page = 1; page <= reader.getNumberOfPages(); page++) {
        assertThat(fontsOf(reader, page))
            .contains("/Helvetica")
            .anyMatch(f -> f.contains("STSong"));
        assertThat(new PdfTextExtractor(reader).getTextFromPage(page)).contains("-0.01", "871");
      }
    }
  }

  private static List<String> fontsOf(PdfReader reader, int page) {
    var fonts = reader.getPageN(page).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.FONT);
    return fonts.getKeys().stream()
        .map(name -> fonts.getAsDict(name).getAsName(PdfName.BASEFONT).toString())
        .toList();
  }

  private static Movement movement(
      int kind, long minor, long deducted, String description, String reference) {
    return new Movement(
        Instant.parse("2026-05-02T02:00:00Z"), kind, minor, deducted, reference, description);
  }
}
