package rucksack.junit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RucksackServerTest {
  @Test
  void aCommandThatDoesNotStartAServerIsNamed() {
    for (String command : List.of("false", "/nowhere/rucksack")) {
      String message = assertThrows(IllegalStateException.class, () -> RucksackServer.start(command)).getMessage();
      assertTrue(message.startsWith(command + " start ") && message.contains("RUCKSACK_COMMAND"), message);
    }
  }
}
