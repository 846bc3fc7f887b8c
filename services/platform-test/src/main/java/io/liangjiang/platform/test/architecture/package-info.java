/**
 * The rules that the code of every service keeps, as ArchUnit reads them from its class files. Each
 * service has one small test that names its package and runs them all. A rule that only one service
 * keeps does not belong here, nor does one that a planted violation does not fail.
 */
@NullMarked
package io.liangjiang.platform.test.architecture;

import org.jspecify.annotations.NullMarked;
