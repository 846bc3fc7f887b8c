/**
 * Events that a service could not apply and put aside: which there are, what was decided about
 * them, and deciding. Applying them again belongs to the services.
 */
@NullMarked
package io.liangjiang.cityctl.events;

import org.jspecify.annotations.NullMarked;
