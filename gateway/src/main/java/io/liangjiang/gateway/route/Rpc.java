package io.liangjiang.gateway.route;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.liangjiang.platform.caller.AccessRules;
import io.liangjiang.platform.v1.Access;
import org.jspecify.annotations.Nullable;

/**
 * One RPC of a contract, with all that a request needs of it at hand.
 *
 * @param upstream name of the service that serves it: the domain in the package's name, for example
 *     "payments"
 * @param call what gRPC needs
 * @param schema the RPC in the contract
 * @param access who may call it
 * @param requestId the field that makes the request repeatable, if the request has it
 */
public record Rpc(
    String upstream,
    MethodDescriptor<Message, Message> call,
    Descriptors.MethodDescriptor schema,
    Access access,
    @Nullable FieldDescriptor requestId) {
  private static final String REQUEST_ID = "request_id";

  /** Reads an RPC. The descriptor's messages are generated protobuf classes. */
  @SuppressWarnings("unchecked") // every request and answer of a generated stub is a Message
  static Rpc of(MethodDescriptor<?, ?> method) {
    if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier)) {
      throw new IllegalArgumentException("no contract: " + method.getFullMethodName());
    }
    Descriptors.MethodDescriptor schema = supplier.getMethodDescriptor();
    FieldDescriptor requestId = schema.getInputType().findFieldByName(REQUEST_ID);
    return new Rpc(
        upstreamOf(schema.getFile().getPackage()),
        (MethodDescriptor<Message, Message>) method,
        schema,
        AccessRules.of(schema),
        requestId);
  }

  /** The domain of a package: "payments" of "liangjiang.payments.v1". */
  private static String upstreamOf(String protoPackage) {
    String[] parts = protoPackage.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not liangjiang.<domain>.<version>: " + protoPackage);
    }
    return parts[1];
  }

  /** A fresh builder of the request. */
  public Message.Builder newRequest() {
    var marshaller = (MethodDescriptor.PrototypeMarshaller<Message>) call.getRequestMarshaller();
    Message prototype = marshaller.getMessagePrototype();
    if (prototype == null) {
      throw new IllegalStateException("no prototype: " + call.getFullMethodName());
    }
    return prototype.newBuilderForType();
  }
}
