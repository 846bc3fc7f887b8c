/**
 * Checks of what a service says of its personal data: that its catalogue names every table that has
 * any, and that the common contract over it answers as it should. Each service's tests use it.
 */
@NullMarked
package io.liangjiang.platform.test.personal;

import org.jspecify.annotations.NullMarked;
