/**
 * The guests of the city: who may sign citizens in. Operators register them, shut them out and
 * change their keys. What a guest may do belongs to identity.
 */
@NullMarked
package io.liangjiang.cityctl.clients;

import org.jspecify.annotations.NullMarked;
