/**
 * City codes: issued to citizens, revoked, and the lists that readers synchronise. The apps and the
 * readers call it; taps ask it which codes were revoked. The format of a code is the library's,
 * services/city-code.
 */
@NullMarked
package io.liangjiang.transit.code;

import org.jspecify.annotations.NullMarked;
