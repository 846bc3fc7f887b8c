package io.liangjiang.cityctl.clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file with a JSON object, that an operator names. */
final class JsonFile implements ITypeConverter<ObjectNode> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ObjectNode convert(String file) {
    try {
      if (JSON.readTree(new File(file)) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new TypeConversionException("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
    throw new TypeConversionException(file + " has no JSON object");
  }
}
