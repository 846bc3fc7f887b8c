package io.liangjiang.identity.face;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** A city in production that has a provider asks a real one, over TLS, with a key of its own. */
@ApplicationScoped
public class FaceCheck implements ProductionCheck {
  private final IdentitySettings settings;

  FaceCheck(IdentitySettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> problems() {
    var face = settings.faceProvider();
    List<String> problems = new ArrayList<>();
    if (face.baseUrl().isEmpty()) {
      return problems;
    }
    if (!face.baseUrl().get().startsWith("https://")) {
      problems.add("liangjiang.identity.face-provider.base-url must begin with https://");
    }
    if (face.apiKey().filter(key -> !key.equals(DevelopmentCity.FACE_API_KEY)).isEmpty()) {
      problems.add("set liangjiang.identity.face-provider.api-key to the city's own");
    }
    return problems;
  }
}
