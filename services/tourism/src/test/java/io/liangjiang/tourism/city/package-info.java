/**
 * The other services of the city as the tests of this one need them: strict counterparts at the
 * wire, and nothing more.
 */
@NullMarked
package io.liangjiang.tourism.city;

import org.jspecify.annotations.NullMarked;
