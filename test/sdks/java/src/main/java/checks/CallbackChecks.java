// Status and inbound callbacks, taken by a web server of the checks; the SDK judges their signatures.
package checks;

import static checks.Expect.equal;
import static checks.Expect.shows;
import static checks.MessageChecks.HANDSET;
import static checks.MessageChecks.ZERO;

import checks.Receiver.Callback;
import com.plivo.api.PlivoClient;
import com.plivo.api.models.account.Subaccount;
import com.plivo.api.models.account.SubaccountCreateResponse;
import com.plivo.api.models.application.Application;
import com.plivo.api.models.base.ListResponse;
import com.plivo.api.models.message.Message;
import com.plivo.api.models.number.Number;
import com.plivo.api.models.number.PhoneNumber;
import com.plivo.api.util.Utils;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

final class CallbackChecks {
  private static final String NUMBER = "14155550145";
  private static final String TEXT = "Café at 5 & 6? 100% + ☃ <3";
  private static final String AUTH_TOKEN = System.getenv("PLIVO_AUTH_TOKEN");
  private static final Pattern CALLBACK_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
  private static final List<String> TARGETS = List.of(
      "/plain",
      "/with/query?b=2&a=1",
      "/with/decoding?x=a%20b&y=c%2Bd&z=caf%C3%A9",
      "/caf%C3%A9%20bar/calls");

  private CallbackChecks() {}

  static void callbacks(Tap tap) throws Exception {
    String application = Application.creator("callbacks").create().getAppId();
    PhoneNumber.buyer(NUMBER).appId(application).create();
    try (Receiver receiver = new Receiver()) {
      statusCallbacks(tap, receiver);
      inboundCallbacks(tap, receiver, application);
      for (String method : List.of("POST", "GET")) {
        for (String target : TARGETS) signatures(tap, receiver, application, method, target);
      }
      subaccountSignatures(tap, receiver);
    }
    Number.deleter(NUMBER).delete();
    Application.deleter(application).delete();
  }

  private static void statusCallbacks(Tap tap, Receiver receiver) {
    tap.check("a status callback for each status", () -> {
      String uuid = send(receiver.origin + "/statuses", "POST");
      Map<String, String> delivered = Map.of();
      for (String status : List.of("queued", "sent", "delivered")) {
        delivered = receiver.waitFor("/statuses", Map.of("MessageUUID", uuid, "Status", status)).parameters();
        equal(delivered.get("Sequence"), Map.of("queued", "1", "sent", "2", "delivered", "3").get(status));
      }
      for (String name : List.of("MessageTime", "QueuedTime", "SentTime", "DeliveryReportTime")) {
        equal(CALLBACK_TIME.matcher(delivered.remove(name)).matches(), true);
      }
      equal(delivered, Map.ofEntries(
          Map.entry("MessageUUID", uuid),
          Map.entry("ParentMessageUUID", uuid),
          Map.entry("From", NUMBER),
          Map.entry("To", HANDSET),
          Map.entry("Type", "sms"),
          Map.entry("Status", "delivered"),
          Map.entry("Units", "1"),
          Map.entry("TotalRate", ZERO),
          Map.entry("TotalAmount", ZERO),
          Map.entry("MCC", ""),
          Map.entry("MNC", ""),
          Map.entry("ErrorCode", "000"),
          Map.entry("PartInfo", "1 of 1"),
          Map.entry("Sequence", "3"),
          Map.entry("requester_ip", "127.0.0.1"),
          Map.entry("PowerpackUUID", "")));
    });
  }

  private static void inboundCallbacks(Tap tap, Receiver receiver, String application) {
    tap.check("an inbound callback, and the message that it tells of", () -> {
      listen(application, receiver.origin + "/inbound", "POST");
      String uuid = Simulator.sendFromHandset(HANDSET, NUMBER, TEXT);
      equal(receiver.waitFor("/inbound", Map.of("MessageUUID", uuid)).parameters(), Map.of(
          "MessageUUID", uuid,
          "From", HANDSET,
          "To", NUMBER,
          "Type", "sms",
          "Text", TEXT,
          "Units", "1",
          "TotalRate", ZERO,
          "TotalAmount", ZERO,
          "MessageIntent", "",
          "PowerpackUUID", ""));
      shows(Message.getter(uuid).get(), "getMessageDirection", "inbound");
    });
  }

  private static void signatures(
      Tap tap, Receiver receiver, String application, String method, String target) {
    String url = receiver.origin + target;
    tap.check("signatures of status callbacks, " + method + " " + target, () -> {
      String uuid = send(url, method);
      Callback callback = receiver.waitFor(target, Map.of("MessageUUID", uuid, "Status", "delivered"));
      checkSigned(callback, method, url, AUTH_TOKEN, AUTH_TOKEN);
    });
    tap.check("signatures of inbound callbacks, " + method + " " + target, () -> {
      listen(application, url, method);
      String uuid = Simulator.sendFromHandset(HANDSET, NUMBER, TEXT);
      Callback callback = receiver.waitFor(target, Map.of("MessageUUID", uuid));
      checkSigned(callback, method, url, AUTH_TOKEN, AUTH_TOKEN);
    });
  }

  private static void subaccountSignatures(Tap tap, Receiver receiver) throws Exception {
    SubaccountCreateResponse owner = Subaccount.creator("kiosk").enabled(true).create();
    Number.updater(NUMBER).subaccount(owner.getAuthId()).update();
    PlivoClient asSubaccount = Connection.client(owner.getAuthId(), owner.getAuthToken());

    tap.check("signatures of a subaccount's callbacks, with its own token and that of the main account", () -> {
      String url = receiver.origin + "/subaccount";
      Message.creator(NUMBER, HANDSET, "Hello").url(new URL(url)).client(asSubaccount).create();
      Callback callback = receiver.waitFor("/subaccount", Map.of("Status", "delivered"));
      checkSigned(callback, "POST", url, owner.getAuthToken(), AUTH_TOKEN);
    });

    tap.check("Message.lister of a subaccount", () -> {
      ListResponse<Message> asMain = Message.lister().subaccount(owner.getAuthId()).list();
      ListResponse<Message> asItself = Message.lister().client(asSubaccount).list();
      equal(asMain.getObjects().size(), 1);
      shows(asMain.getObjects().get(0), "getFromNumber", NUMBER);
      shows(asItself.getObjects().get(0), "getMessageUuid", asMain.getObjects().get(0).getMessageUuid());
    });

    Subaccount.deleter(owner.getAuthId()).delete();
  }

  private static String send(String url, String method) throws Exception {
    return Message.creator(NUMBER, HANDSET, "Hello").url(new URL(url)).method(method).create()
        .getMessageUuid().get(0);
  }

  /** Has what comes in to the number told to a URL. */
  private static void listen(String application, String url, String method) throws Exception {
    Application.updater(application).messageUrl(url).messageMethod(method).update();
  }

  /**
   * Checks all signatures of a callback to a URL, with what a receiver has: its own address, and what came with it.
   * `method` must be a literal: the SDK compares it by identity.
   */
  private static void checkSigned(
      Callback callback, String method, String url, String ownToken, String mainToken) throws Exception {
    equal(callback.method(), method);
    Map<String, String> parameters = callback.parameters();
    Map<String, String> forged = new HashMap<>(parameters);
    forged.put("To", "12125550199");
    Map<String, String> tokens = Map.of("X-Plivo-Signature", ownToken, "X-Plivo-Signature-Ma", mainToken);
    for (var each : tokens.entrySet()) {
      String prefix = each.getKey();
      String token = each.getValue();
      String nonce = callback.headers().getFirst("X-Plivo-Signature-V2-Nonce");
      String signature = callback.headers().getFirst(prefix + "-V2");
      equal(Utils.validateSignature(callback.url(), nonce, signature, token), true);
      equal(Utils.validateSignature(callback.url(), nonce, signature, token + "x"), false);
      equal(isSigned(callback, prefix, url, token, method, parameters), true);
      equal(isSigned(callback, prefix, url, token, method, forged), false);
      // Of a GET the SDK may also be given the whole address alone, unless a value has an & in it.
      if (method.equals("GET") && parameters.values().stream().noneMatch(value -> value.contains("&"))) {
        equal(isSigned(callback, prefix, callback.url(), token, method, Map.of()), true);
      }
    }
  }

  @SuppressWarnings("unchecked") // The SDK takes the parameters as an array of generic maps.
  private static boolean isSigned(
      Callback callback, String prefix, String url, String token, String method, Map<String, String> parameters)
      throws Exception {
    String nonce = callback.headers().getFirst("X-Plivo-Signature-V3-Nonce");
    String signatures = callback.headers().getFirst(prefix + "-V3");
    return Utils.validateSignatureV3(url, nonce, signatures, token, method, parameters);
  }
}
