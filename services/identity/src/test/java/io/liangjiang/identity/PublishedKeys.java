package io.liangjiang.identity;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** The keys as anybody in the world sees them. */
public record PublishedKeys(String json) {
  public static PublishedKeys at(URL url) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(toUri(url)).GET().build();
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return new PublishedKeys(response.body());
    }
  }

  public List<JsonWebKey> keys() throws JoseException {
    return new JsonWebKeySet(json).getJsonWebKeys();
  }

  /** The claims of a token that these keys verify. */
  public JwtClaims claims(String token) throws JoseException, InvalidJwtException {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys()))
        .setJwsAlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
        .setExpectedType(true, "at+jwt")
        .setExpectedIssuer("https://liangjiang.local")
        .setExpectedAudience("liangjiang")
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setRequireJwtId()
        .setRequireSubject()
        .build()
        .processToClaims(token);
  }

  private static URI toUri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
