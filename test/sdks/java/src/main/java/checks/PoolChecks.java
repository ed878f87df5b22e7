// What is in a number pool, through a powerpack and through its pool.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Connection.SERVER_URL;
import static checks.Expect.MOMENT;
import static checks.Expect.UUID;
import static checks.Expect.equal;
import static checks.Expect.raises;
import static checks.Expect.shows;

import com.plivo.api.exceptions.PlivoRestException;
import com.plivo.api.exceptions.ResourceNotFoundException;
import com.plivo.api.models.base.ListResponse;
import com.plivo.api.models.number.Number;
import com.plivo.api.models.number.PhoneNumber;
import com.plivo.api.models.powerpack.BuyAddNumbers;
import com.plivo.api.models.powerpack.FindShortcode;
import com.plivo.api.models.powerpack.FindTollfree;
import com.plivo.api.models.powerpack.NumberPool;
import com.plivo.api.models.powerpack.Numbers;
import com.plivo.api.models.powerpack.Powerpack;
import com.plivo.api.models.powerpack.PowerpackAddNumber;
import com.plivo.api.models.powerpack.PowerpackAddTollfree;
import com.plivo.api.models.powerpack.PowerpackFindNumber;
import com.plivo.api.models.powerpack.PowerpackNumberLister;
import com.plivo.api.models.powerpack.RemoveNumber;
import com.plivo.api.models.powerpack.RemoveShortcode;
import com.plivo.api.models.powerpack.RemoveTollfree;
import com.plivo.api.models.powerpack.Shortcode;
import com.plivo.api.models.powerpack.ShortcodeLister;
import com.plivo.api.models.powerpack.Tollfree;
import com.plivo.api.models.powerpack.TollfreeLister;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

final class PoolChecks {
  /** The pool's methods, of a powerpack or of its pool. */
  private record Methods(
      String name,
      Supplier<PowerpackNumberLister> list,
      Supplier<PowerpackNumberLister> count,
      Supplier<PowerpackFindNumber> find,
      Supplier<PowerpackAddNumber> add,
      Supplier<BuyAddNumbers> buyAdd,
      Supplier<RemoveNumber> remove,
      Supplier<TollfreeLister> listTollfree,
      Supplier<FindTollfree> findTollfree,
      Supplier<PowerpackAddTollfree> addTollfree,
      Supplier<RemoveTollfree> removeTollfree,
      Supplier<ShortcodeLister> listShortcodes,
      Supplier<FindShortcode> findShortcode,
      Supplier<RemoveShortcode> removeShortcode) {

    static Methods of(Powerpack powerpack) {
      return new Methods("through powerpack",
          powerpack::list_numbers, powerpack::count_numbers, powerpack::find_number,
          powerpack::add_number, powerpack::buy_add_number, powerpack::remove_number,
          powerpack::list_tollfree, powerpack::find_tollfree, powerpack::add_tollfree, powerpack::remove_tollfree,
          powerpack::list_shortcode, powerpack::find_shortcode, powerpack::remove_shortcode);
    }

    static Methods of(NumberPool pool) {
      return new Methods("through pool",
          pool.numbers::list, pool.numbers::count, pool.numbers::find,
          pool.numbers::add, pool.numbers::buy_add_number, pool.numbers::remove,
          pool.tollfree::list, pool.tollfree::find, pool.tollfree::add, pool.tollfree::remove,
          pool.shortcodes::list, pool.shortcodes::find, pool.shortcodes::remove);
    }
  }

  private static final String US = "14155550130";
  private static final String CANADIAN = "14165550130";
  private static final String TOLLFREE = "18335550130";
  private static final String SHORTCODE = "567890";

  private final Tap tap;
  private final Powerpack powerpack;
  private final Methods methods;

  private PoolChecks(Tap tap, Powerpack powerpack, Methods methods) {
    this.tap = tap;
    this.powerpack = powerpack;
    this.methods = methods;
  }

  static void pool(Tap tap) throws Exception {
    Powerpack first = Powerpack.getter(Powerpack.creator("first").create().getUuid()).get();
    new PoolChecks(tap, first, Methods.of(first)).run();
    Powerpack second = Powerpack.getter(Powerpack.creator("second").create().getUuid()).get();
    new PoolChecks(tap, second, Methods.of(second.numberpool)).run();
  }

  private void run() throws Exception {
    for (String number : List.of(US, CANADIAN, TOLLFREE)) PhoneNumber.buyer(number).create();
    numbers();
    buyAndAdd();
    removeNumbers();
    tollfree();
    attachShortcode();
    shortcodes();
    powerpack.deleter().delete();
  }

  private void check(String name, Tap.Body body) {
    tap.check(name + ", " + methods.name, body);
  }

  private void numbers() {
    check("add number", () -> {
      showsMember(methods.add.get().number(US).get(), US, "US", "fixed");
      showsMember(methods.add.get().number(CANADIAN).service("mms").get(), CANADIAN, "CA", "fixed");
    });

    check("add number that is in the pool already", () -> {
      showsMember(methods.add.get().number(US).get(), US, "US", "fixed");
      equal(methods.count.get().get(), 2L);
    });

    check("find number", () -> showsMember(methods.find.get().number(US).get(), US, "US", "fixed"));

    check("list numbers", () -> {
      ListResponse<Numbers> page = methods.list.get().list();
      shows(page.getMeta(), "getLimit", 20L, "getOffset", 0L, "getTotalCount", 2L, "getNext", null);
      Set<String> listed = page.getObjects().stream().map(Numbers::getNumber).collect(Collectors.toSet());
      equal(listed, Set.of(US, CANADIAN));
      shows(page.getObjects().get(0), "getNumber_pool_uuid", powerpack.getNumberPoolId(), "getAdded_on", MOMENT);
    });

    check("list numbers with each filter", () -> {
      equal(listed(methods.list.get().pattern("415").country_iso("US")), List.of(US));
      equal(listed(methods.list.get().pattern("1416")), List.of(CANADIAN));
      equal(listed(methods.list.get().country_iso("CA")), List.of(CANADIAN));
      equal(listed(methods.list.get().type("fixed")).size(), 2);
      equal(listed(methods.list.get().type("tollfree")), List.of());
      equal(listed(methods.list.get().service("mms")), List.of(CANADIAN));
      equal(methods.list.get().limit(1).offset(1).list().getObjects().size(), 1);
    });

    check("count numbers", () -> {
      equal(methods.count.get().get(), 2L);
      equal(methods.count.get().pattern("415").country_iso("US").type("fixed").service("sms").get(), 1L);
    });

    check("add number that is in another pool", () -> {
      Powerpack other = Powerpack.getter(Powerpack.creator("other").create().getUuid()).get();
      raises(PlivoRestException.class, "number belongs to another powerpack",
          () -> other.add_number().number(US).get());
      other.deleter().delete();
    });

    check("add number that is not rented", () ->
        raises(ResourceNotFoundException.class, "number not found in this account",
            () -> methods.add.get().number("13125550130").get()));
  }

  private void buyAndAdd() {
    check("buy and add number", () -> {
      String forSale = "12125550130";
      showsMember(methods.buyAdd.get().number(forSale).service("mms").rent().get(), forSale, "US", "fixed");
      shows(Number.getter(forSale).get(), "getNumber", forSale);
      equal(listed(methods.list.get().service("mms").country_iso("US")), List.of(forSale));
    });

    check("buy and add number by a search", () -> {
      String cheapest = PhoneNumber.lister("CA").list().getObjects().get(0).getNumber();
      showsMember(methods.buyAdd.get().country_Iso2("CA").get(), cheapest, "CA", "fixed");
      shows(Number.getter(cheapest).get(), "getNumber", cheapest);
    });

    check("buy and add number by a search that finds nothing", () ->
        // The SDK does not look at what it found.
        raises(IllegalArgumentException.class, "must not be null",
            () -> methods.buyAdd.get().country_Iso2("FR").get()));
  }

  private void removeNumbers() {
    check("remove number with unrent false keeps it", () -> {
      methods.remove.get().number(US).unrent(false).delete();
      raises(ResourceNotFoundException.class, "number not found in this pool",
          () -> methods.find.get().number(US).get());
      shows(Number.getter(US).get(), "getNumber", US);
      Number.deleter(US).delete();
    });

    check("remove number gives it up unless it is told not to", () -> {
      // The SDK's own default: all other SDKs keep the number.
      methods.remove.get().number(CANADIAN).delete();
      raises(ResourceNotFoundException.class, "number not found", () -> Number.getter(CANADIAN).get());
    });

    check("remove number that is not in the pool", () ->
        raises(ResourceNotFoundException.class, "number not found in this pool",
            () -> methods.remove.get().number(US).delete()));
  }

  private void tollfree() {
    check("add toll-free number", () -> showsTollfree(methods.addTollfree.get().tollfree(TOLLFREE).get()));

    check("find toll-free number", () -> showsTollfree(methods.findTollfree.get().tollfree(TOLLFREE).get()));

    check("list toll-free numbers", () -> {
      ListResponse<Tollfree> page = methods.listTollfree.get().list();
      shows(page.getMeta(), "getLimit", 20L, "getOffset", 0L, "getTotalCount", 1L);
      shows(page.getObjects().get(0), "getNumber", TOLLFREE, "getType", "tollfree");
      equal(methods.listTollfree.get().limit(5).offset(1).list().getObjects(), List.of());
    });

    check("remove toll-free number keeps it", () -> {
      methods.removeTollfree.get().tollfree(TOLLFREE).delete();
      raises(ResourceNotFoundException.class, "number not found in this pool",
          () -> methods.findTollfree.get().tollfree(TOLLFREE).get());
      shows(Number.getter(TOLLFREE).get(), "getNumber", TOLLFREE);
    });

    check("remove toll-free number with unrent", () -> {
      methods.addTollfree.get().tollfree(TOLLFREE).get();
      methods.removeTollfree.get().tollfree(TOLLFREE).unrent(true).delete();
      raises(ResourceNotFoundException.class, "number not found", () -> Number.getter(TOLLFREE).get());
    });
  }

  private void shortcodes() {
    check("find short code", () -> showsShortcode(methods.findShortcode.get().shortcode(SHORTCODE).get(), UUID));

    check("list short codes", () -> {
      ListResponse<Shortcode> page = methods.listShortcodes.get().list();
      shows(page.getMeta(), "getLimit", 20L, "getOffset", 0L, "getTotalCount", 1L);
      showsShortcode(page.getObjects().get(0), null);
    });

    check("remove short code", () -> {
      methods.removeShortcode.get().shortcode(SHORTCODE).delete();
      raises(ResourceNotFoundException.class, "short code not found in this pool",
          () -> methods.findShortcode.get().shortcode(SHORTCODE).get());
      equal(methods.listShortcodes.get().list().getObjects(), List.of());
    });
  }

  private void showsMember(Numbers member, String number, String country, String type) throws Exception {
    shows(member,
        "getApiId", UUID,
        "getNumber", number,
        "getNumber_pool_uuid", powerpack.getNumberPoolId(),
        "getCountry_iso2", country,
        "getType", type,
        "getAdded_on", MOMENT,
        "getAccount_phone_number_resource", "/v1/Account/" + AUTH_ID + "/Number/" + number + "/");
  }

  private void showsTollfree(Tollfree member) throws Exception {
    shows(member,
        "getApiId", UUID,
        "getNumber", TOLLFREE,
        "getNumber_pool_uuid", powerpack.getNumberPoolId(),
        "getCountry_iso2", "US",
        "getType", "tollfree",
        "getAdded_on", MOMENT,
        "getAccount_phone_number_resource", "/v1/Account/" + AUTH_ID + "/Number/" + TOLLFREE + "/");
  }

  /** The SDK has no field for `shortcode`; the server repeats the code as `number`, for which it has one. */
  private void showsShortcode(Shortcode member, Object apiId) throws Exception {
    shows(member,
        "getApiId", apiId,
        "getNumber", SHORTCODE,
        "getNumber_pool_uuid", powerpack.getNumberPoolId(),
        "getCountry_iso2", "US",
        "getAdded_on", MOMENT);
  }

  private static List<String> listed(PowerpackNumberLister lister) throws Exception {
    return lister.list().getObjects().stream().map(Numbers::getNumber).toList();
  }

  /** No SDK attaches short codes; this server has a call of its own for it. */
  private void attachShortcode() throws Exception {
    String credentials = AUTH_ID + ":" + System.getenv("PLIVO_AUTH_TOKEN");
    HttpRequest request = HttpRequest
        .newBuilder(URI.create(SERVER_URL + powerpack.getNumber_pool() + "Shortcode/" + SHORTCODE + "/"))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes()))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"country_iso2\":\"US\"}"))
        .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    equal(answer.statusCode(), 200);
  }
}
