package rucksack.junit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** A server: the one that the environment names, or a process that ends with the tests. */
final class RucksackServer implements CloseableResource {
  private static final List<String> START = List.of(
      "start", "--ephemeral", "--virtual-clock", "frozen", "--ready-file", "-", "--stop-with-input");

  private static final String OTHER_COMMAND =
      "RUCKSACK_COMMAND can name another command, such as: node /path/to/rucksack/dist/server/main.js";

  private final Rucksack operator;
  private final Process process;

  private RucksackServer(Rucksack operator, Process process) {
    this.operator = operator;
    this.process = process;
  }

  static RucksackServer open() {
    Map<String, String> environment = System.getenv();
    String url = environment.get("RUCKSACK_URL");
    if (url == null || url.isEmpty()) return start(environment.getOrDefault("RUCKSACK_COMMAND", ""));
    Rucksack operator = new Rucksack(
        url.replaceAll("/$", ""), environment.get("PLIVO_AUTH_ID"), environment.get("PLIVO_AUTH_TOKEN"));
    return new RucksackServer(operator, null);
  }

  static RucksackServer start(String given) {
    List<String> words = new ArrayList<>(command(given));
    words.addAll(START);
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().keySet().removeIf(name -> name.startsWith("RUCKSACK_"));
      builder.environment().put("RUCKSACK_LOG_LEVEL", "warn");
      Process process = builder.start();
      String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
      if (line == null) {
        throw new IllegalStateException(String.join(" ", words) + " ended before it was ready. " + OTHER_COMMAND);
      }
      JsonNode ready = new ObjectMapper().readTree(line);
      Rucksack operator = new Rucksack(
          ready.get("url").asText(), ready.get("auth_id").asText(), ready.get("auth_token").asText());
      return new RucksackServer(operator, process);
    } catch (IOException error) {
      throw new IllegalStateException(String.join(" ", words) + " cannot be run. " + OTHER_COMMAND, error);
    }
  }

  /** Returns the given words, or else the installed command, or else npx. */
  private static List<String> command(String given) {
    if (!given.isBlank()) return List.of(given.trim().split("\\s+"));
    boolean isInstalled = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "rucksack")));
    return isInstalled ? List.of("rucksack") : List.of("npx", "--yes", "rucksack-server");
  }

  Rucksack makeAccount() {
    return operator.makeAccount();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process == null) return;
    process.getOutputStream().close();
    if (!process.waitFor(15, TimeUnit.SECONDS)) process.destroyForcibly();
  }
}
