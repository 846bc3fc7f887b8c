package io.liangjiang.platform.test.architecture.planted.nothing;

import java.time.Instant;

record Hold(String holdId, Instant createTime) {}
