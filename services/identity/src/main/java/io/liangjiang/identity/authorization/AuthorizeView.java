package io.liangjiang.identity.authorization;

import io.liangjiang.identity.v1.ClientScope;
import java.util.List;

/**
 * What the page shows.
 *
 * @param message what went wrong; empty for nothing
 * @param asks whether there is a request to show
 * @param guest name of the guest, as it is registered
 * @param host where the browser goes on to
 * @param purpose of the guest
 * @param requestCode in two groups of letters
 * @param appLink opens the city's app; empty when there is none
 * @param action path of the forms
 * @param confirmation filled in when the app opened the page
 */
public record AuthorizeView(
    String message,
    boolean asks,
    String guest,
    String host,
    String purpose,
    List<ClientScope> scopes,
    String requestCode,
    String appLink,
    String action,
    String confirmation) {
  /** The style of the page; its hash is what the page's policy lets in. */
  static final String STYLE =
      "body{font:1rem/1.6"
          + " system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1c1e21}main{max-width:32rem;margin:2rem"
          + " auto;padding:1.5rem;background:#fff;border-radius:8px}h1{font-size:1.3rem}.code{font:700"
          + " 1.8rem monospace;letter-spacing:.1em}.message{background:#fff3cd;padding:.5rem"
          + " 1rem;border-radius:4px}input{display:block;font:1.4rem monospace;margin:.5rem"
          + " 0;padding:.3rem;width:12rem}button{font-size:1rem;padding:.5rem"
          + " 1.2rem;margin-top:.5rem}.quiet{background:none}";

  private static final String TITLE = "城市账户授权";

  /** A page that says something and asks nothing. */
  static AuthorizeView of(String message) {
    return new AuthorizeView(message, false, "", "", "", List.of(), "", "", "", "");
  }

  /** Heading and title of the page. */
  public String title() {
    return TITLE;
  }

  /** The style, which is ours and needs no escaping. */
  public String style() {
    return STYLE;
  }
}
