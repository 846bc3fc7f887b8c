package io.liangjiang.gateway.openapi;

import io.liangjiang.gateway.route.Routes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document in both notations; made at the first request, because most processes are never
 * asked.
 */
@Singleton
public final class OpenApiDocument {
  private static final String CONTRACTS = "/META-INF/liangjiang/contracts.binpb";

  private final Routes routes;
  private byte @Nullable [] json;
  private byte @Nullable [] yaml;

  OpenApiDocument(Routes routes) {
    this.routes = routes;
  }

  /** The document as JSON in UTF-8. */
  public synchronized byte[] json() {
    if (json == null) {
      json = TreeWriter.json(tree(routes));
    }
    return json;
  }

  /** The document as YAML in UTF-8. */
  public synchronized byte[] yaml() {
    if (yaml == null) {
      yaml = TreeWriter.yaml(tree(routes));
    }
    return yaml;
  }

  static Map<String, Object> tree(Routes routes) {
    try (InputStream contracts = OpenApiDocument.class.getResourceAsStream(CONTRACTS)) {
      if (contracts == null) {
        throw new IllegalStateException("the contracts' jar lacks " + CONTRACTS);
      }
      return OpenApi.of(routes.all(), Comments.of(contracts.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
