// Media: upload, get and list; and the media of a message.
package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"

	"github.com/plivo/plivo-go/v7"
)

const png = "\x89PNG\r\n\x1a\nand what makes a picture"

func checkMedia(t *tap, connect connect) {
	client := connect("", "")
	folder := must(os.MkdirTemp("", "media"))
	defer os.RemoveAll(folder)
	uploaded := checkUploads(t, client, folder)
	number := "14155550144"
	must(client.PhoneNumbers.Create(number, plivo.PhoneNumberCreateParams{}))
	checkMessageMedia(t, client, number, uploaded)
	succeeds(client.Numbers.Delete(number))
}

func checkUploads(t *tap, client *plivo.Client, folder string) (uploaded plivo.MediaUploadResponse) {
	menu, empty := filepath.Join(folder, "menu.png"), filepath.Join(folder, "empty.png")
	succeeds(os.WriteFile(menu, []byte(png), 0o600))
	succeeds(os.WriteFile(empty, nil, 0o600))
	upload := func(files ...plivo.Files) *plivo.MediaResponseBody {
		return must(client.Media.Upload(plivo.MediaUpload{UploadFiles: files}))
	}

	t.check("Media.Upload", func() {
		answer := upload(plivo.Files{FilePath: menu, ContentType: "image/png"})
		shows(answer, fields{"ApiID": uuid})
		equal(len(answer.Media), 1)
		uploaded = answer.Media[0]
		shows(uploaded, fields{
			"ContentType":  "image/png",
			"FileName":     "menu.png",
			"MediaID":      uuid,
			"Size":         len(png),
			"UploadTime":   moment,
			"Status":       "success",
			"StatusCode":   201,
			"ErrorMessage": "",
			"ErrorCode":    0,
		})
	})

	t.check("Media.Upload of two files, of which the SDK lets the first be seen", func() {
		// It ends the form after each file.
		file := plivo.Files{FilePath: menu, ContentType: "image/png"}
		equal(len(upload(file, file).Media), 1)
	})

	t.check("Media.Upload of a file that cannot be taken", func() {
		shows(upload(plivo.Files{FilePath: empty, ContentType: "image/png"}).Media[0], fields{
			"Status": "failed", "StatusCode": 400, "ErrorCode": 400, "ErrorMessage": "the file is empty", "MediaID": "",
		})
	})

	t.check("Media.Get, and the file behind its address", func() {
		medium := must(client.Media.Get(uploaded.MediaID))
		shows(medium, fields{
			"ContentType": "image/png",
			"FileName":    "menu.png",
			"MediaID":     uploaded.MediaID,
			"Size":        len(png),
			"UploadTime":  uploaded.UploadTime,
			"URL":         uploaded.URL,
		})
		response := must(http.Get(medium.URL))
		defer response.Body.Close()
		equal(response.Header.Get("Content-Type"), "image/png")
		equal(string(must(io.ReadAll(response.Body))), png)
	})

	t.check("Media.List", func() {
		page := must(client.Media.List(plivo.MediaListParams{Limit: 1, Offset: 1}))
		shows(page, fields{"ApiID": uuid})
		shows(page.Meta, fields{"Limit": 1, "Offset": 1, "TotalCount": 2})
		equal(collect(page.Media, func(each plivo.Media) string { return each.MediaID }), []string{uploaded.MediaID})
	})
	return uploaded
}

func checkMessageMedia(t *tap, client *plivo.Client, number string, uploaded plivo.MediaUploadResponse) {
	remote := "https://media.example.com/menus/today.png"
	var sent string

	t.check("Messages.Create with MediaIds and MediaUrls", func() {
		sent = must(client.Messages.Create(plivo.MessageCreateParams{
			Src:       number,
			Dst:       handset,
			Type:      plivo.MMS,
			Text:      "Menu",
			MediaIds:  []string{uploaded.MediaID},
			MediaUrls: []string{remote},
		})).MessageUUID[0]
		shows(must(client.Messages.Get(sent)), fields{"MessageType": "mms"})
	})

	t.check("Messages.ListMedia", func() {
		// The SDK asks for Media//.
		media := map[string]plivo.MMSMedia{}
		for _, medium := range must(client.Messages.ListMedia(sent)).Objects {
			media[medium.MediaURL] = medium
		}
		equal(len(media), 2)
		shows(media[uploaded.URL], fields{
			"ContentType": "image/png", "MediaID": uploaded.MediaID, "MessageUUID": sent, "Size": len(png),
		})
		shows(media[remote], fields{"ContentType": "image/png", "MediaID": uuid, "MessageUUID": sent, "Size": 0})
	})

	t.check("Messages.ListMedia of a message without media", func() {
		params := plivo.MessageCreateParams{Src: number, Dst: handset, Text: "Hello"}
		text := must(client.Messages.Create(params)).MessageUUID[0]
		equal(len(must(client.Messages.ListMedia(text)).Objects), 0)
	})
}
