/**
 * The organisations that the city's staff work for. Read by administration when it opens accounts.
 * What an organisation sells, runs or treats is known to its domain's service and not here.
 */
@NullMarked
package io.liangjiang.identity.organisation;

import org.jspecify.annotations.NullMarked;
