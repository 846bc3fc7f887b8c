/**
 * An operator who is signed in at the gateway, and how answers are shown. Commands that work with
 * the running city use it. What a route means belongs to the commands.
 */
@NullMarked
package io.liangjiang.cityctl.desk;

import org.jspecify.annotations.NullMarked;
