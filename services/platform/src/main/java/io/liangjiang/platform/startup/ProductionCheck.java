package io.liangjiang.platform.startup;

import java.util.List;

/** One thing that would be unsafe in production; a bean of the service that knows of it. */
public interface ProductionCheck {
  /** What is unsafe, each a sentence that names the setting to change; empty when all is well. */
  List<String> problems();
}
