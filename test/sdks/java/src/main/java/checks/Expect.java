// What the checks say about answers and errors of the SDK.
package checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

final class Expect {
  static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  private Expect() {}

  static void equal(Object actual, Object expected) {
    same("the value", actual, expected);
  }

  /** Checks getters: `shows(answer, "getName", "orders", "getUuid", UUID)`. A pattern is matched. */
  static void shows(Object answer, Object... gettersAndValues) throws ReflectiveOperationException {
    for (int index = 0; index < gettersAndValues.length; index += 2) {
      String getter = (String) gettersAndValues[index];
      same(getter, answer.getClass().getMethod(getter).invoke(answer), gettersAndValues[index + 1]);
    }
  }

  /** Checks that a call throws exactly this class, with this text in its message. */
  static void raises(Class<? extends Exception> error, String text, Tap.Body call) {
    try {
      call.run();
    } catch (Exception thrown) {
      if (thrown.getClass() == error && String.valueOf(thrown.getMessage()).contains(text)) return;
      throw new AssertionError("expected " + error.getSimpleName() + " \"" + text + "\", got " + thrown);
    }
    throw new AssertionError("expected " + error.getSimpleName() + " \"" + text + "\", got an answer");
  }

  /** All that an iteration gives, page after page. */
  static <Item> List<Item> all(Iterable<Item> items) {
    List<Item> list = new ArrayList<>();
    items.forEach(list::add);
    return list;
  }

  private static void same(String what, Object actual, Object expected) {
    boolean matches = expected instanceof Pattern pattern
        ? actual instanceof String text && pattern.matcher(text).matches()
        : Objects.equals(actual, expected);
    if (!matches) throw new AssertionError(what + ": expected " + expected + ", got " + actual);
  }
}
