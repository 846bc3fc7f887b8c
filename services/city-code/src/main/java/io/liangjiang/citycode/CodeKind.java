package io.liangjiang.citycode;

/** What the subject of a code is. The wire numbers stand for ever. */
public enum CodeKind {
  /** A citizen; the subject is the citizen id. */
  CITIZEN(1),
  /** A ticket for a site; the subject is the ticket id. */
  TICKET(2);

  private final int wireNumber;

  CodeKind(int wireNumber) {
    this.wireNumber = wireNumber;
  }

  int wireNumber() {
    return wireNumber;
  }
}
