// Runs checks and prints each as a line of TAP (Test Anything Protocol), for scripts/test-sdks.mjs to read.
package checks;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Counts the checks. One that fails is reported, and the next ones still run. */
final class Tap {
  /** What may throw anything. */
  interface Body {
    void run() throws Exception;
  }

  interface Area {
    void run(Tap tap) throws Exception;
  }

  private int done = 0;

  /** Runs a check, which fails by throwing. */
  void check(String name, Body body) {
    done++;
    try {
      body.run();
      System.out.printf("ok %d - %s%n", done, name);
    } catch (Exception | AssertionError error) {
      report(name, error);
    }
  }

  /** Runs the checks of an area. An error between them is a failed check too. */
  void area(Area area) {
    try {
      area.run(this);
    } catch (Exception | AssertionError error) {
      done++;
      report("between the checks", error);
    }
  }

  /** Says that all checks were reached. */
  void finish() {
    System.out.printf("1..%d%n", done);
  }

  private void report(String name, Throwable error) {
    String lines = Arrays.stream(error.getStackTrace())
        .filter(line -> line.getClassName().startsWith("checks.") && !line.getFileName().equals("Tap.java"))
        .map(line -> "\n" + line)
        .collect(Collectors.joining());
    System.out.printf("not ok %d - %s%n# %s%n", done, name, (error + lines).replace("\n", "\n# "));
  }
}
