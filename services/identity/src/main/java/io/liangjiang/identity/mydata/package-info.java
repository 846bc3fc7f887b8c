/**
 * The page "my data": what the city has of a citizen and who read it, asked from every service and
 * stored nowhere; and the contract of exports and erasures. Gathering an archive belongs to export,
 * erasing to erasure.
 */
@NullMarked
package io.liangjiang.identity.mydata;

import org.jspecify.annotations.NullMarked;
