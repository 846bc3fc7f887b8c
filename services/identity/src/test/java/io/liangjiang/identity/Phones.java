package io.liangjiang.identity;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;

import io.liangjiang.identity.v1.SendSmsCodeRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SignInWithSmsCodeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.ConfigProvider;

/** The phones of a test's citizens, and the SMS that they got. */
public final class Phones {
  private Phones() {}

  /** A number that nobody else has. */
  public static String number() {
    return "138%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
  }

  /** Has a code sent; the code. */
  public static String codeFor(SessionService sessions, String phone) {
    await(
        sessions.sendSmsCode(
            SendSmsCodeRequest.newBuilder().setRequestId(id()).setPhoneNumber(phone).build()));
    return newestCode(phone);
  }

  public static String newestCode(String phone) {
    return codes(phone).getFirst();
  }

  /** All codes that the phone got, newest first. */
  public static List<String> codes(String phone) {
    return messages(phone).stream().map(message -> message.split(" ")[1]).toList();
  }

  /** Any other code. */
  public static String wrong(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  public static SignInWithSmsCodeRequest.Builder signIn(String phone, String code) {
    return SignInWithSmsCodeRequest.newBuilder()
        .setRequestId(id())
        .setPhoneNumber(phone)
        .setCode(code);
  }

  private static List<String> messages(String phone) {
    String url = ConfigProvider.getConfig().getValue("test.outside.url", String.class);
    var request =
        HttpRequest.newBuilder(URI.create(url + "/smsMessages?phoneNumber=" + phone)).build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body().lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
