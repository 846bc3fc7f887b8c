package io.liangjiang.cityctl.days;

import com.fasterxml.jackson.databind.JsonNode;
import io.liangjiang.cityctl.desk.Desk;
import io.liangjiang.cityctl.desk.Operator;
import io.liangjiang.cityctl.desk.Sheet;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cityctl days}: from the channels' bills to a closed day. */
@Command(
    name = "days",
    description = "Closes the books of a day. Signs in as admin or auditor.",
    mixinStandardHelpOptions = true)
public final class DaysCommand {
  private static final String DAYS = "/v1/businessDays";
  private static final String BREAKS = "/v1/reconciliationBreaks";
  private static final String DATE = "The business day, yyyy-MM-dd.";

  /** How a break is settled. */
  enum Resolution {
    /** A note explains it. */
    NOTE,
    /** The difference is booked. */
    ADJUSTING_ENTRY
  }

  @Command(description = "Lists days, the newest first.", mixinStandardHelpOptions = true)
  int list(
      @Mixin Operator operator,
      @Option(names = "--open", description = "Only those that are not closed.") boolean open) {
    return operator.run(
        (desk, sheet) -> {
          sheet.list(
              desk.all(Desk.with(DAYS, "state", open ? "OPEN" : ""), "days"),
              "/businessDate",
              "/state",
              "/openBreakCount",
              "/transferCount",
              "/closedBy",
              "/closeTime");
          return Operator.DONE;
        });
  }

  @Command(description = "Shows a day with its bills and totals.", mixinStandardHelpOptions = true)
  int show(@Mixin Operator operator, @Parameters(description = DATE) LocalDate date) {
    return operator.run(
        (desk, sheet) -> {
          sheet.one(desk.get(path(date)));
          return Operator.DONE;
        });
  }

  @Command(
      description = "Lists open breaks; exits with 1 when there are some.",
      mixinStandardHelpOptions = true)
  int breaks(
      @Mixin Operator operator,
      @Parameters(arity = "0..1", defaultValue = "", description = DATE + " All days without it.")
          String date) {
    return operator.run((desk, sheet) -> breaks(desk, sheet, date));
  }

  @Command(
      name = "import-bills",
      description = "Fetches the channels' bills of a day and matches them.",
      mixinStandardHelpOptions = true)
  int importBills(@Mixin Operator operator, @Parameters(description = DATE) LocalDate date) {
    return operator.run(
        (desk, sheet) -> {
          JsonNode day = desk.post(path(date) + ":importBills", Map.of());
          sheet.one(day);
          return day.path("openBreakCount").asInt() == 0 ? Operator.DONE : Operator.NOT_DONE;
        });
  }

  @Command(description = "Settles a break.", mixinStandardHelpOptions = true)
  int resolve(
      @Mixin Operator operator,
      @Parameters(description = "The break's id.") String breakId,
      @Option(names = "--by", required = true, description = "${COMPLETION-CANDIDATES}.")
          Resolution resolution,
      @Option(names = "--note", required = true, description = "Why; for the auditor.")
          String note) {
    return operator.run(
        (desk, sheet) -> {
          sheet.one(
              desk.post(
                  BREAKS + "/" + Desk.encoded(breakId) + ":resolve",
                  Map.of("resolution", resolution.name(), "note", note)));
          return Operator.DONE;
        });
  }

  @Command(
      description = "Closes a day; refused while a bill is missing or a break is open.",
      mixinStandardHelpOptions = true)
  int close(@Mixin Operator operator, @Parameters(description = DATE) LocalDate date) {
    return operator.run(
        (desk, sheet) -> {
          sheet.one(desk.post(path(date) + ":close", Map.of()));
          return Operator.DONE;
        });
  }

  private static int breaks(Desk desk, Sheet sheet, String date) {
    String path = Desk.with(Desk.with(BREAKS, "state", "OPEN"), "businessDate", date);
    List<JsonNode> found = desk.all(path, "breaks");
    sheet.list(
        found, "/breakId", "/businessDate", "/channel", "/type", "/owner", "/subject", "/detail");
    return found.isEmpty() ? Operator.DONE : Operator.NOT_DONE;
  }

  private static String path(LocalDate date) {
    return DAYS + "/" + date;
  }
}
