/**
 * The register of guests: who they are, what they may ask for, how much, and whether they are let
 * in. The packages that serve guests look clients up here. What citizens granted a guest, and
 * tokens, belong to those.
 */
@NullMarked
package io.liangjiang.identity.guestclient;

import org.jspecify.annotations.NullMarked;
