// A customer's own web server: it takes the server's callbacks, answers them, and keeps them for the checks.
package checks;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers 200, with the XML that is set for a path where one is. */
final class Receiver implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /**
   * A call as it came in: `url` is the whole address, its path and query as they were written; `parameters` stand in
   * the query of a GET, or in the body of a POST.
   */
  record Callback(String method, String url, Headers headers, Map<String, String> parameters) {}

  final String origin;
  private final HttpServer server;
  private final Map<String, String> answers = new HashMap<>();
  private final List<Callback> callbacks = new ArrayList<>();

  /** Starts on a free port of this machine. */
  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", this::take);
    server.start();
    origin = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void answer(String path, String xml) {
    answers.put(path, xml);
  }

  /** The first callback to a path (and query), with these parameters. Fails when none comes in time. */
  synchronized Callback waitFor(String target, Map<String, String> parameters) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Optional<Callback> found = callbacks.stream()
          .filter(each -> each.url().startsWith(origin + target))
          .filter(each -> each.parameters().entrySet().containsAll(parameters.entrySet()))
          .findFirst();
      if (found.isPresent()) return found.get();
      long leftMs = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (leftMs <= 0) throw new AssertionError("no callback to " + target + " with " + parameters);
      wait(leftMs);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> parameters = decode(method.equals("GET") ? query : body);
    String url = "http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI();
    byte[] answer = keep(exchange, new Callback(method, url, exchange.getRequestHeaders(), parameters));
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
    }
  }

  private synchronized byte[] keep(HttpExchange exchange, Callback callback) {
    callbacks.add(callback);
    notifyAll();
    String answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "");
    return answer.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> decode(String form) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : form.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) parameters.put(decoded(parts[0]), decoded(parts[1]));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
