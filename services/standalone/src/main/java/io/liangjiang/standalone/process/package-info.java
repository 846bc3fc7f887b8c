/**
 * Operating system processes as the launcher sees them: started apart from the terminal, watched,
 * ended politely or killed. The city uses them for its services. Nothing here knows what runs
 * inside a process.
 */
@NullMarked
package io.liangjiang.standalone.process;

import org.jspecify.annotations.NullMarked;
