package dev.rewire.export;

import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements of XML, one a line, each with its attributes given as name and value in turn. */
final class XmlText {
  private static final Pattern FORBIDDEN =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private final XMLStreamWriter out;

  XmlText(Writer text) throws IOException {
    try {
      out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
    } catch (XMLStreamException failure) {
      throw new IOException(failure);
    }
  }

  void begin(String element, Object... attributes) throws IOException {
    try {
      out.writeCharacters("\n");
      out.writeStartElement(element);
      attributes(attributes);
    } catch (XMLStreamException failure) {
      throw new IOException(failure);
    }
  }

  void empty(String element, Object... attributes) throws IOException {
    try {
      out.writeCharacters("\n");
      out.writeEmptyElement(element);
      attributes(attributes);
    } catch (XMLStreamException failure) {
      throw new IOException(failure);
    }
  }

  void text(String element, Object content, Object... attributes) throws IOException {
    try {
      out.writeStartElement(element);
      attributes(attributes);
      out.writeCharacters(allowed(content.toString()));
      out.writeEndElement();
    } catch (XMLStreamException failure) {
      throw new IOException(failure);
    }
  }

  private void attributes(Object... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      out.writeAttribute(attributes[i].toString(), allowed(attributes[i + 1].toString()));
    }
  }

  /** XML has no way to write most control characters, and names may come from any file. */
  private static String allowed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Everything that is not plain is looked at again: nearly all that is written is numbers.
      if (c < ' ' || c > '~') {
        return FORBIDDEN.matcher(text).replaceAll("\uFFFD");
      }
    }
    return text;
  }

  void end() throws IOException {
    try {
      out.writeEndElement();
    } catch (XMLStreamException failure) {
      throw new IOException(failure);
    }
  }

  /** Ends an element that has others in it: on a line of its own. */
  void endBlock() throws IOException {
    try {
      out.writeCharacters("\n");
      out.writeEndElement();
    } catch (XMLStreamException failure) {
      throw new IOException(failure);
    }
  }

  void endDocument() throws IOException {
    try {
      out.writeEndDocument();
      out.writeCharacters("\n");
      out.flush();
    } catch (XMLStreamException failure) {
      throw new IOException(failure);
    }
  }
}
