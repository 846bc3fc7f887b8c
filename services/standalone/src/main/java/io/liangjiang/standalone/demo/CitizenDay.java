package io.liangjiang.standalone.demo;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.UnaryOperator;

/** One citizen's day from the first sign-in to the auditor's zero. */
public final class CitizenDay {
  private static final long TOP_UP_FEN = 50_000;

  private final URI gatewayUrl;
  private final URI sandboxUrl;
  private final UnaryOperator<String> staffPasswords;

  /**
   * A day in the city at these addresses.
   *
   * @param staffPasswords answers with the password of a member of staff
   */
  public CitizenDay(URI gatewayUrl, URI sandboxUrl, UnaryOperator<String> staffPasswords) {
    this.gatewayUrl = gatewayUrl;
    this.sandboxUrl = sandboxUrl;
    this.staffPasswords = staffPasswords;
  }

  /**
   * Plays the day and tells it.
   *
   * @return how much was checked, in one line
   * @throws Disappointment at the first thing that must hold and does not
   */
  public String play(PrintStream out) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Story story = new Story(out);
      Family family = new Family(story, http, gatewayUrl, sandboxUrl);
      Staff staff = new Staff(story, http, gatewayUrl, staffPasswords);
      Purse purse = new Purse(story, family);
      family.signIn();
      purse.fill(TOP_UP_FEN);
      family.addChild();
      ParkVisit park = new ParkVisit(story, family, purse, staff);
      park.visit();
      HospitalVisit hospital = new HospitalVisit(story, family, purse, staff);
      hospital.bookAndCancel();
      hospital.walkIn();
      new BusRide(story, family, purse, staff).ride();
      Books books = new Books(story, family, purse, staff);
      books.refund(park.paymentOrderId());
      books.close();
      return story.summary();
    }
  }
}
