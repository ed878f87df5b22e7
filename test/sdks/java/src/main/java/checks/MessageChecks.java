// Message: send, get, list and iterate.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Expect.UUID;
import static checks.Expect.all;
import static checks.Expect.equal;
import static checks.Expect.raises;
import static checks.Expect.shows;

import com.plivo.api.models.base.ListResponse;
import com.plivo.api.models.message.Message;
import com.plivo.api.models.message.MessageCreateResponse;
import com.plivo.api.models.message.MessageCreator;
import com.plivo.api.models.message.MessageDirection;
import com.plivo.api.models.message.MessageLister;
import com.plivo.api.models.message.MessageState;
import com.plivo.api.models.message.MessageType;
import com.plivo.api.models.number.Number;
import com.plivo.api.models.number.PhoneNumber;
import com.plivo.api.models.powerpack.Powerpack;
import com.plivo.api.util.PropertyFilter;
import java.net.URL;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

final class MessageChecks {
  static final String HANDSET = "12125550142";
  static final String OTHER_HANDSET = "12125550143";
  static final String ZERO = "0.00000";
  private static final String NUMBER = "14155550140";
  /** The number of the powerpack. */
  private static final String MEMBER = "14155550141";
  private static final Pattern MESSAGE_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");

  private MessageChecks() {}

  static void messages(Tap tap) throws Exception {
    for (String number : List.of(NUMBER, MEMBER)) PhoneNumber.buyer(number).create();
    Powerpack powerpack = Powerpack.getter(Powerpack.creator("senders").create().getUuid()).get();
    powerpack.add_number().number(MEMBER).service("mms").get();
    try (Receiver receiver = new Receiver()) {
      sending(tap, receiver, powerpack.getUuid());
      logLevels(tap, receiver);
      listing(tap, receiver, powerpack.getUuid());
    }
    powerpack.deleter().unrent_numbers(true).delete();
    Number.deleter(NUMBER).delete();
  }

  /** Sends, and waits until it has come to this end. Answers the identifiers. */
  private static List<String> send(Receiver receiver, String end, MessageCreator message) throws Exception {
    List<String> sent = message.url(new URL(receiver.origin + "/status")).create().getMessageUuid();
    for (String uuid : sent) receiver.waitFor("/status", Map.of("MessageUUID", uuid, "Status", end));
    return sent;
  }

  private static Message delivered(Receiver receiver, MessageCreator message) throws Exception {
    return Message.getter(send(receiver, "delivered", message).get(0)).get();
  }

  private static void sending(Tap tap, Receiver receiver, String powerpack) {
    tap.check("Message.creator", () -> {
      MessageCreateResponse sent = Message.creator(NUMBER, HANDSET, "Hello").create();
      shows(sent, "getApiId", UUID, "getMessage", "message(s) queued");
      equal(sent.getMessageUuid().size(), 1);
      equal(UUID.matcher(sent.getMessageUuid().get(0)).matches(), true);
    });

    tap.check("Message.getter of what was delivered", () -> {
      String text = "Your table is ready. ☃ \uD83C\uDF7D";
      Message message = delivered(receiver, Message.creator(NUMBER, HANDSET, text));
      String uuid = message.getMessageUuid();
      shows(message,
          "getApiId", UUID,
          "getId", uuid,
          "getErrorCode", "000",
          "getErrorMessage", "",
          "getFromNumber", NUMBER,
          "getMessageDirection", "outbound",
          "getMessageState", "delivered",
          "getMessageTime", MESSAGE_TIME,
          "getMessageSentTime", MESSAGE_TIME,
          "getMessageUpdatedTime", MESSAGE_TIME,
          "getMessageType", "sms",
          "getResourceUri", "/v1/Account/" + AUTH_ID + "/Message/" + uuid + "/",
          "getToNumber", HANDSET,
          "getTotalAmount", ZERO,
          "getTotalRate", ZERO,
          "getUnits", 1L,
          "getDestinationCountryIso2", "US",
          "getDestinationNetwork", "",
          "getCarrierFeesRate", ZERO,
          "getCarrierFees", ZERO,
          "getIsDomestic", true,
          "getReplacedSender", "",
          "getTendlcRegistrationStatus", "unregistered",
          "getTendlcCampaignID", "",
          "getRequesterIP", "127.0.0.1",
          "getPowerpackID", null,
          "getConversationOrigin", "",
          "getLog", "true");
      equal(Simulator.submittedText(uuid), text);
    });

    tap.check("Message.creator with a powerpack after the text", () -> {
      Message message = delivered(receiver, Message.creator(List.of(HANDSET), "Hello", powerpack));
      shows(message, "getFromNumber", MEMBER, "getPowerpackID", powerpack);
    });

    tap.check("Message.creator with a powerpack in the place of the sender", () ->
        shows(delivered(receiver, Message.creator(powerpack, HANDSET, "Hello")), "getFromNumber", MEMBER));

    tap.check("Message.creator of a picture message with a powerpack", () ->
        shows(delivered(receiver, Message.creator(List.of(HANDSET), null, powerpack)
                .type(MessageType.MMS)
                .media_urls(new String[] {"https://media.example.com/one.png"})),
            "getFromNumber", MEMBER, "getMessageType", "mms", "getPowerpackID", powerpack));

    tap.check("Message.creator with a list of destinations", () -> {
      List<String> destinations = List.of("+" + HANDSET, OTHER_HANDSET, HANDSET);
      List<String> sent = send(receiver, "delivered", Message.creator(NUMBER, destinations, "Hello"));
      equal(sent.size(), 2);
      shows(Message.getter(sent.get(0)).get(), "getToNumber", HANDSET);
      shows(Message.getter(sent.get(1)).get(), "getToNumber", OTHER_HANDSET);
    });

    tap.check("Message.creator with destinations that have < between them", () -> {
      String destinations = HANDSET + "<" + OTHER_HANDSET;
      equal(send(receiver, "delivered", Message.creator(NUMBER, destinations, "Hello")).size(), 2);
    });

    tap.check("Message.creator with a destination that is none among others", () -> {
      List<String> destinations = List.of(HANDSET, "nobody");
      equal(Message.creator(NUMBER, destinations, "Hello").create().getMessageUuid().size(), 1);
    });

    tap.check("Message.creator with every option", () ->
        shows(delivered(receiver, Message.creator(NUMBER, HANDSET, "Hello")
                .type(MessageType.SMS)
                .method("GET")
                .log(true)
                .trackable(false)
                .message_expiry(600L)
                .dlt_entity_id("1234567890")
                .dlt_template_id("0987654321")
                .dlt_template_category("service_implicit")),
            "getDltEntityID", "1234567890",
            "getDltTemplateID", "0987654321",
            "getDltTemplateCategory", "service_implicit"));

    tap.check("Message.creator to its own sender, which the SDK refuses", () ->
        raises(IllegalArgumentException.class, "destination cannot include source",
            () -> Message.creator(NUMBER, NUMBER, "Hello")));
  }

  private static void logLevels(Tap tap, Receiver receiver) {
    String masked = HANDSET.substring(0, HANDSET.length() - 3) + "***";
    List<Object> whole = List.of(true, "true", "number_only");
    for (Object log : List.of(true, false, "true", "false", "number_only", "content_only")) {
      tap.check("Message.creator with the log " + log + ", a " + log.getClass().getSimpleName(), () ->
          shows(delivered(receiver, Message.creator(NUMBER, HANDSET, "Hello").log(log)),
              "getLog", log.toString(), "getToNumber", whole.contains(log) ? HANDSET : masked));
    }
  }

  private static void listing(Tap tap, Receiver receiver, String powerpack) throws Exception {
    String byPowerpack =
        send(receiver, "delivered", Message.creator(List.of(HANDSET), "by powerpack", powerpack)).get(0);
    String[] urls = {"https://media.example.com/one.png"};
    String picture = send(receiver, "delivered",
        Message.creator(NUMBER, HANDSET).type(MessageType.MMS).media_urls(urls)).get(0);
    Simulator.whileUndelivered(OTHER_HANDSET, 50, () ->
        send(receiver, "undelivered", Message.creator(NUMBER, OTHER_HANDSET, "lost")));
    String lost = Message.lister().list().getObjects().get(0).getMessageUuid();
    String inbound = Simulator.sendFromHandset(HANDSET, NUMBER, "inbound");
    // The newest are listed first.
    List<String> made = List.of(inbound, lost, picture, byPowerpack);

    tap.check("Message.lister", () -> {
      ListResponse<Message> page = Message.lister().limit(2).offset(1).list();
      shows(page, "getApiId", UUID);
      shows(page.getMeta(), "getLimit", 2L, "getOffset", 1L);
      equal(page.getObjects().size(), 2);
      shows(Message.lister().limit(1).list().getObjects().get(0),
          "getMessageUuid", inbound, "getMessageDirection", "inbound", "getMessageState", "received");
    });

    tap.check("Message.lister with each filter", () -> {
      equal(listed(made, Message.lister()), made);
      equal(listed(made, Message.lister().messageDirection(MessageDirection.INBOUND)), List.of(inbound));
      equal(listed(made, Message.lister().messageDirection(MessageDirection.OUTBOUND)), made.subList(1, 4));
      equal(listed(made, Message.lister().messageState(MessageState.DELIVERED)), List.of(picture, byPowerpack));
      equal(listed(made, Message.lister().messageState(MessageState.QUEUED)), List.of());
      equal(listed(made, Message.lister().messageState(MessageState.REJECTED)), List.of());
      equal(listed(made, Message.lister().errorCode(50L)), List.of(lost));
      equal(listed(made, Message.lister().powerpackID(powerpack)), List.of(byPowerpack));
      equal(listed(made, Message.lister().messageType(MessageType.MMS)), List.of(picture));
      equal(listed(made, Message.lister().tendlcRegistrationStatus("unregistered")), made);
      equal(listed(made, Message.lister().tendlcCampaignID("C1")), List.of());
      equal(listed(made, Message.lister().conversationID("c")), List.of());
      equal(listed(made, Message.lister().conversationOrigin("service")), List.of());
      equal(listed(made, Message.lister().destinationCountryIso2("US")), made);
      equal(listed(made, Message.lister().destinationCountryIso2("CA")), List.of());
    });

    tap.check("Message.lister by time", () -> {
      Date earlier = Date.from(Instant.now().minus(Duration.ofDays(2)));
      Date later = Date.from(Instant.now().plus(Duration.ofDays(2)));
      equal(listed(made, between().greaterThan(earlier).lessThan(later)), made);
      equal(listed(made, between().greaterOrEqual(earlier).lessOrEqual(later)), made);
      equal(listed(made, between().greaterThan(later)), List.of());
      equal(listed(made, between().lessThan(earlier)), List.of());
      // The SDK writes times in the zone of the machine, the server takes them as UTC: what was read so is written so.
      String shown = Message.getter(lost).get().getMessageTime();
      Date at = new SimpleDateFormat("yyyy-MM-dd HH:mm:ss").parse(shown);
      equal(listed(made, between().equalTo(at)).contains(lost), true);
    });

    tap.check("Message.lister leads to the next page with its filters", () -> {
      String next = Message.lister().messageType(MessageType.SMS).limit(1).list().getMeta().getNext();
      for (String part : List.of("limit=1", "offset=1", "message_type=sms")) equal(next.contains(part), true);
    });

    tap.check("iteration, page after page", () -> {
      List<String> handsets = IntStream.range(60, 82).mapToObj(last -> "121255501" + last).toList();
      List<String> sent = send(receiver, "delivered", Message.creator(NUMBER, handsets, "Hello"));
      List<String> listed = all(Message.lister()).stream().map(Message::getMessageUuid).toList();
      equal(listed.containsAll(sent), true);
      equal(listed.containsAll(made), true);
    });
  }

  private static PropertyFilter<Date> between() {
    return new PropertyFilter<>();
  }

  private static List<String> listed(List<String> made, PropertyFilter<Date> time) throws Exception {
    return listed(made, Message.lister().messageTime(time));
  }

  /** Of the messages of these checks those that a list shows, in its order. */
  private static List<String> listed(List<String> made, MessageLister lister) throws Exception {
    return lister.list().getObjects().stream().map(Message::getMessageUuid).filter(made::contains).toList();
  }
}
