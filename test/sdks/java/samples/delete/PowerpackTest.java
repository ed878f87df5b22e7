// The Java sample of the page "Delete a Powerpack", as printed, but for PlivoValidationException, which must be caught.
package com.plivo.api;

import com.plivo.api.models.powerpack.Powerpack;
import com.plivo.api.exceptions.PlivoRestException;
import com.plivo.api.exceptions.PlivoValidationException;
import java.io.IOException;

public class PowerpackTest {
  public static void main(String[] args) {
    Plivo.init("auth_id", "auth_token");
    try {
      Powerpack powerpack = Powerpack.getter("powerpack_uuid").get();
      powerpack.deleter().unrent_numbers(true).delete();
    }
    catch (  PlivoRestException | PlivoValidationException | IOException e ) {
      e.printStackTrace();
    }
  }
}
