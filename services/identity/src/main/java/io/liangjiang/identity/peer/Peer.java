package io.liangjiang.identity.peer;

import java.util.List;

/**
 * One of the services, as its part of a contract that all of them serve.
 *
 * @param stub to call it
 */
public record Peer<S>(String name, S stub) {
  /** All of them; identity comes last, because the account is what the others are erased for. */
  static <S> List<Peer<S>> all(S payments, S transit, S tourism, S healthcare, S identity) {
    return List.of(
        new Peer<>("payments", payments),
        new Peer<>("transit", transit),
        new Peer<>("tourism", tourism),
        new Peer<>("healthcare", healthcare),
        new Peer<>("identity", identity));
  }
}
