/**
 * The services of the city as identity asks them for a citizen's data, itself among them. The page
 * "my data", exports and erasures use it. What is done with the answers does not belong here.
 */
@NullMarked
package io.liangjiang.identity.peer;

import org.jspecify.annotations.NullMarked;
