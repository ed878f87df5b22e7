// Answers to inbound callbacks, written with the SDK's XML builder: the server sends what they say.
package checks;

import static checks.Expect.equal;
import static checks.Expect.shows;
import static checks.MessageChecks.HANDSET;
import static checks.MessageChecks.OTHER_HANDSET;

import checks.Receiver.Callback;
import com.plivo.api.models.application.Application;
import com.plivo.api.models.message.Message;
import com.plivo.api.models.number.PhoneNumber;
import com.plivo.api.models.powerpack.Powerpack;
import com.plivo.api.xml.Response;
import java.util.List;
import java.util.Map;

final class ReplyChecks {
  private static final String MEMBER = "14155550146";

  private ReplyChecks() {}

  static void replies(Tap tap) throws Exception {
    String application = Application.creator("answers").create().getAppId();
    PhoneNumber.buyer(MEMBER).create();
    Powerpack powerpack = Powerpack.getter(Powerpack.creator("answers").create().getUuid()).get();
    powerpack.updater().application_id(application).application_type("xml").update();
    powerpack.add_number().number(MEMBER).get();
    try (Receiver receiver = new Receiver()) {
      Application.updater(application).messageUrl(receiver.origin + "/inbound").update();
      answers(tap, receiver, powerpack.getUuid());
    }
    powerpack.deleter().unrent_numbers(true).delete();
    Application.deleter(application).delete();
  }

  private static void answers(Tap tap, Receiver receiver, String powerpack) {
    String statusUrl = receiver.origin + "/replied";

    tap.check("Message with every attribute, and a text that the SDK does not escape", () -> {
      String text = "Tom & Jerry <3 \"quoted\", ☃";
      String inbound = reply(receiver, powerpack, new com.plivo.api.xml.Message(MEMBER, HANDSET, text)
          .type("sms").callbackUrl(statusUrl).callbackMethod("GET"));
      Callback callback =
          receiver.waitFor("/replied", Map.of("Status", "delivered", "From", MEMBER, "To", HANDSET));
      equal(callback.method(), "GET");
      equal(callback.parameters().get("PowerpackUUID"), powerpack);
      String sent = callback.parameters().get("MessageUUID");
      shows(Message.getter(sent).get(),
          "getFromNumber", MEMBER, "getToNumber", HANDSET, "getMessageState", "delivered");
      equal(Simulator.submittedText(sent), text);
      shows(Message.getter(inbound).get(), "getMessageState", "delivered");
    });

    tap.check("Message with several destinations, whose < the SDK does not escape", () -> {
      String both = String.join("<", HANDSET, OTHER_HANDSET);
      reply(receiver, powerpack,
          new com.plivo.api.xml.Message(MEMBER, both, "To both").callbackUrl(statusUrl + "/both"));
      for (String handset : List.of(HANDSET, OTHER_HANDSET)) {
        Callback callback = receiver.waitFor("/replied/both", Map.of("Status", "delivered", "To", handset));
        equal(callback.method(), "POST");
        equal(Simulator.submittedText(callback.parameters().get("MessageUUID")), "To both");
      }
    });

    tap.check("two Messages without sender and destination", () -> {
      List<String> texts = List.of("One", "Two");
      reply(receiver, powerpack, texts.stream()
          .map(text -> new com.plivo.api.xml.Message(null, null, text).callbackUrl(statusUrl + "/" + text))
          .toArray(com.plivo.api.xml.Message[]::new));
      for (String text : texts) {
        Map<String, String> wanted = Map.of("Status", "delivered", "From", MEMBER, "To", HANDSET);
        Callback callback = receiver.waitFor("/replied/" + text, wanted);
        equal(Simulator.submittedText(callback.parameters().get("MessageUUID")), text);
      }
    });
  }

  /** A handset writes, and the application answers this. */
  private static String reply(Receiver receiver, String powerpack, com.plivo.api.xml.Message... messages)
      throws Exception {
    receiver.answer("/inbound", new Response().children(messages).toXmlString());
    String inbound = Simulator.sendFromHandset(HANDSET, MEMBER, "Hi");
    Callback callback = receiver.waitFor("/inbound", Map.of("MessageUUID", inbound));
    equal(callback.parameters().get("PowerpackUUID"), powerpack);
    return inbound;
  }
}
