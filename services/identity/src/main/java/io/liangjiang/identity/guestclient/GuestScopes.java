package io.liangjiang.identity.guestclient;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The scopes of the city. What identity itself tells of a citizen is a closed list, on which the
 * identification number is not; everything with a colon in it means something to a guest's own
 * audience only.
 */
public final class GuestScopes {
  /** The citizen signs in; the guest learns a name for them that is its sector's own. */
  public static final String OPENID = "openid";

  /** The guest may come back without the citizen: refresh tokens. */
  public static final String OFFLINE_ACCESS = "offline_access";

  /** The name that the citizen proved. */
  public static final String NAME = "profile.name";

  /** The birth date that the citizen proved. */
  public static final String BIRTH_DATE = "profile.birth_date";

  /** The citizen's phone number. */
  public static final String PHONE = "phone";

  /** How well the city knows who the citizen is. */
  public static final String REAL_NAME_LEVEL = "real_name_level";

  private static final Set<String> OF_CITIZENS =
      Set.of(OPENID, OFFLINE_ACCESS, NAME, BIRTH_DATE, PHONE, REAL_NAME_LEVEL);
  private static final Pattern OF_AUDIENCES =
      Pattern.compile("(?=.{3,64}$)[a-z0-9._-]+(:[a-z0-9._-]+)+");

  private GuestScopes() {}

  /** Whether there is such a scope. */
  public static boolean exists(String scope) {
    return isOfCitizens(scope) || OF_AUDIENCES.matcher(scope).matches();
  }

  /** Whether it means nothing without a citizen who grants it. */
  public static boolean isOfCitizens(String scope) {
    return OF_CITIZENS.contains(scope);
  }

  /** Those of the first that are among the second, in their order. */
  public static List<String> common(Collection<String> first, Collection<String> second) {
    return first.stream().filter(second::contains).distinct().toList();
  }
}
