/**
 * A citizen's account and the ways to sign in to it. Sessions, profiles and dependants read it.
 * What the bureau proved belongs to profile.
 */
@NullMarked
package io.liangjiang.identity.citizen;

import org.jspecify.annotations.NullMarked;
