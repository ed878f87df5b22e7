// Account, Subaccount and Pricing.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Expect.DATE;
import static checks.Expect.UUID;
import static checks.Expect.all;
import static checks.Expect.equal;
import static checks.Expect.raises;
import static checks.Expect.shows;

import com.fasterxml.jackson.databind.JsonNode;
import com.plivo.api.PlivoClient;
import com.plivo.api.exceptions.AuthenticationException;
import com.plivo.api.exceptions.ResourceNotFoundException;
import com.plivo.api.models.account.Account;
import com.plivo.api.models.account.AccountType;
import com.plivo.api.models.account.BillingMode;
import com.plivo.api.models.account.Subaccount;
import com.plivo.api.models.account.SubaccountCreateResponse;
import com.plivo.api.models.powerpack.Powerpack;
import com.plivo.api.models.pricing.Pricing;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

final class AccountChecks {
  static final String ZERO = "0.00000";

  private AccountChecks() {}

  static void account(Tap tap) {
    tap.check("Account.getter", () -> shows(Account.getter().get(),
        "getApiId", UUID,
        "getId", AUTH_ID,
        "getAuthId", AUTH_ID,
        "getAccountType", AccountType.STANDARD,
        "getAutoRecharge", false,
        "getBillingMode", BillingMode.PREPAID,
        "getCashCredits", ZERO,
        "getResourceUri", "/v1/Account/" + AUTH_ID + "/",
        "getState", "",
        "getTimezone", "UTC"));

    tap.check("Account.updater", () -> {
      shows(Account.updater().name("Kiosk").city("Springfield").address("1 Example Way").update(),
          "getApiId", UUID, "getMessage", "changed");
      shows(Account.getter().get(), "getName", "Kiosk", "getCity", "Springfield", "getAddress", "1 Example Way");
    });

    tap.check("Account.updater changes only what is given", () -> {
      Account.updater().city("Shelbyville").update();
      shows(Account.getter().get(), "getName", "Kiosk", "getCity", "Shelbyville");
    });
  }

  static void pricing(Tap tap) {
    tap.check("Pricing.getter", () -> {
      Pricing prices = Pricing.getter("CA").get();
      shows(prices, "getApiId", UUID, "getId", "CA", "getCountry", "CANADA", "getCountryCode", 1L);
      List<JsonNode> rates = List.of(
          prices.getMessage().at("/inbound/rate"),
          prices.getMessage().at("/outbound/rate"),
          prices.getPhoneNumbers().at("/local/rate"),
          prices.getPhoneNumbers().at("/tollfree/rate"),
          prices.getVoice().at("/inbound/local/rate"),
          prices.getVoice().at("/outbound/rates/0/rate"));
      for (JsonNode rate : rates) equal(rate.asText(), ZERO);
    });
  }

  static void subaccounts(Tap tap) throws Exception {
    SubaccountCreateResponse created = Subaccount.creator("marketing").enabled(true).create();
    String id = created.getAuthId();

    tap.check("Subaccount.creator", () -> shows(created,
        "getApiId", UUID,
        "getMessage", "created",
        "getAuthId", Pattern.compile("SA[A-Z0-9]{18}"),
        "getAuthToken", Pattern.compile(".{20,}")));

    tap.check("Subaccount.getter", () -> shows(Subaccount.getter(id).get(),
        "getApiId", UUID,
        "getAccount", "/v1/Account/" + AUTH_ID + "/",
        "getId", id,
        "getAuthId", id,
        "getAuthToken", created.getAuthToken(),
        "getNewAuthToken", created.getAuthToken(),
        "getCreated", DATE,
        "getEnabled", true,
        "getModified", null,
        "getName", "marketing",
        "getResourceUri", "/v1/Account/" + AUTH_ID + "/Subaccount/" + id + "/"));

    tap.check("a subaccount logs in, and sees what is its own", () -> {
      PlivoClient client = Connection.client(id, created.getAuthToken());
      shows(Account.getter().client(client).get(), "getAuthId", id, "getName", "marketing");
      equal(Powerpack.lister().client(client).list().getObjects(), List.of());
    });

    tap.check("Subaccount.lister and iteration", () -> {
      Subaccount.creator("support").create();
      shows(Subaccount.lister().limit(1).offset(1).list().getMeta(),
          "getLimit", 1L, "getOffset", 1L, "getTotalCount", 2L, "getNext", null);
      Set<String> names = all(Subaccount.lister()).stream().map(Subaccount::getName).collect(Collectors.toSet());
      equal(names, Set.of("marketing", "support"));
    });

    tap.check("Subaccount.updater", () -> {
      shows(Subaccount.updater(id, "sales").enabled(false).update(), "getApiId", UUID, "getMessage", "changed");
      shows(Subaccount.getter(id).get(), "getName", "sales", "getEnabled", false);
      PlivoClient disabled = Connection.client(id, created.getAuthToken());
      raises(AuthenticationException.class, "invalid auth_id", () -> Account.getter().client(disabled).get());
    });

    tap.check("updater, of a subaccount", () -> {
      Subaccount.getter(id).get().updater("sales west").enabled(true).update();
      shows(Subaccount.getter(id).get(), "getName", "sales west", "getEnabled", true);
    });

    tap.check("Subaccount.deleter", () -> {
      Subaccount.deleter(id).delete();
      raises(ResourceNotFoundException.class, "subaccount not found", () -> Subaccount.getter(id).get());
    });

    tap.check("deleter, of a subaccount, with cascade", () -> {
      Subaccount left = Subaccount.lister().list().getObjects().get(0);
      left.updater("support").enabled(true).update();
      PlivoClient own = Connection.client(left.getAuthId(), left.getAuthToken());
      Powerpack.creator("support").client(own).create();
      left.deleter().cascade(true).delete();
      equal(Subaccount.lister().get(), 0L);
    });
  }
}
