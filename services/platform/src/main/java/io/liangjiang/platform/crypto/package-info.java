/** Who computes signatures, hashes and ciphers in this process. */
@NullMarked
package io.liangjiang.platform.crypto;

import org.jspecify.annotations.NullMarked;
