package io.liangjiang.identity.mydata;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.SignedIn.openId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.OpenedCity;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.erasure.ErasureTurns;
import io.liangjiang.identity.export.ExportTurns;
import io.liangjiang.identity.peer.AmongOthers;
import io.liangjiang.identity.peer.FakeCity;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.CancelErasureRequest;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.CreateDependantRequest;
import io.liangjiang.identity.v1.CreateExportRequest;
import io.liangjiang.identity.v1.DataExport;
import io.liangjiang.identity.v1.Dependant.Relation;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.DownloadExportRequest;
import io.liangjiang.identity.v1.Erasure;
import io.liangjiang.identity.v1.GetErasureRequest;
import io.liangjiang.identity.v1.GetExportRequest;
import io.liangjiang.identity.v1.GetMyDataRequest;
import io.liangjiang.identity.v1.ListMyAccessRecordsRequest;
import io.liangjiang.identity.v1.MyData.ServiceData;
import io.liangjiang.identity.v1.MyDataService;
import io.liangjiang.identity.v1.RequestErasureRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AmongOthers
class MyDataTest {
  private static final List<String> OTHERS =
      List.of("payments", "transit", "tourism", "healthcare");

  @GrpcClient("self")
  MyDataService stub;

  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  DependantService dependants;

  @Inject OpenedCity opened;
  @Inject FakeCity city;
  @Inject ExportTurns exportTurns;
  @Inject ErasureTurns erasureTurns;
  @Inject MutableClock clock;
  @Inject Tables tables;

  private final String openId = openId();
  private SessionTokens session;
  private MyDataService mine;

  @BeforeEach
  void signIn() {
    opened.await();
    city.reset();
    session = await(sessions.signInWithMiniProgram(SignedIn.request(code(openId)).build()));
    mine = TestCalls.as(stub, session.getAccessToken());
  }

  @AfterEach
  void giveTheClockBack() {
    clock.reset();
  }

  private String reason(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }

  private String citizenId() {
    return session.getCitizen().getCitizenId();
  }

  private DataExport create() {
    return await(mine.createExport(CreateExportRequest.newBuilder().setRequestId(id()).build()));
  }

  private DataExport export(String exportId) {
    return await(mine.getExport(GetExportRequest.newBuilder().setExportId(exportId).build()));
  }

  private Map<String, String> download(String exportId) {
    var file =
        await(
            mine.downloadExport(DownloadExportRequest.newBuilder().setExportId(exportId).build()));
    assertThat(file.getMediaType()).isEqualTo("application/zip");
    var files = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(file.getContent().toByteArray()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private Erasure request() {
    return await(
        mine.requestErasure(RequestErasureRequest.newBuilder().setRequestId(id()).build()));
  }

  private Erasure erasure(Erasure asked) {
    return await(
        stub.getErasure(
            GetErasureRequest.newBuilder()
                .setErasureId(asked.getErasureId())
                .setCertificateCode(asked.getCertificateCode())
                .build()));
  }

  private String prove(String name) {
    String number = TestNumbers.random();
    await(
        TestCalls.as(citizens, session.getAccessToken())
            .verifyRealName(
                VerifyRealNameRequest.newBuilder()
                    .setRequestId(id())
                    .setName(name)
                    .setIdNumber(number)
                    .build()));
    return number;
  }

  private void addChild(String name) {
    await(
        TestCalls.as(dependants, session.getAccessToken())
            .createDependant(
                CreateDependantRequest.newBuilder()
                    .setRequestId(id())
                    .setName(name)
                    .setBirthDate("2019-06-01")
                    .setRelation(Relation.CHILD)
                    .build()));
  }

  @Test
  void showsWhoReadWhatOfAllServices() {
    Instant now = Instant.parse("2026-05-01T02:00:00Z");
    var first = city.service("payments").wasRead(now, "statement");
    var second = city.service("healthcare").wasRead(now.plusSeconds(1), "check-in");
    city.service("tourism").leaves();
    var page =
        await(
            mine.listMyAccessRecords(
                ListMyAccessRecordsRequest.newBuilder().setPageSize(1).build()));
    assertThat(page.getAccessRecords(0).getService()).isEqualTo("healthcare");
    assertThat(page.getAccessRecords(0).getAccessRecord()).isEqualTo(second);
    assertThat(page.getUnavailableServicesList()).containsExactly("tourism");
    city.service("tourism").comesBack();
    var next =
        await(
            mine.listMyAccessRecords(
                ListMyAccessRecordsRequest.newBuilder()
                    .setPageToken(page.getNextPageToken())
                    .build()));
    assertThat(next.getAccessRecords(0).getAccessRecord()).isEqualTo(first);
    assertThat(next.getUnavailableServicesList()).isEmpty();
    assertThat(next.getNextPageToken()).isEmpty();
  }

  @Test
  void showsWhatThereIsOfAllServices() {
    city.service("transit").has("{}");
    city.service("payments").leaves();
    var data = await(mine.getMyData(GetMyDataRequest.getDefaultInstance()));
    assertThat(data.getServicesList())
        .extracting(ServiceData::getService)
        .containsExactly("transit", "tourism", "healthcare", "identity");
    assertThat(data.getServices(0).getCounts(0).getRecordCount()).isEqualTo(1);
    assertThat(data.getUnavailableServicesList()).containsExactly("payments");
  }

  @Test
  void archiveHasWhatEveryServiceHas() {
    String number = prove("李雨桐");
    addChild("李小江");
    city.service("transit").has("{\"line\":\"181\"}");
    city.service("transit").has("{\"line\":\"182\"}");
    var asked = create();
    assertThat(create()).isEqualTo(asked);
    String exportId = asked.getExportId();
    assertThat(
            reason(
                mine.downloadExport(
                    DownloadExportRequest.newBuilder().setExportId(exportId).build())))
        .isEqualTo("EXPORT_NOT_READY");
    exportTurns.run();
    assertThat(export(exportId).getState()).isEqualTo(DataExport.State.READY);
    var files = download(exportId);
    assertThat(files.get("transit/thing.json")).contains("181", "182");
    assertThat(files.get("identity/real-name.json")).contains("李雨桐", number);
    assertThat(files.get("identity/dependant.json")).contains("李小江", "2019-06-01");
    assertThat(files.get("identity/sign-in-identity.json")).contains(openId);
    var manifest = new JsonObject(files.get("manifest.json"));
    assertThat(manifest.getJsonArray("files")).hasSize(files.size() - 1);
    assertThat(rowsWith("data_export_part", "李雨桐")).isZero();
  }

  @Test
  void exportGoesOnWhereItWasAfterAServiceWasAway() {
    var transit = city.service("transit");
    transit.has("{\"line\":\"181\"}");
    city.service("tourism").leaves();
    var asked = create();
    exportTurns.run();
    assertThat(export(asked.getExportId()).getState()).isEqualTo(DataExport.State.GATHERING);
    city.service("tourism").comesBack();
    clock.advance(Duration.ofMinutes(1));
    exportTurns.run();
    assertThat(export(asked.getExportId()).getState()).isEqualTo(DataExport.State.READY);
    assertThat(transit.exportCalls()).isEqualTo(1);
  }

  @Test
  void exportIsGoneAfterAWeekAndNobodyElseSeesIt() {
    var asked = create();
    exportTurns.run();
    var stranger = TestCalls.as(stub, SignedIn.citizen(sessions).getAccessToken());
    var get = GetExportRequest.newBuilder().setExportId(asked.getExportId()).build();
    assertThat(reason(stranger.getExport(get))).isEqualTo("EXPORT_NOT_FOUND");
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    session = await(sessions.signInWithMiniProgram(SignedIn.request(code(openId)).build()));
    mine = TestCalls.as(stub, session.getAccessToken());
    assertThat(reason(mine.getExport(get))).isEqualTo("EXPORT_NOT_FOUND");
    assertThat(create().getExportId()).isNotEqualTo(asked.getExportId());
  }

  @Test
  void isRefusedWhileSomethingIsOpen() {
    city.service("payments").isBlockedBy("WALLET_BALANCE");
    var failure =
        catchThrowable(
            () ->
                await(
                    mine.requestErasure(
                        RequestErasureRequest.newBuilder().setRequestId(id()).build())));
    assertThat(TestCalls.reason(failure)).isEqualTo("ERASURE_BLOCKED");
    assertThat(TestCalls.errorInfo(failure).getMetadataOrThrow("blockers"))
        .isEqualTo("payments/WALLET_BALANCE");
    city.reset();
    city.service("tourism").leaves();
    assertThat(
            reason(
                mine.requestErasure(RequestErasureRequest.newBuilder().setRequestId(id()).build())))
        .isEqualTo("UNAVAILABLE");
  }

  @Test
  void canBeTakenBackForAWeek() {
    var asked = request();
    assertThat(request().getErasureId()).isEqualTo(asked.getErasureId());
    assertThat(erasure(asked).getState()).isEqualTo(Erasure.State.REQUESTED);
    clock.advance(Duration.ofDays(6));
    erasureTurns.run();
    var cancel = CancelErasureRequest.newBuilder().setRequestId(id()).build();
    assertThat(await(mine.cancelErasure(cancel)).getState()).isEqualTo(Erasure.State.CANCELLED);
    clock.advance(Duration.ofDays(2));
    erasureTurns.run();
    assertThat(erasure(asked).getState()).isEqualTo(Erasure.State.CANCELLED);
    assertThat(OTHERS).allMatch(name -> city.service(name).erasures(citizenId()) == 0);
  }

  @Test
  void certificateOpensWithItsCodeOnly() {
    var asked = request();
    var wrong =
        GetErasureRequest.newBuilder()
            .setErasureId(asked.getErasureId())
            .setCertificateCode("guessed")
            .build();
    assertThat(reason(stub.getErasure(wrong))).isEqualTo("ERASURE_NOT_FOUND");
    assertThat(asked.getCertificateCode()).hasSize(43);
    assertThat(erasure(asked).getCertificateCode()).isEmpty();
  }

  @Test
  void waitsWhileSomethingCameUpDuringTheWeek() {
    var asked = request();
    city.service("transit").isBlockedBy("RIDE_UNPAID");
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    erasureTurns.run();
    assertThat(erasure(asked).getBlockersList()).containsExactly("transit/RIDE_UNPAID");
    assertThat(erasure(asked).getState()).isEqualTo(Erasure.State.REQUESTED);
    city.service("transit").isFree();
    clock.advance(Duration.ofHours(1).plusSeconds(1));
    erasureTurns.run();
    assertThat(erasure(asked).getState()).isEqualTo(Erasure.State.ERASING);
  }

  @Test
  void erasesEverywhereOnceThoughServicesDieInBetween() {
    String name = "测试" + id().substring(0, 8);
    String number = prove(name);
    addChild("小" + name);
    create();
    exportTurns.run();
    city.service("payments").has("{}");
    var asked = request();
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    erasureTurns.run();
    assertThat(erasure(asked).getState()).isEqualTo(Erasure.State.ERASING);
    assertThat(reason(SignedIn.refresh(sessions, session.getRefreshToken())))
        .isEqualTo("SESSION_REVOKED");
    erasureTurns.run();
    assertThat(city.service("payments").erasures(citizenId())).isZero();

    city.service("transit").losesAnswers(1);
    city.service("healthcare").leaves();
    for (int turn = 0; turn < 4; turn++) {
      clock.advance(Duration.ofMinutes(12));
      erasureTurns.run();
      if (turn == 1) {
        city.service("healthcare").comesBack();
      }
    }

    var certificate = erasure(asked);
    assertThat(certificate.getState()).isEqualTo(Erasure.State.COMPLETED);
    assertThat(certificate.getStepsList())
        .extracting(Erasure.Step::getService)
        .containsExactly("payments", "transit", "tourism", "healthcare", "identity");
    assertThat(certificate.getSteps(0).getErased(0).getRecordCount()).isEqualTo(1);
    assertThat(certificate.getSteps(0).getHolds(0).getReason()).isEqualTo("some law");
    assertThat(OTHERS).allMatch(each -> city.service(each).erasures(citizenId()) == 1);
    assertNothingLeft(name, number);
  }

  /** The tables of identity, searched as text, in the clear and in hexadecimal. */
  private void assertNothingLeft(String name, String number) {
    for (var row :
        tables.rows(
            "select table_name::text from information_schema.tables"
                + " where table_schema = 'public' and table_type = 'BASE TABLE'")) {
      String table = row.getString(0);
      for (String needle : List.of(name, number, openId)) {
        assertThat(rowsWith(table, needle)).as(table + " has none of " + needle).isZero();
      }
    }
    assertThat(
            tables.count(
                "select count(*) from citizen where citizen_id = $1::text::uuid", citizenId()))
        .isZero();
  }

  private long rowsWith(String table, String needle) {
    String hex = HexFormat.of().formatHex(needle.getBytes(StandardCharsets.UTF_8));
    return tables.count(
        "select count(*) from "
            + table
            + " t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0",
        needle,
        hex);
  }
}
