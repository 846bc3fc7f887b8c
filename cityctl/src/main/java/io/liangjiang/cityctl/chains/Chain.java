package io.liangjiang.cityctl.chains;

/** What can be verified. */
enum Chain {
  /** Every transfer of money, as it was booked. */
  JOURNAL("/v1/journal:verify", "checkedTransferCount", "transfers"),
  /** What citizens agreed to and withdrew, as they did. */
  CONSENTS("/v1/consents:verify", "checkedRevisionCount", "revisions");

  private final String path;
  private final String count;
  private final String things;

  Chain(String path, String count, String things) {
    this.path = path;
    this.count = count;
    this.things = things;
  }

  /** The route that walks a piece of it. */
  String path() {
    return path;
  }

  /** Field of the answer with how many were found in order. */
  String count() {
    return count;
  }

  /** What they are. */
  String things() {
    return things;
  }
}
