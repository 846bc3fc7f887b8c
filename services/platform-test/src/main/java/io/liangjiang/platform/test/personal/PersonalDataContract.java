package io.liangjiang.platform.test.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.DescribePersonalDataRequest;
import io.liangjiang.platform.v1.ErasePersonalDataRequest;
import io.liangjiang.platform.v1.ErasePersonalDataResponse;
import io.liangjiang.platform.v1.ExportPersonalDataRequest;
import io.liangjiang.platform.v1.PersonalDataCount;
import io.liangjiang.platform.v1.PersonalDataItem;
import io.liangjiang.platform.v1.PersonalDataService;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Calls of a service's personal data over the wire, as identity and as others. */
public final class PersonalDataContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SMALL_PAGE = 2;

  private final PersonalDataService stub;

  public PersonalDataContract(PersonalDataService stub) {
    this.stub = stub;
  }

  /** What holds in every service, also of somebody of whom there is nothing. */
  public void check() {
    UUID nobody = UUID.randomUUID();
    assertThat(describe(nobody)).isNotEmpty().allMatch(count -> count.getRecordCount() == 0);
    assertThat(export(nobody)).allMatch(item -> item.getDataKind().equals("access-record"));
    assertThat(blockers(nobody)).isEmpty();
    UUID requestId = UUID.randomUUID();
    ErasePersonalDataResponse first = erase(nobody, requestId);
    assertThat(first.getErasedList()).allMatch(count -> count.getRecordCount() == 0);
    assertThat(erase(nobody, requestId)).isEqualTo(first);
    checkWhoMayAsk(nobody);
  }

  /** All that the service has of the citizen, by the smallest pages. */
  public List<PersonalDataItem> export(UUID citizenId) {
    var items = new ArrayList<PersonalDataItem>();
    String token = "";
    do {
      var page = await(identity().exportPersonalData(page(citizenId, token)));
      items.addAll(page.getItemsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return items;
  }

  /** What stands in the way of an erasure. */
  public List<String> blockers(UUID citizenId) {
    var request =
        ErasePersonalDataRequest.newBuilder()
            .setCitizenId(citizenId.toString())
            .setCheckOnly(true)
            .build();
    return await(identity().erasePersonalData(request)).getBlockersList().stream()
        .map(blocker -> blocker.getReason())
        .toList();
  }

  /** Erases. */
  public ErasePersonalDataResponse erase(UUID citizenId, UUID requestId) {
    return await(identity().erasePersonalData(erasure(citizenId, requestId)));
  }

  /** Why erasing is refused. */
  public String refusal(UUID citizenId) {
    return reason(identity().erasePersonalData(erasure(citizenId, UUID.randomUUID())));
  }

  /** What the citizen is told that there is. */
  public List<PersonalDataCount> describe(UUID citizenId) {
    var citizen = TestCalls.as(stub, TestTokens.citizen(citizenId, AssuranceLevel.BASIC));
    return await(citizen.describePersonalData(DescribePersonalDataRequest.getDefaultInstance()))
        .getCountsList();
  }

  private void checkWhoMayAsk(UUID citizenId) {
    var others =
        List.of(
            TestTokens.service("tourist-office"),
            TestTokens.citizen(citizenId, AssuranceLevel.FACE),
            TestTokens.staff("admin", ""),
            TestTokens.staff("auditor", ""));
    for (String token : others) {
      var other = TestCalls.as(stub, token);
      assertThat(reason(other.exportPersonalData(page(citizenId, ""))))
          .isEqualTo("PERMISSION_DENIED");
      assertThat(reason(other.erasePersonalData(erasure(citizenId, UUID.randomUUID()))))
          .isEqualTo("PERMISSION_DENIED");
    }
    assertThat(reason(identity().exportPersonalData(page(citizenId, "somewhere"))))
        .isEqualTo("INVALID_PAGE_TOKEN");
    assertThat(
            reason(identity().exportPersonalData(ExportPersonalDataRequest.getDefaultInstance())))
        .isEqualTo("INVALID_ARGUMENT");
  }

  private static ExportPersonalDataRequest page(UUID citizenId, String token) {
    return ExportPersonalDataRequest.newBuilder()
        .setCitizenId(citizenId.toString())
        .setPageSize(SMALL_PAGE)
        .setPageToken(token)
        .build();
  }

  private static ErasePersonalDataRequest erasure(UUID citizenId, UUID requestId) {
    return ErasePersonalDataRequest.newBuilder()
        .setRequestId(requestId.toString())
        .setCitizenId(citizenId.toString())
        .build();
  }

  private PersonalDataService identity() {
    return TestCalls.as(stub, TestTokens.service("identity"));
  }

  private static String reason(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }

  private static <T> T await(Uni<T> call) {
    return call.await().atMost(LIMIT);
  }
}
