/**
 * How a process leaves: calls that run may end, calls to come go elsewhere, feeds begin again at
 * another replica. Every service with a gRPC server uses it; HTTP is drained by Quarkus itself.
 * What must survive an end without warning does not belong here but in the database.
 */
@NullMarked
package io.liangjiang.platform.drain;

import org.jspecify.annotations.NullMarked;
