package io.liangjiang.gateway.route;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a request or of a message in it, from the outside to the inside; all but the last are
 * single messages.
 *
 * @param fields at least one
 */
public record FieldPath(List<FieldDescriptor> fields) {

  /**
   * Finds a field by the names that the contract uses, for example "amount.currency_code"; null if
   * there is none.
   */
  static @Nullable FieldPath ofProtoNames(Descriptor message, String dotted) {
    return find(message, dotted, Descriptor::findFieldByName);
  }

  private interface Finder {
    @Nullable FieldDescriptor find(Descriptor message, String name);
  }

  private static @Nullable FieldPath find(Descriptor message, String dotted, Finder finder) {
    List<FieldDescriptor> fields = new ArrayList<>();
    Descriptor current = message;
    for (String name : dotted.split("\\.", -1)) {
      FieldDescriptor field = current == null ? null : finder.find(current, name);
      if (field == null) {
        return null;
      }
      fields.add(field);
      boolean single =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
      current = single ? field.getMessageType() : null;
    }
    return new FieldPath(List.copyOf(fields));
  }

  /** The field itself. */
  public FieldDescriptor leaf() {
    return fields.getLast();
  }

  /** The builder that holds the field, made on the way where it is not there. */
  public Message.Builder owner(Message.Builder root) {
    Message.Builder owner = root;
    for (FieldDescriptor field : fields.subList(0, fields.size() - 1)) {
      owner = owner.getFieldBuilder(field);
    }
    return owner;
  }

  /** The name as JSON and queries spell it. */
  public String jsonName() {
    return String.join(".", fields.stream().map(FieldDescriptor::getJsonName).toList());
  }
}
