/**
 * What every HTTP client here needs besides Vert.x's own: a limit for what is read. Clients of one
 * peer, with its paths and signatures, do not belong here.
 */
@NullMarked
package io.liangjiang.platform.http;

import org.jspecify.annotations.NullMarked;
