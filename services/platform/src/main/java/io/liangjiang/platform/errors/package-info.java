/**
 * Errors as the wire knows them: a stable reason, a gRPC code, and details that a program can read.
 * Every service throws {@link io.liangjiang.platform.errors.ServiceException} with a reason of its
 * own enum, and one translator makes the gRPC status of it. Nothing here knows a domain, and nobody
 * else turns exceptions into answers.
 */
@NullMarked
package io.liangjiang.platform.errors;

import org.jspecify.annotations.NullMarked;
