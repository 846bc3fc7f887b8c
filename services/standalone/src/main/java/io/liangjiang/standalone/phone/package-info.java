/**
 * A phone as the gateway sees it: JSON over HTTP with a token and a key for each intention. The
 * demo and the journeys call with it. It knows no route and no rule.
 */
@NullMarked
package io.liangjiang.standalone.phone;

import org.jspecify.annotations.NullMarked;
