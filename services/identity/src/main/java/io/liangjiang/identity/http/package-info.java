/**
 * Bounded JSON calls to servers outside the city. The super-app's and the bureau's clients use it.
 * What their answers mean belongs to those clients.
 */
@NullMarked
package io.liangjiang.identity.http;

import org.jspecify.annotations.NullMarked;
