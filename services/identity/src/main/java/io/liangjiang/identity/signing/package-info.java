/**
 * The keys that sign access tokens: made, rotated, published, used. Sessions and service tokens
 * have their claims signed here. What a token says belongs to those who ask for it.
 */
@NullMarked
package io.liangjiang.identity.signing;

import org.jspecify.annotations.NullMarked;
