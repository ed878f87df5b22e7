// How refusals of messages and media reach a user of the SDK.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Expect.raises;
import static checks.MessageChecks.HANDSET;

import com.plivo.api.PlivoClient;
import com.plivo.api.exceptions.AuthenticationException;
import com.plivo.api.exceptions.InvalidRequestException;
import com.plivo.api.exceptions.ResourceNotFoundException;
import com.plivo.api.models.media.Media;
import com.plivo.api.models.message.Message;
import com.plivo.api.models.message.MessageCreator;
import com.plivo.api.models.message.MessageType;
import com.plivo.api.models.message.MmsMedia;
import com.plivo.api.models.number.Number;
import com.plivo.api.models.number.PhoneNumber;
import com.plivo.api.models.powerpack.Powerpack;
import java.util.List;

final class MessageErrorChecks {
  private static final String NUMBER = "14155550147";
  private static final String UNKNOWN = "9a4e2d70-1c3b-4f6a-8e52-b06d17c8f3a9";

  private MessageErrorChecks() {}

  static void errors(Tap tap) throws Exception {
    PhoneNumber.buyer(NUMBER).create();
    Powerpack empty = Powerpack.getter(Powerpack.creator("empty").create().getUuid()).get();
    PlivoClient stranger = Connection.client(AUTH_ID, "bm90LXRoZS1yaWdodC10b2tlbg");

    refused(tap, "to what is no number", "\"error\":\"'4155550' is not a valid phone number.\"",
        Message.creator(NUMBER, "+4155-550", "Hello"));
    refused(tap, "from a number that is not rented", "This caller ID is not allowed for outbound message",
        Message.creator("14155550199", HANDSET, "Hello"));
    refused(tap, "without a text", "text parameter not present", Message.creator(NUMBER, HANDSET));
    refused(tap, "of a picture message without media", "media parameter not present",
        Message.creator(NUMBER, HANDSET).type(MessageType.MMS));
    refused(tap, "of a text that is too long", "text parameter length exceeds 1600",
        Message.creator(NUMBER, HANDSET, "x".repeat(1601)));
    refused(tap, "that expires too soon", "message_expiry must be",
        Message.creator(NUMBER, HANDSET, "Hello").message_expiry(4L));
    refused(tap, "with a log that is none", "log must be", Message.creator(NUMBER, HANDSET, "Hello").log("perhaps"));
    refused(tap, "with a method that is none", "method must be",
        Message.creator(NUMBER, HANDSET, "Hello").method("PUT"));
    refused(tap, "by WhatsApp", "type must be sms or mms",
        Message.creator(NUMBER, HANDSET, "Hello").type(MessageType.WHATSAPP));
    refused(tap, "with media that is not there", "there is no media " + UNKNOWN,
        Message.creator(NUMBER, HANDSET, "Hello").type(MessageType.MMS).media_ids(new String[] {UNKNOWN}));
    refused(tap, "with an empty powerpack", "no number available in the powerpack for this message",
        Message.creator(List.of(HANDSET), "Hello", empty.getUuid()));

    tap.check("404, Message.creator with a powerpack that is not there", () ->
        raises(ResourceNotFoundException.class, "powerpack not found",
            () -> Message.creator(List.of(HANDSET), "Hello", UNKNOWN).create()));
    tap.check("404, Message.getter", () ->
        raises(ResourceNotFoundException.class, "\"error\":\"not found\"", () -> Message.getter(UNKNOWN).get()));
    tap.check("404, MmsMedia.listMedia", () ->
        raises(ResourceNotFoundException.class, "not found", () -> MmsMedia.listMedia(UNKNOWN).list()));
    tap.check("404, Media.getter", () ->
        raises(ResourceNotFoundException.class, "media not found", () -> Media.getter(UNKNOWN).get()));
    tap.check("400, Message.lister of a subaccount that is none", () ->
        raises(InvalidRequestException.class, "subaccount must be the auth id of a subaccount",
            () -> Message.lister().subaccount("nobody").list()));
    tap.check("401, Message.lister", () ->
        raises(AuthenticationException.class, "invalid auth_id or auth_token",
            () -> Message.lister().client(stranger).list()));
    tap.check("401, Message.creator", () ->
        raises(AuthenticationException.class, "invalid auth_id or auth_token",
            () -> Message.creator(NUMBER, HANDSET, "Hello").client(stranger).create()));

    empty.deleter().delete();
    Number.deleter(NUMBER).delete();
  }

  private static void refused(Tap tap, String name, String text, MessageCreator message) {
    tap.check("400, Message.creator " + name, () -> raises(InvalidRequestException.class, text, message::create));
  }
}
