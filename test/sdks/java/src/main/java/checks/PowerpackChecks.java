// Powerpack: create, get, list, iterate, update and delete.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Expect.MOMENT;
import static checks.Expect.UUID;
import static checks.Expect.all;
import static checks.Expect.equal;
import static checks.Expect.raises;
import static checks.Expect.shows;

import com.plivo.api.exceptions.ResourceNotFoundException;
import com.plivo.api.models.application.Application;
import com.plivo.api.models.base.ListResponse;
import com.plivo.api.models.number.Number;
import com.plivo.api.models.number.PhoneNumber;
import com.plivo.api.models.powerpack.NumberPriority;
import com.plivo.api.models.powerpack.Powerpack;
import com.plivo.api.models.powerpack.PowerpackResponse;
import com.plivo.api.models.powerpack.PowerpackUpdateResponse;
import com.plivo.api.models.powerpack.Priority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

final class PowerpackChecks {
  private static final List<String> DEFAULT_PRIORITIES = List.of(
      "SMS US shortcode longcode tollfree",
      "MMS US shortcode longcode tollfree",
      "SMS CA shortcode longcode tollfree",
      "MMS CA shortcode longcode tollfree");

  private PowerpackChecks() {}

  static void powerpacks(Tap tap) throws Exception {
    String app = Application.creator("replies").create().getAppId();
    PowerpackResponse created = Powerpack.creator("orders").create();
    String uuid = created.getUuid();

    tap.check("Powerpack.creator", () -> {
      shows(created,
          "getApiId", UUID,
          "getUuid", UUID,
          "getName", "orders",
          "getStickySender", true,
          "getLocalConnect", true,
          "getApplicationType", "",
          "getApplicationID", "",
          "getCreatedOn", MOMENT,
          "getNumberPool", Pattern.compile("/v1/Account/" + AUTH_ID + "/NumberPool/" + UUID + "/"));
      equal(texts(created.getNumberPriority()), DEFAULT_PRIORITIES);
    });

    tap.check("Powerpack.creator with a number priority", () -> {
      NumberPriority[] one = {new NumberPriority("CA", new Priority("tollfree", "longcode", null), "SMS")};
      List<String> expected = new ArrayList<>(DEFAULT_PRIORITIES);
      expected.set(2, "SMS CA tollfree longcode null");
      PowerpackResponse alerts = Powerpack.creator("alerts").number_priority(one).create();
      equal(texts(alerts.getNumberPriority()), expected);
      equal(texts(Powerpack.getter(alerts.getUuid()).get().getNumber_priority()), expected);
    });

    tap.check("Powerpack.getter", () -> {
      Powerpack powerpack = Powerpack.getter(uuid).get();
      shows(powerpack,
          "getApiId", UUID,
          "getId", uuid,
          "getUuid", uuid,
          "getName", "orders",
          "getSticky_sender", true,
          "getLocal_connect", true,
          "getApplication_id", "",
          "getApplication_type", "",
          "getCreatedOn", MOMENT,
          "getNumber_pool", created.getNumberPool(),
          "getNumberPoolId", UUID);
      equal(texts(powerpack.getNumber_priority()), DEFAULT_PRIORITIES);
      shows(powerpack.numberpool, "getNumberPoolId", powerpack.getNumberPoolId());
    });

    tap.check("Powerpack.lister and iteration", () -> {
      for (int number = 1; number <= 20; number++) Powerpack.creator("many-" + number).create();
      shows(Powerpack.lister().list().getMeta(),
          "getLimit", 20L, "getOffset", 0L, "getTotalCount", 22L, "getPrevious", null);
      ListResponse<Powerpack> page = Powerpack.lister().limit(5).offset(20).list();
      shows(page.getMeta(), "getLimit", 5L, "getOffset", 20L, "getNext", null);
      equal(page.getObjects().size(), 2);
      equal(Powerpack.lister().get(), 22L);
      List<Powerpack> listed = all(Powerpack.lister());
      equal(listed.size(), 22);
      Powerpack first = listed.stream().filter(each -> each.getUuid().equals(uuid)).findFirst().orElseThrow();
      shows(first, "getName", "orders", "getSticky_sender", true, "getNumber_pool", created.getNumberPool());
      equal(texts(first.getNumber_priority()), DEFAULT_PRIORITIES);
    });

    tap.check("updater with everything", () -> {
      PowerpackUpdateResponse updated = Powerpack.getter(uuid).get().updater()
          .application_id(app).application_type("xml").sticky_sender(false).local_connect(false).update();
      shows(updated,
          "getApiId", UUID,
          "getUuid", uuid,
          "getName", "orders",
          "getApplicationID", app,
          "getApplicationType", "XML",
          "getStickySender", false,
          "getLocalConnect", false,
          "getNumberPool", created.getNumberPool(),
          "getCreatedOn", created.getCreatedOn());
    });

    tap.check("updater of the name alone keeps everything else", () -> {
      shows(Powerpack.getter(uuid).get().updater().name("renamed").update(), "getName", "renamed");
      shows(Powerpack.getter(uuid).get(),
          "getName", "renamed",
          "getApplication_id", app,
          "getApplication_type", "XML",
          "getSticky_sender", false,
          "getLocal_connect", false);
    });

    tap.check("updater of one priority keeps the others", () -> {
      Priority kinds = new Priority("tollfree", "longcode", "shortcode");
      NumberPriority[] one = {new NumberPriority("US", kinds, "MMS")};
      List<String> expected = new ArrayList<>(DEFAULT_PRIORITIES);
      expected.set(1, "MMS US tollfree longcode shortcode");
      PowerpackUpdateResponse updated = Powerpack.getter(uuid).get().updater().number_priority(one).update();
      equal(texts(updated.getNumberPriority()), expected);
      equal(texts(Powerpack.getter(uuid).get().getNumber_priority()), expected);
    });

    tap.check("updater with the application none detaches it", () -> {
      Powerpack.getter(uuid).get().updater().application_id("none").update();
      shows(Powerpack.getter(uuid).get(),
          "getApplication_id", "", "getApplication_type", "", "getName", "renamed");
    });

    tap.check("updater with nothing", () ->
        shows(Powerpack.getter(uuid).get().updater().update(), "getUuid", uuid, "getName", "renamed"));

    tap.check("deleting an application detaches it from a powerpack", () -> {
      Powerpack.getter(uuid).get().updater().application_id(app).application_type("XML").update();
      Application.deleter(app).delete();
      shows(Powerpack.getter(uuid).get(), "getApplication_id", "", "getApplication_type", "");
    });

    tap.check("deleter with unrent_numbers false keeps the numbers", () -> {
      PhoneNumber.buyer("12125550120").create();
      Powerpack powerpack = Powerpack.getter(uuid).get();
      powerpack.add_number().number("12125550120").get();
      powerpack.deleter().unrent_numbers(false).delete();
      raises(ResourceNotFoundException.class, "powerpack not found", () -> Powerpack.getter(uuid).get());
      shows(Number.getter("12125550120").get(), "getNumber", "12125550120");
    });

    tap.check("deleter gives the numbers up unless it is told not to", () -> {
      // The SDK's own default: all other SDKs keep the numbers.
      Powerpack powerpack = Powerpack.lister().list().getObjects().get(0);
      powerpack.add_number().number("12125550120").get();
      powerpack.deleter().delete();
      raises(ResourceNotFoundException.class, "number not found", () -> Number.getter("12125550120").get());
    });

    tap.check("deleter of all that are left", () -> {
      for (Powerpack powerpack : all(Powerpack.lister())) powerpack.deleter().delete();
      equal(Powerpack.lister().list().getObjects(), List.of());
    });
  }

  /** The number priorities as short texts, such as `SMS US shortcode longcode tollfree`. */
  private static List<String> texts(NumberPriority[] priorities) {
    return Arrays.stream(priorities).map(each -> {
      Priority kinds = each.getPriority();
      return String.join(" ", each.getService_type(), each.getCountry_iso(),
          kinds.getPriority1(), kinds.getPriority2(), kinds.getPriority3());
    }).toList();
  }
}
