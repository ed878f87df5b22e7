// PhoneNumber, which is for sale, and Number, which is rented.
package checks;

import static checks.AccountChecks.ZERO;
import static checks.Connection.AUTH_ID;
import static checks.Expect.DATE;
import static checks.Expect.UUID;
import static checks.Expect.all;
import static checks.Expect.equal;
import static checks.Expect.raises;
import static checks.Expect.shows;

import com.plivo.api.exceptions.ResourceNotFoundException;
import com.plivo.api.models.account.Subaccount;
import com.plivo.api.models.application.Application;
import com.plivo.api.models.base.ListResponse;
import com.plivo.api.models.number.Number;
import com.plivo.api.models.number.NumberLister;
import com.plivo.api.models.number.NumberType;
import com.plivo.api.models.number.PhoneNumber;
import com.plivo.api.models.number.PhoneNumberCreateResponse;
import java.util.List;

final class NumberChecks {
  private NumberChecks() {}

  static void phoneNumbers(Tap tap) {
    tap.check("PhoneNumber.lister", () -> {
      ListResponse<PhoneNumber> found = PhoneNumber.lister("US")
          .type(NumberType.LOCAL).pattern("415").region("California").services("sms,mms").limit(2).list();
      shows(found, "getApiId", UUID);
      shows(found.getMeta(), "getLimit", 2L, "getOffset", 0L, "getTotalCount", 100L, "getPrevious", null);
      equal(found.getObjects().size(), 2);
      shows(found.getObjects().get(0),
          "getNumber", "14155550100",
          "getCountry", "UNITED STATES",
          "getLata", null,
          "getMonthlyRentalRate", ZERO,
          "getPrefix", "415",
          "getRateCenter", null,
          "getRegion", "California, UNITED STATES",
          "getResourceUri", "/v1/Account/" + AUTH_ID + "/PhoneNumber/14155550100/",
          "getRestriction", null,
          "getRestrictionText", null,
          "getSetupRate", ZERO,
          "getSmsEnabled", true,
          "getSmsRate", ZERO,
          "getMmsEnabled", true,
          "getMmsRate", ZERO,
          "getVoiceEnabled", false,
          "getVoiceRate", ZERO,
          "getType", NumberType.FIXED);
    });

    tap.check("PhoneNumber.lister of toll-free numbers, with an offset", () ->
        shows(PhoneNumber.lister("US").type(NumberType.TOLLFREE).limit(1).offset(1).list().getObjects().get(0),
            "getNumber", "18005550101", "getType", NumberType.TOLLFREE));

    tap.check("PhoneNumber.lister of what is not there", () ->
        // No number of the inventory has a LATA or a rate centre that is known.
        equal(PhoneNumber.lister("US").lata("722").rateCenter("OAKLAND").list().getObjects(), List.of()));

    tap.check("PhoneNumber.creator and buyer", () -> {
      String app = Application.creator("bought").create().getAppId();
      PhoneNumberCreateResponse bought = PhoneNumber.creator("14155550100").appId(app).create();
      shows(bought, "getApiId", UUID, "getMessage", "created", "getStatus", "fulfilled");
      shows(bought.getNumbers().get(0), "getNumber", "14155550100", "getStatus", "Success");
      shows(Number.getter("14155550100").get(),
          "getApplication", "/v1/Account/" + AUTH_ID + "/Application/" + app + "/");
      Application.deleter(app).delete();
      shows(Number.getter("14155550100").get(), "getApplication", null);

      PhoneNumber.buyer("14155550101").create();
      PhoneNumber.lister("US").pattern("415").list().getObjects().get(0).buyer().create();
      shows(Number.getter("14155550102").get(), "getNumber", "14155550102");
      for (Number number : all(Number.lister())) number.unrenter().unrent();
    });
  }

  static void numbers(Tap tap) throws Exception {
    for (String number : List.of("14155550110", "14165550110", "18335550110")) PhoneNumber.buyer(number).create();

    tap.check("Number.getter", () -> {
      shows(Number.getter("14155550110").get(),
          "getApiId", UUID,
          "getId", "14155550110",
          "getActive", true,
          "getAddedOn", DATE,
          "getAlias", null,
          "getApplication", null,
          "getCnamLookup", "disabled",
          "getMonthlyRentalRate", ZERO,
          "getNumber", "14155550110",
          "getNumberType", NumberType.LOCAL,
          "getRegion", "California, UNITED STATES",
          "getResourceUri", "/v1/Account/" + AUTH_ID + "/Number/14155550110/",
          "getSmsEnabled", true,
          "getSmsRate", ZERO,
          "getVoiceEnabled", false,
          "getVoiceRate", ZERO,
          "getMmsEnabled", true,
          "getMmsRate", ZERO,
          "getSubAccount", null,
          "getTendlcRegistrationStatus", "UNREGISTERED",
          "getTendlcCampaignId", null,
          "getTollFreeSmsVerification", null);
      shows(Number.getter("14165550110").get(), "getRegion", "Ontario, CANADA");
      shows(Number.getter("18335550110").get(), "getNumberType", NumberType.TOLLFREE);
    });

    tap.check("Number.lister and iteration", () -> {
      ListResponse<Number> page = Number.lister().limit(1).offset(1).list();
      shows(page.getMeta(), "getLimit", 1L, "getOffset", 1L, "getTotalCount", 3L);
      equal(page.getObjects().size(), 1);
      equal(all(Number.lister()).size(), 3);
    });

    tap.check("Number.lister with each filter", () -> {
      equal(listed(Number.lister().numberType(NumberType.TOLLFREE)), List.of("18335550110"));
      equal(listed(Number.lister().numberStartswith("1416")), List.of("14165550110"));
      equal(listed(Number.lister().services("sms")).size(), 3);
      equal(listed(Number.lister().services("voice")), List.of());
      equal(listed(Number.lister().alias("nobody")), List.of());
      equal(listed(Number.lister().tendlcRegistrationStatus("UNREGISTERED").cnamLookup("disabled")).size(), 3);
      equal(listed(Number.lister().tendlcCampaignId("C1")), List.of());
    });

    tap.check("Number.updater", () -> {
      String owner = Subaccount.creator("west").create().getAuthId();
      String app = Application.creator("west").create().getAppId();
      shows(Number.updater("14155550110").appId(app).subaccount(owner).alias("west desk").update(),
          "getApiId", UUID, "getMessage", "changed");
      shows(Number.getter("14155550110").get(),
          "getAlias", "west desk",
          "getApplication", "/v1/Account/" + AUTH_ID + "/Application/" + app + "/",
          "getSubAccount", owner);
      equal(listed(Number.lister().alias("west desk")), List.of("14155550110"));
      equal(listed(Number.lister().subaccount(owner)), List.of("14155550110"));

      Number.getter("14155550110").get().updater().appId("null").update();
      shows(Number.getter("14155550110").get(), "getAlias", "west desk", "getApplication", null);
      Application.deleter(app).delete();
      Subaccount.deleter(owner).delete();
    });

    tap.check("Number.creator and adder", () -> {
      shows(Number.creator(List.of("14155550155", "14155550156"), "carrier", "California").create(),
          "getApiId", UUID, "getMessage", "changed");
      Number.adder(List.of("14155550157"), "other", "California").numberType(NumberType.LOCAL).add();
      shows(Number.getter("14155550156").get(), "getCarrier", "carrier", "getActive", true);
      shows(Number.getter("14155550157").get(), "getCarrier", "other");
    });

    tap.check("Number.deleter, and deleter and unrenter of a number", () -> {
      Number.deleter("14155550110").delete();
      raises(ResourceNotFoundException.class, "number not found", () -> Number.getter("14155550110").get());
      Number.getter("14165550110").get().deleter().delete();
      for (Number number : all(Number.lister())) number.unrenter().unrent();
      equal(Number.lister().get(), 0L);
    });
  }

  private static List<String> listed(NumberLister lister) throws Exception {
    return lister.list().getObjects().stream().map(Number::getNumber).toList();
  }
}
