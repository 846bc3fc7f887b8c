package io.liangjiang.transit.fare;

import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.data.Page.Cut;
import io.liangjiang.transit.TransitSettings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The lines and fares in force: those of the feed the process was started with. */
@Startup
@ApplicationScoped
public class Lines {
  private static final String SAMPLE_FEED = "/feed/";

  private final FareBook book;

  Lines(TransitSettings settings) {
    Optional<Path> directory = settings.feedDirectory();
    TransitFeed feed =
        TransitFeed.read(
            name ->
                directory.isPresent()
                    ? Files.newBufferedReader(directory.get().resolve(name))
                    : openSample(name));
    this.book = new FareBook(feed.lines(), feed.products(), feed.rules());
  }

  /** The fares in force. */
  public FareBook book() {
    return book;
  }

  Cut<Line> list(Page page) {
    String after = page.isFirst() ? "" : page.keyText(0);
    return page.cut(book.linesAfter(after, page.limit()), line -> List.of(line.lineId()));
  }

  private static BufferedReader openSample(String name) throws IOException {
    InputStream stream = Lines.class.getResourceAsStream(SAMPLE_FEED + name);
    if (stream == null) {
      throw new FileNotFoundException(name);
    }
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
