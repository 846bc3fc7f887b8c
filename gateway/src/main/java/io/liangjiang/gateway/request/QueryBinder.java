package io.liangjiang.gateway.request;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.liangjiang.gateway.json.Faults;
import io.liangjiang.gateway.json.MessageFields;
import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.gateway.route.PercentEncoding;
import io.liangjiang.gateway.route.Route;
import io.liangjiang.platform.errors.ServiceException;
import java.util.HashSet;
import java.util.Set;

/**
 * Fills a request from a query: {@code pageSize=10&state=FREE&state=BUSY&amount.currencyCode=CNY}.
 * A field that is not there, is given by the path or the body, or is given twice without being a
 * list, is a fault.
 */
final class QueryBinder {
  private static final int MAX_PARAMETERS = 100;

  private final Route route;
  private final Faults faults;
  private final MessageFields fields;
  private final Set<String> seen = new HashSet<>();

  QueryBinder(Route route, MessageFields fields, Faults faults) {
    this.route = route;
    this.fields = fields;
    this.faults = faults;
  }

  /** Errors: MALFORMED_URL. */
  void bind(String query, Message.Builder request) {
    int count = 0;
    for (int from = 0; from <= query.length(); count++) {
      int end = query.indexOf('&', from);
      int to = end < 0 ? query.length() : end;
      if (count == MAX_PARAMETERS) {
        throw malformed("the query has more than " + MAX_PARAMETERS + " parameters");
      }
      if (to > from) {
        bindOne(query.substring(from, to), request);
      }
      from = to + 1;
    }
  }

  private void bindOne(String parameter, Message.Builder request) {
    int equals = parameter.indexOf('=');
    String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
    String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
    if (!set(name, value, request)) {
      faults.addUnknown(name);
    }
  }

  private static String decoded(String raw) {
    String text = PercentEncoding.decodeQuery(raw);
    if (text == null) {
      throw malformed("the query is not percent-encoded UTF-8");
    }
    return text;
  }

  private static ServiceException malformed(String message) {
    return new ServiceException(GatewayReason.MALFORMED_URL, message);
  }

  /** False when there is no such field for a query to fill. */
  private boolean set(String name, String value, Message.Builder request) {
    Message.Builder owner = request;
    int from = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
      FieldDescriptor outer = fields.find(owner, name.substring(from, dot));
      if (outer == null || isTaken(outer) || !MessageFields.isSingleMessage(outer)) {
        return false;
      }
      owner = owner.getFieldBuilder(outer);
      from = dot + 1;
    }
    FieldDescriptor leaf = fields.find(owner, name.substring(from));
    if (leaf == null || isTaken(leaf) || leaf.isMapField()) {
      return false;
    }
    if (!seen.add(name) && !leaf.isRepeated()) {
      faults.add(name, "is given twice");
      return true;
    }
    return fields.setText(owner, leaf, value, faults, name);
  }

  /** Whether the path or the body gives the field. */
  private boolean isTaken(FieldDescriptor field) {
    boolean isBody =
        switch (route.body()) {
          case Route.Body.Whole() -> true;
          case Route.Body.OneField(FieldDescriptor body) -> body == field;
          case Route.Body.None() -> false;
        };
    return isBody || route.isPathField(field);
  }
}
