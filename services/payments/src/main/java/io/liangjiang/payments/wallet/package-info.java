/**
 * The citizen's wallet: its balance, its statement and how it is filled. Orders and charges take
 * money out of it through {@link io.liangjiang.payments.wallet.Wallets}. Paying for something is no
 * part of it.
 */
@NullMarked
package io.liangjiang.payments.wallet;

import org.jspecify.annotations.NullMarked;
