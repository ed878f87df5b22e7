// Media: upload, get and list; and the media of a message.
package checks;

import static checks.Connection.AUTH_ID;
import static checks.Expect.MOMENT;
import static checks.Expect.UUID;
import static checks.Expect.all;
import static checks.Expect.equal;
import static checks.Expect.raises;
import static checks.Expect.shows;
import static checks.MessageChecks.HANDSET;

import com.plivo.api.Plivo;
import com.plivo.api.exceptions.ResourceNotFoundException;
import com.plivo.api.models.media.Media;
import com.plivo.api.models.media.MediaResponse;
import com.plivo.api.models.media.MediaUploadResponse;
import com.plivo.api.models.message.Message;
import com.plivo.api.models.message.MessageType;
import com.plivo.api.models.message.MmsMedia;
import com.plivo.api.models.number.Number;
import com.plivo.api.models.number.PhoneNumber;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

final class MediaChecks {
  private static final String NUMBER = "14155550144";
  private static final byte[] PNG =
      "\u0089PNG\r\n\u001a\nand what makes a picture".getBytes(StandardCharsets.ISO_8859_1);

  private MediaChecks() {}

  static void media(Tap tap) throws Exception {
    Path folder = Files.createTempDirectory("media");
    Path menu = Files.write(folder.resolve("menu.png"), PNG);
    Path prices = Files.writeString(folder.resolve("prices.csv"), "tea,2.50\n");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    try {
      uploads(tap, menu, prices, empty);
    } finally {
      for (Path path : List.of(menu, prices, empty, folder)) Files.delete(path);
    }
    PhoneNumber.buyer(NUMBER).create();
    messageMedia(tap);
    Number.deleter(NUMBER).delete();
  }

  private static void uploads(Tap tap, Path menu, Path prices, Path empty) throws Exception {
    // The SDK sends the whole path as the name of a file.
    MediaResponse answer = upload(menu, prices);
    MediaUploadResponse uploaded = answer.getObjects().get(0);

    tap.check("Media.creator with two files", () -> {
      shows(answer, "getApiId", UUID);
      equal(answer.getObjects().size(), 2);
      shows(uploaded,
          "getContentType", "image/png",
          "getStatusCode", 201,
          "getStatus", "success",
          "getFileName", "menu.png",
          "getMediaId", UUID,
          "getSize", PNG.length,
          "getUploadTime", MOMENT);
      shows(answer.getObjects().get(1), "getContentType", "text/csv", "getFileName", "prices.csv", "getSize", 9);
    });

    tap.check("Media.creator with a file that cannot be taken keeps its slot", () -> {
      List<MediaUploadResponse> slots = upload(empty, menu).getObjects();
      shows(slots.get(0), "getStatus", "failed", "getStatusCode", 400, "getMediaId", null);
      shows(slots.get(1), "getStatus", "success");
    });

    tap.check("Media.getter, and the file behind its address", () -> {
      Media medium = Media.getter(uploaded.getMediaId()).get();
      shows(medium,
          "getApiId", UUID,
          "getId", uploaded.getMediaId(),
          "getContentType", "image/png",
          "getFileName", "menu.png",
          "getMediaUrl", uploaded.getMediaUrl(),
          "getUrl", uploaded.getMediaUrl(),
          "getSize", PNG.length,
          "getUploadTime", uploaded.getUploadTime());
      HttpRequest request = HttpRequest.newBuilder(URI.create(medium.getMediaUrl())).build();
      var file = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
      equal(file.headers().firstValue("content-type").orElse(""), "image/png");
      equal(new String(file.body(), StandardCharsets.ISO_8859_1), new String(PNG, StandardCharsets.ISO_8859_1));
    });

    tap.check("Media.lister and iteration", () -> {
      var page = Media.lister().limit(1).offset(1).list();
      shows(page, "getApiId", UUID);
      shows(page.getMeta(), "getLimit", 1L, "getOffset", 1L, "getTotalCount", 3L);
      equal(page.getObjects().size(), 1);
      List<String> listed = all(Media.lister()).stream().map(Media::getMediaId).toList();
      equal(listed.size(), 3);
      equal(listed.contains(uploaded.getMediaId()), true);
    });

    tap.check("Media.creator with a file that is not there, which the SDK refuses", () ->
        raises(ResourceNotFoundException.class, "File missing", () -> Media.creator(new String[] {"none.png"})));
  }

  private static MediaResponse upload(Path... files) throws Exception {
    String[] names = List.of(files).stream().map(Path::toString).toArray(String[]::new);
    return Media.creator(names).create();
  }

  private static void messageMedia(Tap tap) throws Exception {
    Media uploaded = Media.lister().list().getObjects().get(0);
    String remote = "https://media.example.com/menus/today.png";
    String uuid = Message.creator(NUMBER, HANDSET, "Menu")
        .type(MessageType.MMS)
        .media_ids(new String[] {uploaded.getMediaId()})
        .media_urls(new String[] {remote})
        .create().getMessageUuid().get(0);
    Message message = Message.getter(uuid).get();

    tap.check("Message.creator with media_ids and media_urls", () ->
        shows(message, "getMessageType", "mms", "getUnits", 1L));

    tap.check("listMedia, of a message", () -> {
      var page = message.listMedia().list();
      shows(page.getMeta(), "getTotalCount", 2L);
      Map<String, MmsMedia> media =
          page.getObjects().stream().collect(Collectors.toMap(MmsMedia::getMediaUrl, Function.identity()));
      shows(media.get(uploaded.getMediaUrl()),
          "getContentType", uploaded.getContentType(),
          "getFileName", uploaded.getFileName(),
          "getMediaId", uploaded.getMediaId(),
          "getMessageUuid", uuid,
          "getSize", (long) uploaded.getSize(),
          "getUploadTime", MOMENT);
      shows(media.get(remote), "getContentType", "image/png", "getFileName", "today.png", "getSize", 0L);
    });

    tap.check("MmsMedia.listMedia and iteration", () ->
        equal(all(MmsMedia.listMedia(uuid)).size(), 2));

    tap.check("getMedia, of a message", () ->
        shows(message.getMedia(uploaded.getMediaId()).get(),
            "getApiId", UUID,
            "getId", uploaded.getMediaId(),
            "getMediaUrl", uploaded.getMediaUrl(),
            "getMessageUuid", uuid));

    tap.check("mmsMediaDelete, which only the SDK's interface of the API declares", () -> {
      equal(Plivo.getClient().getApiService().mmsMediaDelete(AUTH_ID, uuid).execute().code(), 204);
      equal(message.listMedia().list().getObjects(), List.of());
    });

    tap.check("listMedia, of a message without media", () -> {
      String text = Message.creator(NUMBER, HANDSET, "Hello").create().getMessageUuid().get(0);
      equal(Message.getter(text).get().listMedia().list().getObjects(), List.of());
    });
  }
}
