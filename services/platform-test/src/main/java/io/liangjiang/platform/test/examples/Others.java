package io.liangjiang.platform.test.examples;

import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.List;
import java.util.UUID;

/** Tokens of those who are not the caller of an example. */
public interface Others {
  /** Another citizen, who owns nothing and has proved all there is to prove. */
  String citizen();

  /** Staff with that role of an organisation. */
  String staff(String role, String organisationId);

  /** Somebody who acts for the citizen with these powers. */
  String delegate(UUID citizenId, List<String> powers);

  /** Others whom the tests' issuer speaks for. */
  static Others ofTests() {
    return new Others() {
      @Override
      public String citizen() {
        return TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.FACE);
      }

      @Override
      public String staff(String role, String organisationId) {
        return TestTokens.staff(role, organisationId);
      }

      @Override
      public String delegate(UUID citizenId, List<String> powers) {
        return TestTokens.acting(citizenId, UUID.randomUUID(), AssuranceLevel.FACE, powers);
      }
    };
  }
}
