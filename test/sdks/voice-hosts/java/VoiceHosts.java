// Applications and media uploads of an old SDK release through the drop-in.
package checks;

import static checks.Expect.UUID;
import static checks.Expect.equal;
import static checks.Expect.shows;

import com.plivo.api.Plivo;
import com.plivo.api.models.application.Application;
import com.plivo.api.models.media.Media;
import com.plivo.api.models.media.MediaUploadResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

final class VoiceHosts {
  private static final String API = "api.plivo.com";
  private static final String VOICE = "voice.plivo.com";
  private static final String FALLBACK_1 = "voice-usw1.plivo.com";
  private static final String FALLBACK_2 = "voice-use1.plivo.com";

  private static final List<String> hosts = new ArrayList<>();
  private static final Set<String> ailing = new HashSet<>();

  public static void main(String[] args) throws Exception {
    OkHttpClient.Builder builder = new OkHttpClient.Builder().addInterceptor(VoiceHosts::note);
    Plivo.init(System.getenv("PLIVO_AUTH_ID"), System.getenv("PLIVO_AUTH_TOKEN"), builder);
    Tap tap = new Tap();

    String id = Application.creator("inbound").answerUrl("https://hooks.example.net/voice").create().getAppId();
    tap.check("Application: creator, getter, lister, updater", () -> {
      shows(Application.getter(id).get(), "getAppName", "inbound");
      equal(Application.lister().list().getObjects().size(), 1);
      Application.updater(id).messageUrl("https://hooks.example.net/changed").update();
      shows(Application.getter(id).get(), "getMessageUrl", "https://hooks.example.net/changed");
      equal(new HashSet<>(called()), Set.of(VOICE));
    });

    tap.check("Media.creator goes to the usual host", () -> {
      Path file = Files.createTempDirectory("media").resolve("menu.png");
      Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0});
      MediaUploadResponse uploaded =
          Media.creator(new String[] {file.toString()}).create().getObjects().get(0);
      shows(uploaded, "getStatus", "success", "getMediaId", UUID);
      shows(Media.getter(uploaded.getMediaId()).get(), "getMediaId", uploaded.getMediaId());
      equal(called(), List.of(API, API));
    });

    tap.check("an Application call goes on to both fallbacks when its host answers 5xx", () -> {
      ailing.addAll(Set.of(VOICE, FALLBACK_1));
      shows(Application.getter(id).get(), "getAppName", "inbound");
      equal(called(), List.of(VOICE, FALLBACK_1, FALLBACK_2));
      ailing.clear();
    });

    tap.check("Application.deleter", () -> {
      Application.deleter(id).delete();
      equal(called(), List.of(VOICE));
    });
    tap.finish();
  }

  /** Notes where a call goes, and makes the answer of a host that is to ail a 503. */
  private static Response note(Interceptor.Chain chain) throws IOException {
    String host = chain.request().url().host();
    hosts.add(host);
    Response response = chain.proceed(chain.request());
    return ailing.contains(host) ? response.newBuilder().code(503).build() : response;
  }

  /** The hosts that were called since this was asked last. */
  private static List<String> called() {
    List<String> noted = List.copyOf(hosts);
    hosts.clear();
    return noted;
  }
}
