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
 *     "payments", or "platform" for what every service serves
 * @param call what gRPC needs
 * @param schema the RPC in the contract
 * @param access who may call it
 * @param requestId the field that makes the request repeatable, if the request has it
 * @param service the field that names the service that is meant, of a contract that every service
 *     serves, if the request has it
 */
public record Rpc(
    String upstream,
    MethodDescriptor<Message, Message> call,
    Descriptors.MethodDescriptor schema,
    Access access,
    @Nullable FieldDescriptor requestId,
    @Nullable FieldDescriptor service) {
  private static final String REQUEST_ID = "request_id";
  private static final String OF_EVERY_SERVICE = "platform";
  private static final String SERVICE = "service";

  /** Reads an RPC. The descriptor's messages are generated protobuf classes. */
  @SuppressWarnings("unchecked") // every request and answer of a generated stub is a Message
  static Rpc of(MethodDescriptor<?, ?> method) {
    if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier)) {
      throw new IllegalArgumentException("no contract: " + method.getFullMethodName());
    }
    Descriptors.MethodDescriptor schema = supplier.getMethodDescriptor();
    FieldDescriptor requestId = schema.getInputType().findFieldByName(REQUEST_ID);
    String upstream = upstreamOf(schema.getFile().getPackage());
    return new Rpc(
        upstream,
        (MethodDescriptor<Message, Message>) method,
        schema,
        AccessRules.of(schema),
        requestId,
        upstream.equals(OF_EVERY_SERVICE) ? schema.getInputType().findFieldByName(SERVICE) : null);
  }

  /** Whether every service serves it, so that each request says which one is meant. */
  public boolean isOfEveryService() {
    return upstream.equals(OF_EVERY_SERVICE);
  }

  /** Name of the service that is to answer the request. */
  public String upstreamOf(Message request) {
    return service == null ? upstream : (String) request.getField(service);
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
