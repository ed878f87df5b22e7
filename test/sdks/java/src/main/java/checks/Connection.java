// The two ways to point the unmodified SDK at a server of one's own; docs/sdks/java.md describes both.
package checks;

import com.plivo.api.Plivo;
import com.plivo.api.PlivoClient;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

final class Connection {
  static final String AUTH_ID = System.getenv("PLIVO_AUTH_ID");
  static final String SERVER_URL = System.getenv("SERVER_URL");
  private static boolean dropIn;

  private Connection() {}

  /** Prepares the SDK as a whole: every call goes out as the account of the environment. */
  static void open(String way) {
    dropIn = way.equals("drop-in");
    // TLS: the SDK as it is. Java's own properties name the proxy and the certificates to trust.
    if (dropIn) Plivo.init();
    // Plain HTTP: every request goes to the server, whatever address the SDK gave it.
    else Plivo.init(AUTH_ID, System.getenv("PLIVO_AUTH_TOKEN"), redirecting());
  }

  /** A client with other credentials, for single calls. */
  static PlivoClient client(String authId, String authToken) {
    return dropIn ? new PlivoClient(authId, authToken) : new PlivoClient(authId, authToken, redirecting());
  }

  private static OkHttpClient.Builder redirecting() {
    HttpUrl server = HttpUrl.parse(SERVER_URL);
    return new OkHttpClient.Builder().connectTimeout(5, TimeUnit.SECONDS).addInterceptor(chain -> {
      Request request = chain.request();
      HttpUrl url = request.url().newBuilder()
          .scheme(server.scheme())
          .host(server.host())
          .port(server.port())
          .build();
      return chain.proceed(request.newBuilder().url(url).build());
    });
  }
}
