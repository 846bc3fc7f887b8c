package io.liangjiang.platform.data;

import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * One page of a list by key (AIP-158): the token carries the sort key of the last item, so a page
 * costs the same however far down it is. Fetch {@link #limit()} rows after {@link #key()} and hand
 * them to {@link #cut}.
 *
 * @param size items wanted, 1 to 100
 * @param key sort key of the last item of the page before; empty for the first page
 */
public record Page(int size, List<String> key) {
  private static final int DEFAULT_SIZE = 20;
  private static final int MAX_SIZE = 100;
  private static final int MAX_TOKEN_LENGTH = 512;
  private static final String SEPARATOR = "\n";

  /** Items and where the next page starts; an empty token at the end. */
  public record Cut<T>(List<T> items, String nextPageToken) {}

  /**
   * Reads page_size and page_token. Errors: INVALID_ARGUMENT for a negative size,
   * INVALID_PAGE_TOKEN.
   */
  public static Page of(int pageSize, String pageToken) {
    if (pageSize < 0) {
      throw new ServiceException(PlatformReason.INVALID_ARGUMENT, "page_size must not be negative")
          .violation("page_size", "must not be negative");
    }
    int size = pageSize == 0 ? DEFAULT_SIZE : Math.min(pageSize, MAX_SIZE);
    return new Page(size, decode(pageToken));
  }

  public boolean isFirst() {
    return key.isEmpty();
  }

  /** How many rows to fetch: one more than wanted tells whether there is a next page. */
  public int limit() {
    return size + 1;
  }

  /** A part of the key as a time. Errors: INVALID_PAGE_TOKEN. */
  public Instant keyInstant(int index) {
    return read(index, Instant::parse);
  }

  /** A part of the key as a UUID. Errors: INVALID_PAGE_TOKEN. */
  public UUID keyUuid(int index) {
    return read(index, UUID::fromString);
  }

  /** A part of the key as a number. Errors: INVALID_PAGE_TOKEN. */
  public long keyLong(int index) {
    return read(index, Long::parseLong);
  }

  /** A part of the key as it is. Errors: INVALID_PAGE_TOKEN. */
  public String keyText(int index) {
    return read(index, Function.identity());
  }

  /** Cuts fetched rows to the page; the key of an item is what the next page goes on from. */
  public <T> Cut<T> cut(List<T> rows, Function<T, List<String>> keyOf) {
    if (rows.size() <= size) {
      return new Cut<>(rows, "");
    }
    var items = rows.subList(0, size);
    return new Cut<>(items, token(keyOf.apply(items.getLast())));
  }

  private <T> T read(int index, Function<String, T> parser) {
    try {
      return parser.apply(key.get(index));
    } catch (RuntimeException e) {
      throw invalidToken();
    }
  }

  /** The token of a list that goes on after that key; for lists that are not cut by size. */
  public static String token(List<String> key) {
    String text = String.join(SEPARATOR, key);
    byte[] bytes = (checksum(text) + SEPARATOR + text).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static List<String> decode(String token) {
    if (token.isEmpty()) {
      return List.of();
    }
    if (token.length() > MAX_TOKEN_LENGTH) {
      throw invalidToken();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return checked(new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, 2));
    } catch (IllegalArgumentException e) {
      throw invalidToken();
    }
  }

  private static List<String> checked(String[] sumAndKey) {
    if (sumAndKey.length < 2 || !sumAndKey[0].equals(checksum(sumAndKey[1]))) {
      throw invalidToken();
    }
    return List.of(sumAndKey[1].split(SEPARATOR, -1));
  }

  /** Tells a token that was made up or cut short from one of ours; it is no secret. */
  private static String checksum(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }

  private static ServiceException invalidToken() {
    return new ServiceException(
        PlatformReason.INVALID_PAGE_TOKEN, "page_token is not one of this list");
  }
}
