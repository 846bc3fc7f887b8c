/**
 * The database as use cases see it: transactions, requests that happen once, pages. Every service
 * with tables uses it; SQL and row mapping live in the services' repositories. No table of a domain
 * is known here.
 */
@NullMarked
package io.liangjiang.platform.data;

import org.jspecify.annotations.NullMarked;
