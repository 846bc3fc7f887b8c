/**
 * How a process leaves: calls that run may end, calls to come go elsewhere, feeds begin again at
 * another replica, HTTP connections are given up one by one while they are answered. Every process
 * uses it; what HTTP has in hand at the end is awaited by Quarkus itself. What must survive an end
 * without warning does not belong here but in the database.
 */
@NullMarked
package io.liangjiang.platform.drain;

import org.jspecify.annotations.NullMarked;
