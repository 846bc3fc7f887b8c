/**
 * The change of the master key: rows that are sealed under another key are sealed anew, a piece at
 * a time, while the service runs. Administrators and auditors look at it. Sealing itself belongs to
 * crypto.
 */
@NullMarked
package io.liangjiang.identity.masterkey;

import org.jspecify.annotations.NullMarked;
