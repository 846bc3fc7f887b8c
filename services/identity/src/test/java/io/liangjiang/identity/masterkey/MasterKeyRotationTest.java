package io.liangjiang.identity.masterkey;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.refresh;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.Phones;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.crypto.Vaults;
import io.liangjiang.identity.guest.PairwiseSubjects;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.CreateDependantRequest;
import io.liangjiang.identity.v1.Dependant;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.ListDependantsRequest;
import io.liangjiang.identity.v1.RotateSigningKeyRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SigningKeyService;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The master key is changed while citizens come and go, as a platform team does it: processes that
 * know the next key, processes that seal under it, the sweep, processes that have forgotten the old
 * one.
 */
@IdentityTest
class MasterKeyRotationTest {
  private static final int CITIZENS = MasterKeyRotation.ROWS_AT_ONCE + 50;

  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  DependantService dependants;

  @GrpcClient("self")
  SigningKeyService keys;

  @Inject MasterKeyRotation rotation;
  @Inject Vaults vaults;
  @Inject Vault vault;
  @Inject PairwiseSubjects subjects;
  @Inject Tables tables;

  private final String oldKey = Vaults.DEVELOPMENT;
  private final String newKey = Vaults.newKey();

  @BeforeEach
  void forgetLimits() {
    tables.rows("delete from attempt_count where limit_key like 'sms-%'");
  }

  /** Other tests go on with the key that they began with. */
  @AfterEach
  void goBack() {
    vaults.start(oldKey, newKey);
    sweep();
  }

  private void sweep() {
    while (await(Uni.join().all(rotation.sweep(), rotation.sweep()).andFailFast()).stream()
            .mapToInt(rows -> rows)
            .sum()
        > 0) {
      // another piece
    }
  }

  private SessionTokens signIn(String openId, String phone) {
    return await(
        sessions.signInWithMiniProgram(
            request(code(openId)).setPhoneCode("phone." + phone + "." + id()).build()));
  }

  private String signInBySms(String phone) {
    String code = Phones.codeFor(sessions, phone);
    return await(sessions.signInWithSmsCode(Phones.signIn(phone, code).build()))
        .getCitizen()
        .getCitizenId();
  }

  private void verify(String citizenId, String number) {
    await(
        TestCalls.as(citizens, token(citizenId))
            .verifyRealName(
                VerifyRealNameRequest.newBuilder()
                    .setRequestId(id())
                    .setName("陈晓梅")
                    .setIdNumber(number)
                    .build()));
  }

  private static String token(String citizenId) {
    return TestTokens.citizen(UUID.fromString(citizenId), AssuranceLevel.FACE);
  }

  /** Numbers of citizens, and their accounts. */
  private Map<String, String> settle() {
    Map<String, String> accounts = new ConcurrentHashMap<>();
    for (int i = 0; i < CITIZENS; i++) {
      String phone = Phones.number();
      accounts.put(phone, signIn(openId(), phone).getCitizen().getCitizenId());
    }
    return accounts;
  }

  @Test
  void sealsAllAnewWhileCitizensComeAndGo() throws Exception {
    Map<String, String> accounts = settle();
    String one = accounts.values().iterator().next();
    String number = TestNumbers.random();
    verify(one, number);
    addChild(one);
    var session = signIn(openId(), Phones.number());
    var successor = await(refresh(sessions, session.getRefreshToken()));

    vaults.start(oldKey, newKey);
    assertThat(signInBySms(accounts.keySet().iterator().next())).isNotEmpty();
    vaults.start(newKey, oldKey);
    assertThat(await(refresh(sessions, session.getRefreshToken())).getRefreshToken())
        .isEqualTo(successor.getRefreshToken());
    assertThat(rowsLeft()).isGreaterThan(CITIZENS);
    assertThat(reason(() -> verify(accounts.values().stream().skip(1).findFirst().get(), number)))
        .isEqualTo("ID_NUMBER_TAKEN");
    verify(one, number);

    AtomicBoolean done = new AtomicBoolean();
    try (var traffic = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> coming = traffic.submit(() -> comeAndGo(accounts, done));
      sweep();
      done.set(true);
      assertThat(coming.get()).isPositive();
    }
    sweep();
    assertThat(rowsLeft()).isZero();

    vaults.start(newKey);
    forgetLimits(); // which have outlived the key
    checkThatAllIsReadable(accounts, one, number);
    assertThat(await(refresh(sessions, successor.getRefreshToken())).getSessionId())
        .isEqualTo(session.getSessionId());
  }

  /** Guests know citizens by the same names, and codes that were told are still good. */
  @Test
  void changesNothingThatIsDerived() {
    UUID citizen = UUID.randomUUID();
    String subject = subjects.of("shop.example", citizen);
    Map<Vault.Purpose, String> before = hashes();

    vaults.start(newKey, oldKey);
    assertThat(subjects.of("shop.example", citizen)).isEqualTo(subject);
    assertThat(hashes()).isEqualTo(before);
    sweep();
    vaults.start(newKey);

    assertThat(subjects.of("shop.example", citizen)).isEqualTo(subject);
    assertThat(hashes()).isEqualTo(before).hasSameSizeAs(Vault.Purpose.values());
  }

  private Map<Vault.Purpose, String> hashes() {
    Map<Vault.Purpose, String> hashes = new EnumMap<>(Vault.Purpose.class);
    for (Vault.Purpose purpose : Vault.Purpose.values()) {
      hashes.put(purpose, HexFormat.of().formatHex(vault.hash(purpose, "a request/a citizen")));
    }
    return hashes;
  }

  /** A process dies in its second transaction; another one, that knows nothing of it, goes on. */
  @Test
  void goesOnAfterACrash() {
    settle();
    vaults.start(newKey, oldKey);
    long before = left("citizen_phone");
    String last =
        tables
            .rows("select citizen_id from citizen_phone order by citizen_id desc limit 1")
            .getFirst()
            .getUUID(0)
            .toString();
    tables.rows(
        "create function die() returns trigger language plpgsql as 'begin raise ''dead''; end'");
    tables.rows(
        "create trigger die before update on citizen_phone for each row when (new.citizen_id = '"
            + last
            + "') execute function die()");
    try {
      assertThat(catchThrowable(() -> await(rotation.sweep()))).hasMessageContaining("dead");
    } finally {
      tables.rows("drop function die() cascade");
    }
    assertThat(left("citizen_phone")).isBetween(1L, before - MasterKeyRotation.ROWS_AT_ONCE);

    vaults.start(newKey, oldKey);
    sweep();

    assertThat(rowsLeft()).isZero();
  }

  @Test
  void oneDamagedRowHoldsUpNoOther() {
    String citizen = signIn(openId(), Phones.number()).getCitizen().getCitizenId();
    UUID id = UUID.fromString(citizen);
    signIn(openId(), Phones.number());
    byte[] right =
        Columns.bytes(
            tables
                .rows("select phone_sealed from citizen_phone where citizen_id = $1", id)
                .getFirst(),
            "phone_sealed");
    damage(id, new byte[40]);
    vaults.start(newKey, oldKey);

    sweep();

    assertThat(rowsLeft()).isEqualTo(1);
    damage(id, right);
    sweep();
    assertThat(rowsLeft()).isZero();
  }

  private void damage(UUID citizenId, byte[] bytes) {
    tables.rows(
        "update citizen_phone set phone_sealed = $2 where citizen_id = $1",
        citizenId,
        Columns.buffer(bytes));
  }

  private long left(String table) {
    return await(rotation.progress()).tables().stream()
        .filter(each -> each.name().equals(table))
        .mapToLong(MasterKeyRotation.TableProgress::left)
        .sum();
  }

  /** Until told to stop: known numbers find their accounts, new ones open some. */
  private int comeAndGo(Map<String, String> accounts, AtomicBoolean done) {
    int came = 0;
    do {
      for (String phone : accounts.keySet().stream().limit(20).toList()) {
        assertThat(signIn(openId(), phone).getCitizen().getCitizenId())
            .isEqualTo(accounts.get(phone));
        signIn(openId(), Phones.number());
        came++;
      }
    } while (!done.get());
    return came;
  }

  private void checkThatAllIsReadable(Map<String, String> accounts, String one, String number) {
    verify(one, number);
    assertThat(
            await(
                    TestCalls.as(dependants, token(one))
                        .listDependants(ListDependantsRequest.getDefaultInstance()))
                .getDependants(0)
                .getName())
        .isEqualTo("陈天乐");
    await(
        TestCalls.as(keys, TestTokens.staff("admin", ""))
            .rotateSigningKey(RotateSigningKeyRequest.newBuilder().setRequestId(id()).build()));
    accounts.entrySet().stream()
        .limit(10)
        .forEach(
            account -> assertThat(signInBySms(account.getKey())).isEqualTo(account.getValue()));
    assertThat(await(rotation.progress()).tables())
        .allMatch(table -> table.left() == 0 && table.unreadable() == 0);
    assertThat(await(rotation.progress()).otherKeyIds()).isEmpty();
  }

  private void addChild(String citizenId) {
    await(
        TestCalls.as(dependants, token(citizenId))
            .createDependant(
                CreateDependantRequest.newBuilder()
                    .setRequestId(id())
                    .setName("陈天乐")
                    .setBirthDate("2019-02-03")
                    .setRelation(Dependant.Relation.CHILD)
                    .build()));
  }

  private long rowsLeft() {
    return await(rotation.progress()).tables().stream()
        .mapToLong(MasterKeyRotation.TableProgress::left)
        .sum();
  }

  private static String reason(Runnable call) {
    return TestCalls.reason(catchThrowable(call::run));
  }

  @Test
  void saysWhatNobodyCanRead() {
    signIn(openId(), Phones.number());
    vaults.start(newKey, oldKey);
    await(rotation.piece(SealedTables.ALL.getFirst(), SealedTables.ALL.getFirst().least()));

    vaults.start(newKey);

    assertThat(await(rotation.progress()).tables())
        .anyMatch(table -> table.name().equals("citizen_phone") && table.unreadable() > 0);
    assertThat(await(rotation.sweep())).isZero();
  }

  @Test
  void knowsEverySealedColumn() {
    List<String> listed =
        SealedTables.ALL.stream()
            .flatMap(table -> table.sealed().stream().map(c -> table.name() + "." + c.name()))
            .toList();
    List<String> tablesListed = SealedTables.ALL.stream().map(SealedTable::name).toList();

    assertThat(columns("like '%\\_sealed'"))
        .extracting(row -> row.getString("name"))
        .containsExactlyInAnyOrderElementsOf(listed);
    assertThat(columns("= 'master_key_id'"))
        .extracting(row -> row.getString("table_name"))
        .containsExactlyInAnyOrderElementsOf(tablesListed);
  }

  private List<Row> columns(String condition) {
    return tables.rows(
        "select table_name::text, table_name || '.' || column_name as name"
            + " from information_schema.columns"
            + " where table_schema = 'public' and column_name "
            + condition);
  }
}
