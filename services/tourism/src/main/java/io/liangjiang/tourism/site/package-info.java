/**
 * Sites with their gates, products and prices, open to everybody. The contract's SiteService is
 * served here, slots included. Selling and entering belong to other packages.
 */
@NullMarked
package io.liangjiang.tourism.site;

import org.jspecify.annotations.NullMarked;
