package io.liangjiang.platform.calls;

import com.google.api.CustomHttpPattern;
import com.google.api.HttpRule;
import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Messages of protobuf's and Google's own that are read field by field: options of the contracts,
 * times, details of errors. Quarkus knows the city's messages; of these a native program must be
 * told. Builders are among them, since they are nested.
 */
@RegisterForReflection(
    targets = {
      Any.class,
      BadRequest.class,
      CustomHttpPattern.class,
      DescriptorProtos.class,
      Duration.class,
      ErrorInfo.class,
      HttpRule.class,
      ListValue.class,
      NullValue.class,
      RetryInfo.class,
      Status.class,
      Struct.class,
      Timestamp.class,
      Value.class
    })
final class BorrowedMessages {
  private BorrowedMessages() {}
}
