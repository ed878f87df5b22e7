package rucksack.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.plivo.api.Plivo;
import com.plivo.api.models.message.Message;
import com.plivo.api.models.powerpack.Powerpack;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Plivo's SDK through the extension. */
@ExtendWith(RucksackExtension.class)
class SdkTest {
  private static final String PERSON = "12125550123";

  private String powerpack;
  private String number;

  @BeforeEach
  void makePowerpack(Rucksack rucksack) throws Exception {
    HttpUrl server = HttpUrl.parse(rucksack.url());
    Plivo.init(rucksack.authId(), rucksack.authToken(), new OkHttpClient.Builder().addInterceptor(chain -> {
      HttpUrl url = chain.request().url().newBuilder()
          .scheme(server.scheme()).host(server.host()).port(server.port()).build();
      return chain.proceed(chain.request().newBuilder().url(url).build());
    }));
    powerpack = Powerpack.creator("greetings").create().getUuid();
    String pool = rucksack.call("GET", "Powerpack/" + powerpack + "/", null).get("number_pool").asText();
    number = rucksack.rentNumber(pool);
  }

  private String send(String text) throws Exception {
    return Message.creator(List.of(PERSON), text, powerpack).create().getMessageUuid().get(0);
  }

  @Test
  void aMessageIsSeenAsTheCarrierWasGivenIt(Rucksack rucksack) throws Exception {
    String uuid = send("Hello!");
    Rucksack.Message message = rucksack.nextMessage(PERSON);
    assertEquals(List.of(uuid, number, "Hello!"), List.of(message.uuid(), message.src(), message.text()));
    rucksack.advance(Duration.ofSeconds(1));
    assertEquals("delivered", rucksack.call("GET", "Message/" + uuid + "/", null).get("message_state").asText());
  }

  @Test
  void aStopIsFollowed(Rucksack rucksack) throws Exception {
    send("Hello!");
    rucksack.nextMessage(PERSON);
    rucksack.receive(PERSON, number, "STOP");
    assertNotEquals("Hello!", rucksack.nextMessage(PERSON).text());
  }

  @Test
  void aResetEmptiesTheAccount(Rucksack rucksack) throws Exception {
    send("Hello!");
    rucksack.nextMessage(PERSON);
    rucksack.reset();
    assertTrue(rucksack.messages().isEmpty());
    assertEquals(0, rucksack.call("GET", "Powerpack/", null).get("meta").get("total_count").asInt());
  }

  @Test
  void aRefusalNamesTheCall(Rucksack rucksack) {
    AssertionError error = assertThrows(AssertionError.class, () -> rucksack.call("GET", "Powerpack/none/", null));
    assertTrue(error.getMessage().startsWith("GET Powerpack/none/: 404"), error.getMessage());
  }
}
