// Application: create, get, list, update and delete. The SDK sends these calls to its voice addresses.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Expect.UUID;
import static checks.Expect.all;
import static checks.Expect.equal;
import static checks.Expect.raises;
import static checks.Expect.shows;

import com.plivo.api.exceptions.ResourceNotFoundException;
import com.plivo.api.models.account.Subaccount;
import com.plivo.api.models.application.Application;
import com.plivo.api.models.application.ApplicationCreateResponse;
import com.plivo.api.models.base.ListResponse;
import java.util.List;
import java.util.regex.Pattern;

final class ApplicationChecks {
  private ApplicationChecks() {}

  static void applications(Tap tap) throws Exception {
    ApplicationCreateResponse created = Application.creator("inbound")
        .answerUrl("https://hooks.example.net/voice")
        .messageUrl("https://hooks.example.net/inbound")
        .messageMethod("GET")
        .publicUri(true)
        .create();
    String id = created.getAppId();

    tap.check("Application.creator", () -> shows(created,
        "getApiId", UUID, "getMessage", "created", "getAppId", Pattern.compile("\\d{17,18}")));

    tap.check("Application.getter", () -> shows(Application.getter(id).get(),
        "getApiId", UUID,
        "getId", id,
        "getAppId", id,
        "getAppName", "inbound",
        "getAnswerUrl", "https://hooks.example.net/voice",
        "getAnswerMethod", "POST",
        "getFallbackAnswerUrl", "",
        "getFallbackMethod", "POST",
        "getHangupUrl", "",
        "getHangupMethod", "POST",
        "getMessageUrl", "https://hooks.example.net/inbound",
        "getMessageMethod", "GET",
        "getDefaultApp", false,
        "getDefaultEndpointApp", false,
        "getEnabled", true,
        "getPublicUri", true,
        "getResourceUri", "/v1/Account/" + AUTH_ID + "/Application/" + id + "/",
        "getSipUri", Pattern.compile("sip:" + id + "@.+"),
        "getSubAccount", null));

    tap.check("Application.lister and iteration", () -> {
      for (int number = 1; number <= 21; number++) Application.creator("many-" + number).create();
      ListResponse<Application> page = Application.lister().limit(5).offset(20).list();
      shows(page.getMeta(), "getLimit", 5L, "getOffset", 20L, "getTotalCount", 22L, "getNext", null);
      equal(page.getObjects().size(), 2);
      equal(all(Application.lister()).size(), 22);
      equal(Application.lister().get(), 22L);
    });

    tap.check("Application.lister by name and by subaccount", () -> {
      List<Application> named = Application.lister().appName("inbound").list().getObjects();
      equal(named.size(), 1);
      shows(named.get(0), "getAppId", id);
      String owner = Subaccount.creator("owner").create().getAuthId();
      String owned = Application.creator("owned").subaccount(owner).create().getAppId();
      shows(Application.lister().subaccount(owner).list().getObjects().get(0), "getAppId", owned);
      shows(Application.getter(owned).get(), "getSubAccount", owner);
      Application.deleter(owned).delete();
      Subaccount.deleter(owner).delete();
    });

    tap.check("Application.updater", () -> {
      shows(Application.updater(id).messageUrl("https://hooks.example.net/changed").update(),
          "getApiId", UUID, "getMessage", "changed");
      shows(Application.getter(id).get(),
          "getMessageUrl", "https://hooks.example.net/changed",
          "getMessageMethod", "GET",
          "getAnswerUrl", "https://hooks.example.net/voice",
          "getPublicUri", true);
    });

    tap.check("updater, of an application", () -> {
      Application.getter(id).get().updater().publicUri(false).logIncomingMessages(false).update();
      shows(Application.getter(id).get(), "getPublicUri", false, "getMessageMethod", "GET");
    });

    tap.check("Application.deleter", () -> {
      Application.deleter(id).cascade(false).delete();
      raises(ResourceNotFoundException.class, "application not found", () -> Application.getter(id).get());
    });

    tap.check("deleter, of an application", () -> {
      for (Application application : all(Application.lister())) application.deleter().delete();
      equal(Application.lister().get(), 0L);
    });
  }
}
