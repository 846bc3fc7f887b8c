package io.liangjiang.sandbox;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Writes {@link SandboxException} as {@code {code, message}}. */
final class SandboxExceptionMapper {
  @ServerExceptionMapper
  Response toResponse(SandboxException e) {
    return Response.status(e.status())
        .type(MediaType.APPLICATION_JSON)
        .entity(Map.of("code", e.code(), "message", e.getMessage()))
        .build();
  }
}
