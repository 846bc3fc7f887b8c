package io.liangjiang.identity.guesttoken;

import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.guest.GuestAccess;
import io.liangjiang.identity.guest.GuestSession;
import io.liangjiang.identity.guest.GuestTokens;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.profile.RealNames;
import io.liangjiang.identity.v1.ClientScope;
import io.liangjiang.platform.access.AccessRecords;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a guest learns of a citizen: what was granted and is known, nothing else, and each reading
 * leaves an access record with the purpose that was registered. The identification number is not
 * among it.
 */
@ApplicationScoped
class CitizenClaims {
  private static final String GUEST_ROLE = "guest";
  private static final int MAINLAND_DIGITS = 11;

  private final Citizens citizens;
  private final RealNames realNames;
  private final GuestTokens tokens;
  private final AccessRecords records;
  private final Database database;

  CitizenClaims(
      Citizens citizens,
      RealNames realNames,
      GuestTokens tokens,
      AccessRecords records,
      Database database) {
    this.citizens = citizens;
    this.realNames = realNames;
    this.tokens = tokens;
    this.records = records;
    this.database = database;
  }

  /** The claims of a token that has a session. */
  Uni<UserInfo> of(GuestAccess access) {
    GuestSession session = Objects.requireNonNull(access.session());
    var claims = new UserInfo(new Subject(tokens.subject(access.client(), session)));
    List<String> scopes = access.scopes();
    Uni<List<String>> told =
        addLevel(claims, session, scopes)
            .chain(() -> addProved(claims, session, scopes))
            .chain(kinds -> addPhone(claims, session, scopes, kinds));
    return told.chain(kinds -> note(access, session, kinds)).replaceWith(claims);
  }

  private Uni<Void> addLevel(UserInfo claims, GuestSession session, List<String> scopes) {
    return scopes.contains(GuestScopes.REAL_NAME_LEVEL)
        ? citizens
            .get(session.citizenId())
            .invoke(c -> claims.setClaim("real_name_level", level(c.assuranceLevel())))
            .replaceWithVoid()
        : Uni.createFrom().voidItem();
  }

  private Uni<List<String>> addProved(UserInfo claims, GuestSession session, List<String> scopes) {
    List<String> kinds = new ArrayList<>();
    if (!scopes.contains(GuestScopes.NAME) && !scopes.contains(GuestScopes.BIRTH_DATE)) {
      return Uni.createFrom().item(kinds);
    }
    return realNames
        .find(session.citizenId())
        .map(
            found -> {
              if (found.isPresent() && scopes.contains(GuestScopes.NAME)) {
                claims.setName(found.get().name());
                kinds.add(GuestScopes.NAME);
              }
              if (found.isPresent() && scopes.contains(GuestScopes.BIRTH_DATE)) {
                claims.setBirthdate(found.get().birthDate().toString());
                kinds.add(GuestScopes.BIRTH_DATE);
              }
              return kinds;
            });
  }

  private Uni<List<String>> addPhone(
      UserInfo claims, GuestSession session, List<String> scopes, List<String> kinds) {
    Uni<Optional<PhoneNumber>> known =
        scopes.contains(GuestScopes.PHONE)
            ? citizens.phone(session.citizenId())
            : Uni.createFrom().item(Optional.empty());
    return known.map(
        phone -> {
          if (phone.isPresent()) {
            claims.setPhoneNumber(international(phone.get().digits()));
            claims.setPhoneNumberVerified(true);
            kinds.add(GuestScopes.PHONE);
          }
          return kinds;
        });
  }

  private Uni<Void> note(GuestAccess access, GuestSession session, List<String> kinds) {
    Caller guest = reader(access.client());
    return Multi.createFrom()
        .iterable(access.client().scopesOf(kinds))
        .onItem()
        .transformToUniAndConcatenate(scope -> note(guest, session, scope))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> note(Caller guest, GuestSession session, ClientScope scope) {
    return records.append(
        database.client(),
        guest,
        session.citizenId().toString(),
        scope.getScope(),
        session.id().toString(),
        scope.getPurpose());
  }

  private static Caller reader(RegisteredClient client) {
    return new Caller(
        GUEST_ROLE + ":" + client.id(),
        Set.of(GUEST_ROLE),
        AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED,
        null,
        null,
        "",
        "");
  }

  private static String level(AssuranceLevel level) {
    return TokenClaims.acr(level);
  }

  /** Numbers of the mainland with their country code; others as the super-app told them. */
  private static String international(String digits) {
    return digits.length() == MAINLAND_DIGITS && digits.startsWith("1") ? "+86" + digits : digits;
  }
}
