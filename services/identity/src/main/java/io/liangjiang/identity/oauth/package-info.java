/**
 * The protocol's frame (OAuth 2.1, OpenID Connect): HTTP requests as the protocol library has them,
 * its errors, and where the endpoints are. The packages that serve authorization and tokens use it.
 * What is granted to whom belongs to them.
 */
@NullMarked
package io.liangjiang.identity.oauth;

import org.jspecify.annotations.NullMarked;
