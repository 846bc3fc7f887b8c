/**
 * Mutual TLS between the services' servers and clients, of gRPC and of HTTP within the city: each
 * shows a certificate of the city's authority and takes only such. It is on where {@code
 * liangjiang.tls.certificate-file} says where this process' certificate is, and follows the files
 * when they are renewed. Who a caller is for, and what it may do, is in its token and does not
 * belong here.
 */
@NullMarked
package io.liangjiang.platform.tls;

import org.jspecify.annotations.NullMarked;
