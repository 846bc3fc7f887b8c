/**
 * A citizen's day, told step by step: what a phone sends to the gateway, what comes back, and what
 * must be true of it. {@code make demo} uses it. It knows the city by its public routes only; rules
 * of the city do not belong here.
 */
@NullMarked
package io.liangjiang.standalone.demo;

import org.jspecify.annotations.NullMarked;
