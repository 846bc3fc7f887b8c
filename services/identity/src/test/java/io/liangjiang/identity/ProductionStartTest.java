package io.liangjiang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.crypto.MasterKeyCheck;
import io.liangjiang.identity.miniprogram.ProviderCheck;
import io.liangjiang.identity.profile.BureauCheck;
import io.liangjiang.identity.staff.DevelopmentStaff;
import io.liangjiang.platform.startup.ProductionCheck;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stops a production start, asked of a development city's settings. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
@QuarkusTestResource(OutsideWorld.class)
@QuarkusTestResource(IdentityTestSettings.class)
class ProductionStartTest {
  @Inject @All List<ProductionCheck> checks;

  private List<String> problems(Class<?> check) {
    return checks.stream().filter(check::isInstance).flatMap(c -> c.problems().stream()).toList();
  }

  @Test
  void refusesACityWithoutAMasterKeyOfItsOwn() {
    assertThat(problems(MasterKeyCheck.class))
        .containsExactly("set liangjiang.identity.master-key to 32 random bytes in Base64");
  }

  @Test
  void refusesEveryDevelopmentPassword() {
    assertThat(problems(DevelopmentStaff.class))
        .hasSize(7)
        .contains("liangjiang.identity.staff-passwords.bus-operator is for development only");
  }

  @Test
  void refusesABureauThatIsTheSandbox() {
    assertThat(problems(BureauCheck.class)).hasSize(2);
  }

  @Test
  void takesTheRealProviderThatIsTheDefault() {
    assertThat(problems(ProviderCheck.class)).isEmpty();
  }
}
