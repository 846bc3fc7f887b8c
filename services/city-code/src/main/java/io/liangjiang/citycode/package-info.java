/**
 * The offline code: one signed, short text that opens bus, park gate and clinic desk, and the
 * tickets of sites. Services issue it, and readers that may have no network (a bus terminal, a
 * gate) verify it. Whatever needs a database, a network or a framework does not belong here.
 */
@NullMarked
package io.liangjiang.citycode;

import org.jspecify.annotations.NullMarked;
