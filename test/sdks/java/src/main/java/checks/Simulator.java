// The world around the server, which the SDK does not know: handsets, and what the carrier was given.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Connection.SERVER_URL;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

final class Simulator {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Simulator() {}

  /** A handset sends a text to a number. Answers the identifier of the message. */
  static String sendFromHandset(String handset, String number, String text) throws Exception {
    String answer = call("POST", "Handset/" + handset + "/Message/", Map.of("dst", number, "text", text));
    return JSON.readTree(answer).at("/message_uuid/0").asText();
  }

  /** The text that the carrier was given of a message. */
  static String submittedText(String messageUuid) throws Exception {
    String answer = call("GET", "Submission/?message_uuid=" + messageUuid, Map.of());
    return JSON.readTree(answer).at("/objects/0/text").asText();
  }

  /** While it runs nothing reaches a handset. */
  static void whileUndelivered(String handset, int errorCode, Tap.Body body) throws Exception {
    Map<String, Object> rule = Map.of(
        "match", Map.of("destination", handset), "report", "undelivered", "error_code", errorCode);
    call("POST", "Rule/", Map.of("rules", List.of(rule)));
    try {
      body.run();
    } finally {
      call("DELETE", "Rule/", Map.of());
    }
  }

  private static String call(String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    String credentials = AUTH_ID + ":" + System.getenv("PLIVO_AUTH_TOKEN");
    String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest
        .newBuilder(URI.create(SERVER_URL + "/v1/Account/" + AUTH_ID + "/Simulator/" + path))
        .header("Authorization", "Basic " + encoded)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
    var response = HTTP.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) throw new AssertionError(path + " was answered " + response.body());
    return response.body();
  }
}
