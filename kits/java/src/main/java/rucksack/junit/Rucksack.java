package rucksack.junit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An account on a server, for one test. The time is the server's, and stands still until {@link #advance}. */
public final class Rucksack {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 20;
  private static final int WITHIN_SECONDS = 60;
  /** A proxy of the environment is for the internet, not for a server of the tests' own. */
  private static final HttpClient HTTP = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .proxy(ProxySelector.of(null))
      .build();

  private final String url;
  private final String authId;
  private final String authToken;
  private final Set<String> seen = new HashSet<>();

  Rucksack(String url, String authId, String authToken) {
    this.url = url;
    this.authId = authId;
    this.authToken = authToken;
  }

  /** Makes an account of its own on the server of this one, which is the operator's. */
  Rucksack makeAccount() {
    JsonNode made = call("POST", "MainAccount/", Map.of("name", "test"));
    return new Rucksack(url, made.get("auth_id").asText(), made.get("auth_token").asText());
  }

  /** Returns the server's address, without a path. */
  public String url() {
    return url;
  }

  public String authId() {
    return authId;
  }

  public String authToken() {
    return authToken;
  }

  /** A message as the carrier was given it. */
  public record Message(String uuid, int attempt, String src, String dst, String text) {
    private static Message of(JsonNode node) {
      return new Message(
          node.get("message_uuid").asText(),
          node.get("attempt").asInt(),
          node.get("src").asText(),
          node.get("dst").asText(),
          node.get("text").asText());
    }
  }

  /**
   * Calls the API below the account.
   *
   * @param body sent as JSON; null for none
   * @return the response; a missing node for one without a body
   * @throws AssertionError when the server refuses the call
   */
  public JsonNode call(String method, String path, Object body) {
    try {
      byte[] credentials = (authId + ":" + authToken).getBytes(StandardCharsets.UTF_8);
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/Account/" + authId + "/" + path))
          .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
          .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
          .header("Content-Type", "application/json")
          .timeout(Duration.ofMinutes(1))
          .build();
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException error) {
      throw new AssertionError(method + " " + path + ": " + error, error);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path + " was interrupted", error);
    }
  }

  /** Moves the time on, and returns when all that was due on the way is done, callbacks included. */
  public void advance(Duration duration) {
    call("POST", "Simulator/Clock/", Map.of("action", "advance", "seconds", duration.toMillis() / 1000.0));
  }

  /** Returns what the carrier was given, oldest first. */
  public List<Message> messages() {
    List<Message> found = new ArrayList<>();
    JsonNode page;
    do {
      page = call("GET", "Simulator/Submission/?limit=" + PAGE + "&offset=" + found.size(), null).get("objects");
      page.forEach(node -> found.add(Message.of(node)));
    } while (page.size() == PAGE);
    Collections.reverse(found);
    return found;
  }

  /**
   * Returns the next message to a number that no call has returned yet. Moves the time on second by second, for a minute.
   *
   * @throws AssertionError when none has come by then
   */
  public Message nextMessage(String to) {
    for (int second = 0; second <= WITHIN_SECONDS; second++) {
      advance(Duration.ofSeconds(Math.min(second, 1)));
      for (Message message : messages()) {
        if (message.dst().equals(to) && seen.add(message.uuid() + " " + message.attempt())) return message;
      }
    }
    throw new AssertionError("no message to " + to + " within " + WITHIN_SECONDS + " seconds");
  }

  /** Lets a person send a message to a number of the account, and what follows from it happen. */
  public void receive(String sender, String to, String text) {
    call("POST", "Simulator/Handset/" + sender + "/Message/", Map.of("dst", to, "text", text));
    advance(Duration.ZERO);
  }

  /** Rents a number into a pool, given by its id or by the path that a powerpack names, and returns it. */
  public String rentNumber(String pool) {
    String[] parts = pool.split("/");
    AssertionError refusal = null;
    for (JsonNode offer : call("GET", "PhoneNumber/?country_iso=US&pattern=415&limit=20", null).get("objects")) {
      String number = offer.get("number").asText();
      try {
        call("POST", "NumberPool/" + parts[parts.length - 1] + "/Number/" + number + "/", Map.of("rent", true));
        return number;
      } catch (AssertionError error) {
        // Another test may have rented it in the meantime.
        refusal = error;
      }
    }
    throw new AssertionError("no number could be rented", refusal);
  }

  /** Puts the account back to where it was when it was made. */
  public void reset() {
    call("POST", "Reset/", null);
    seen.clear();
  }
}
