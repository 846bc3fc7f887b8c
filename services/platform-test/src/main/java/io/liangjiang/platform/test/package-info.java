/**
 * What tests of every service share: a real PostgreSQL, signed tokens, a clock that can be moved.
 * Used by the test scope of the services. Test data of a domain belongs to the domain.
 */
@NullMarked
package io.liangjiang.platform.test;

import org.jspecify.annotations.NullMarked;
