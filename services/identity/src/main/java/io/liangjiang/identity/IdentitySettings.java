package io.liangjiang.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a city sets for its identity service. */
@ConfigMapping(prefix = "liangjiang.identity")
public interface IdentitySettings {
  /**
   * 32 random bytes in Base64, under which all other secrets are sealed; a development city has its
   * own.
   */
  Optional<String> masterKey();

  /**
   * Keys that rows may be sealed under besides the master key: the one before it while it is being
   * changed, and in a rolling change also the next.
   */
  Optional<List<String>> otherMasterKeys();

  /** How long an access token lives. */
  @WithDefault("10m")
  Duration accessTokenTtl();

  /** How long a refresh token waits for its use. */
  @WithDefault("30d")
  Duration refreshTokenTtl();

  /** How long a used refresh token answers with the same successor. */
  @WithDefault("60s")
  Duration refreshGrace();

  /** How long a session lives at most. */
  @WithDefault("180d")
  Duration sessionTtl();

  /** How long a sign-in is answered again under its request id. */
  @WithDefault("5m")
  Duration signInReplay();

  /** How long a token to act for another lives at most. */
  @WithDefault("5m")
  Duration actingTokenTtl();

  /** Acting for another. */
  Delegation delegation();

  /** How long a citizen can take the request for erasure back. */
  @WithDefault("7d")
  Duration erasureCoolingOff();

  /**
   * How long the services are not yet asked to erase after the account was closed; longer than
   * access tokens live.
   */
  @WithDefault("11m")
  Duration erasureTokenWait();

  /**
   * How often exports, erasures and the change of the master key are carried on; "off" for never.
   */
  @WithDefault("2s")
  String sweepInterval();

  /** The keys that sign tokens. */
  SigningKeys signingKeys();

  /** The server that exchanges mini-programs' codes. */
  MiniProgram miniProgram();

  /** The mini-programs of the city, by app id; a development city has its sandbox's. */
  Map<String, App> apps();

  /** The bureau that matches names with identification numbers. */
  Bureau realNameBureau();

  /** The provider that compares faces; a city may have none. */
  Face faceProvider();

  /** The provider that sends SMS. */
  Sms sms();

  /** The domain of the city's passkeys. */
  Passkeys passkeys();

  /** Where addresses are looked up. */
  Places places();

  /** The city's services, by client id. */
  Map<String, ServiceClient> serviceClients();

  /**
   * Who administers a city that has no administrator yet, by user name; without effect from the
   * first administrator on.
   */
  Map<String, FirstAdministrator> firstAdministrators();

  /** Passwords of the development city's staff; a production start refuses them. */
  StaffPasswords staffPasswords();

  /** What guests are told and given. */
  Guests guests();

  /** What guests are told and given. */
  interface Guests {
    /**
     * Where the world reaches the gateway: scheme and host, without a slash at the end. The issuer
     * of guests' tokens.
     */
    @WithDefault("http://localhost:8080")
    String issuer();

    /** How long a citizen has to decide. */
    @WithDefault("10m")
    Duration requestTtl();

    /** How long an authorization code waits for its use. */
    @WithDefault("60s")
    Duration codeTtl();

    /** Opens the city's app at a request, with {@code {code}} where the request code goes. */
    Optional<String> appLink();
  }

  /** From which birthday on parents need a child's consent; at the majority their powers end. */
  interface Delegation {
    /** Years from which a parent books with the child's consent only. */
    @WithDefault("18")
    int bookConsentAge();

    /** Years from which a parent pays from the child's wallet with the child's consent only. */
    @WithDefault("18")
    int payConsentAge();

    /** Years from which a parent reads the child's records with the child's consent only. */
    @WithDefault("14")
    int readRecordsConsentAge();

    /** Years of the majority. */
    @WithDefault("18")
    int majority();
  }

  /** The keys that sign tokens. */
  interface SigningKeys {
    /** How often other replicas' rotations are looked for. */
    @WithDefault("5s")
    Duration pollInterval();

    /** How long a retired key stays published; longer than tokens live and verifiers cache. */
    @WithDefault("1h")
    Duration retiredPublishedFor();
  }

  /** The server that exchanges mini-programs' codes. */
  interface MiniProgram {
    /** Scheme, host and port, without a slash at the end; a development city has its sandbox. */
    Optional<String> baseUrl();

    /** How long an answer may take. */
    @WithDefault("3s")
    Duration timeout();
  }

  /** One mini-program. */
  interface App {
    /** What proves to the super-app's server that the city asks. */
    String secret();
  }

  /** The bureau that matches names with identification numbers. */
  interface Bureau {
    /** Scheme, host and port, without a slash at the end; a development city has its sandbox. */
    Optional<String> baseUrl();

    /** Sent as X-Api-Key; a development city has its sandbox's. */
    Optional<String> apiKey();

    /** How long an answer may take. */
    @WithDefault("5s")
    Duration timeout();
  }

  /** The provider that compares faces. */
  interface Face {
    /**
     * Scheme, host and port, without a slash at the end; without one, faces are not verified. A
     * development city has its sandbox.
     */
    Optional<String> baseUrl();

    /** Sent as X-Api-Key; a development city has its sandbox's. */
    Optional<String> apiKey();

    /** How long an answer may take. */
    @WithDefault("5s")
    Duration timeout();
  }

  /** The domain of the city's passkeys; without one, they are refused. */
  interface Passkeys {
    /**
     * The domain (WebAuthn's RP id), for example {@code city.example}; a passkey is bound to it.
     */
    Optional<String> rpId();

    /** What devices call the city. */
    @WithDefault("两江")
    String rpName();

    /** The pages that may use passkeys, scheme and host and port, without a slash at the end. */
    Optional<List<String>> origins();
  }

  /** Where addresses are looked up; without a file, sessions have no place. */
  interface Places {
    /** An {@code .mmdb} file in the layout of GeoLite2 City or DB-IP City Lite. */
    Optional<String> file();

    /** In which of its languages names are shown; English where it lacks one. */
    @WithDefault("zh-CN")
    String language();
  }

  /** The provider that sends SMS; without one, codes are refused. */
  interface Sms {
    /** Scheme, host and port, without a slash at the end; a development city has its sandbox. */
    Optional<String> baseUrl();

    /** Name of the key that signs requests; a development city has its sandbox's. */
    Optional<String> keyId();

    /** What signs requests; a development city has its sandbox's. */
    Optional<String> key();

    /** The sender's name as the provider has approved it. */
    @WithDefault("两江城市服务")
    String signature();

    /** The provider's template, which takes {@code code} and {@code minutes}. */
    @WithDefault("SIGN_IN_CODE")
    String templateId();

    /** How long an answer may take. */
    @WithDefault("5s")
    Duration timeout();

    /** How many codes the city sends in a day at most; more is somebody's attack on its bill. */
    @WithDefault("100000")
    int dailyLimit();
  }

  /** One service. */
  interface ServiceClient {
    /** SHA-256 of its secret, in lower-case hexadecimal. */
    String secretSha256();
  }

  /** Somebody who opens the other accounts. */
  interface FirstAdministrator {
    /** admin, security-admin or auditor. */
    String role();

    /** At least 16 characters; must be changed before the first sign-in. */
    String initialPassword();
  }

  /** Passwords of the development city's staff. */
  interface StaffPasswords {
    /** Of the staff member at the gates of Wulong. */
    Optional<String> gate();

    /** Of the auditor. */
    Optional<String> auditor();

    /** Of the bus company's terminal. */
    Optional<String> busOperator();

    /** Of the shop of Wulong. */
    Optional<String> merchant();

    /** Of the hospital's desk. */
    Optional<String> hospitalDesk();

    /** Of the administrator. */
    Optional<String> admin();

    /** Of the administrator of security. */
    Optional<String> securityAdmin();
  }
}
