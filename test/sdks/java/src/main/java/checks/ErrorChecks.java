// How refusals of the server reach a user of the SDK: as exceptions whose message is the body of the answer.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Expect.raises;

import com.plivo.api.PlivoClient;
import com.plivo.api.exceptions.AuthenticationException;
import com.plivo.api.exceptions.InvalidRequestException;
import com.plivo.api.exceptions.PlivoRestException;
import com.plivo.api.exceptions.ResourceNotFoundException;
import com.plivo.api.models.application.Application;
import com.plivo.api.models.number.Number;
import com.plivo.api.models.number.PhoneNumber;
import com.plivo.api.models.powerpack.Powerpack;

final class ErrorChecks {
  private static final String UNKNOWN_POWERPACK = "9a4e2d70-1c3b-4f6a-8e52-b06d17c8f3a9";
  private static final String UNKNOWN_APPLICATION = "27418830265017943";

  private ErrorChecks() {}

  static void errors(Tap tap) throws Exception {
    Powerpack powerpack = Powerpack.getter(Powerpack.creator("taken").create().getUuid()).get();
    PlivoClient stranger = Connection.client(AUTH_ID, "bm90LXRoZS1yaWdodC10b2tlbg");

    tap.check("400, Powerpack.creator without a name", () ->
        raises(InvalidRequestException.class, "\"error\":\"name is required\"",
            () -> Powerpack.creator("").create()));
    tap.check("400, updater with an application but no type", () ->
        raises(InvalidRequestException.class, "application_type is required with application_id",
            () -> powerpack.updater().application_id(UNKNOWN_APPLICATION).update()));
    tap.check("400, updater with an application that is not there", () ->
        raises(InvalidRequestException.class, "application not found or of another type",
            () -> powerpack.updater().application_id(UNKNOWN_APPLICATION).application_type("xml").update()));
    tap.check("400, list_numbers with too many prefixes", () ->
        raises(InvalidRequestException.class, "starts_with accepts at most 10 values",
            () -> powerpack.list_numbers().pattern("415" + ",415".repeat(10)).list()));
    tap.check("401, Powerpack.lister", () ->
        raises(AuthenticationException.class, "invalid auth_id or auth_token",
            () -> Powerpack.lister().client(stranger).list()));
    tap.check("401, Application.lister", () ->
        raises(AuthenticationException.class, "invalid auth_id or auth_token",
            () -> Application.lister().client(stranger).list()));
    tap.check("404, Powerpack.getter", () ->
        raises(ResourceNotFoundException.class, "powerpack not found",
            () -> Powerpack.getter(UNKNOWN_POWERPACK).get()));
    tap.check("404, Number.getter", () ->
        raises(ResourceNotFoundException.class, "number not found",
            () -> Number.getter("12125550199").get()));
    tap.check("404, PhoneNumber.buyer of a number that is not for sale", () ->
        raises(ResourceNotFoundException.class, "not for sale",
            () -> PhoneNumber.buyer("12125551234").create()));
    tap.check("404, Application.updater", () ->
        raises(ResourceNotFoundException.class, "application not found",
            () -> Application.updater(UNKNOWN_APPLICATION).publicUri(true).update()));
    tap.check("404, Application.deleter", () ->
        raises(ResourceNotFoundException.class, "application not found",
            () -> Application.deleter(UNKNOWN_APPLICATION).delete()));
    tap.check("409, Powerpack.creator with a name that is taken", () ->
        raises(PlivoRestException.class, "powerpack name already in use",
            () -> Powerpack.creator("taken").create()));
    tap.check("404, deleter again", () -> {
      powerpack.deleter().delete();
      raises(ResourceNotFoundException.class, "powerpack not found", () -> powerpack.deleter().delete());
    });
    tap.check("404, count_numbers of a pool that is gone", () ->
        raises(ResourceNotFoundException.class, "number pool not found",
            () -> powerpack.count_numbers().get()));
  }
}
