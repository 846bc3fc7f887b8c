package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.channel.Bills.Type;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Hands out bills: first an address that lives 5 minutes, then the file behind it. */
@Singleton
final class BillFiles {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int MONTHS = 3;
  private static final String SEPARATOR = "~";

  /** Stands where a trade bill's ticket has its type. */
  private static final String FUND_FLOW = "FUND_FLOW";

  private final Bills bills;
  private final FundFlows fundFlows;
  private final ChannelKeys keys;
  private final InstantSource clock;

  BillFiles(Bills bills, FundFlows fundFlows, ChannelKeys keys, InstantSource clock) {
    this.bills = bills;
    this.fundFlows = fundFlows;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The answer to an application for the trade bill. Types may be null: ALL, not packed. Errors:
   * PARAM_ERROR, NO_STATEMENT_EXIST.
   */
  Map<String, Object> apply(String baseUrl, String day, String type, String packing) {
    return answer(baseUrl, parseDay(day), parseType(type).name(), packing);
  }

  /**
   * The answer to an application for the fund-flow bill of the basic account. Errors: PARAM_ERROR,
   * NO_STATEMENT_EXIST.
   */
  Map<String, Object> applyFundFlow(String baseUrl, String day, String account, String packing) {
    if (account != null && !account.equals("BASIC")) {
      throw ChannelErrors.parameter("account_type must be BASIC or absent");
    }
    return answer(baseUrl, parseDay(day), FUND_FLOW, packing);
  }

  /** The file behind a token. Errors: PARAM_ERROR for a token that is wrong or too old. */
  byte[] download(String token) {
    List<String> ticket = open(token == null ? "" : token);
    Instant end = Instant.ofEpochSecond(Long.parseLong(ticket.get(3)));
    if (!end.isAfter(clock.instant())) {
      throw ChannelErrors.parameter("the address is older than 5 minutes");
    }
    byte[] bytes =
        file(LocalDate.parse(ticket.get(0)), ticket.get(1)).getBytes(StandardCharsets.UTF_8);
    return ticket.get(2).equals("GZIP") ? gzip(bytes) : bytes;
  }

  private Map<String, Object> answer(String baseUrl, LocalDate day, String type, String packing) {
    String ticket =
        String.join(
            SEPARATOR,
            day.toString(),
            type,
            parsePacking(packing) ? "GZIP" : "PLAIN",
            Long.toString(clock.instant().plus(LIFE).getEpochSecond()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("hash_type", "SHA1");
    answer.put("hash_value", sha1(file(day, type)));
    answer.put("download_url", baseUrl + "/v3/billdownload/file?token=" + seal(ticket));
    return answer;
  }

  private String file(LocalDate day, String type) {
    return type.equals(FUND_FLOW) ? fundFlows.of(day) : bills.of(day, Type.valueOf(type));
  }

  private LocalDate parseDay(String day) {
    LocalDate today = ChannelTime.day(clock.instant());
    try {
      LocalDate parsed = LocalDate.parse(day == null ? "" : day);
      if (parsed.isAfter(today) || parsed.isBefore(today.minusMonths(MONTHS))) {
        throw ChannelErrors.noBill();
      }
      return parsed;
    } catch (DateTimeParseException e) {
      throw ChannelErrors.parameter("bill_date must be yyyy-MM-dd");
    }
  }

  private static Type parseType(String type) {
    try {
      return type == null ? Type.ALL : Type.valueOf(type);
    } catch (IllegalArgumentException e) {
      throw ChannelErrors.parameter("bill_type must be ALL, SUCCESS or REFUND");
    }
  }

  private static boolean parsePacking(String packing) {
    if (packing != null && !packing.equals("GZIP")) {
      throw ChannelErrors.parameter("tar_type must be GZIP or absent");
    }
    return packing != null;
  }

  private String seal(String ticket) {
    String text = ticket + SEPARATOR + keys.seal(ticket);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> open(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int end = text.lastIndexOf(SEPARATOR);
      String ticket = text.substring(0, Math.max(end, 0));
      String seal = text.substring(end + 1);
      if (keys.seal(ticket).equals(seal)) {
        return List.of(ticket.split(SEPARATOR, -1));
      }
    } catch (IllegalArgumentException e) {
      throw ChannelErrors.parameter("token is wrong");
    }
    throw ChannelErrors.parameter("token is wrong");
  }

  private static String sha1(String file) {
    try {
      byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no SHA-1", e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
