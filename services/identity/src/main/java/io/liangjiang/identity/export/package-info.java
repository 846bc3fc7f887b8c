/**
 * Archives of all that the city has of a citizen: gathered page by page from every service in the
 * background, sealed at rest, made into a zip when they are fetched, deleted after some days. What
 * a service has of a citizen is its own catalogue's to say and not here.
 */
@NullMarked
package io.liangjiang.identity.export;

import org.jspecify.annotations.NullMarked;
