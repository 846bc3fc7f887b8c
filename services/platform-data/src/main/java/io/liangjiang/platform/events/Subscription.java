package io.liangjiang.platform.events;

import io.liangjiang.platform.v1.EventFeedService;
import java.util.List;

/** What a consumer group wants of which feed, and what it does with it. */
record Subscription(
    String group, EventFeedService feed, List<String> types, EventHandler handler) {}
