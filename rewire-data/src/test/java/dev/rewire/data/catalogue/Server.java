package dev.rewire.data.catalogue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A publisher on this computer that can be told to behave badly. */
final class Server implements AutoCloseable {
  final List<String> requests = new CopyOnWriteArrayList<>();
  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  volatile boolean ignoresRange;
  volatile boolean sendsWrongRange;

  /** Closes the connection after so many bytes of every answer. */
  volatile int breaksAfter = Integer.MAX_VALUE;

  private final HttpServer server;

  Server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri(String name) {
    return URI.create(
        "http://"
            + InetAddress.getLoopbackAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort()
            + "/"
            + name);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
    byte[] content = files.get(exchange.getRequestURI().getPath().substring(1));
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    int from = 0;
    if (range != null && !ignoresRange) {
      from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      if (from >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        exchange.close();
        return;
      }
      int said = sendsWrongRange ? from - 1 : from;
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + said + "-" + (content.length - 1) + "/" + content.length);
    }
    int length = content.length - from;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
    OutputStream body = exchange.getResponseBody();
    body.write(content, from, Math.min(length, breaksAfter));
    body.flush();
    // Closing the exchange before all was written drops the connection.
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
