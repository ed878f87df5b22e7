// The Java sample of the page "Update a Powerpack", as printed, but for PlivoValidationException, which must be caught.
package com.plivo.api;

import com.plivo.api.models.powerpack.Powerpack;
import com.plivo.api.exceptions.PlivoRestException;
import com.plivo.api.exceptions.PlivoValidationException;
import com.plivo.api.models.powerpack.PowerpackUpdateResponse;
import java.io.IOException;

public class PowerpackTest {
  public static void main(String[] args) {
    Plivo.init("auth_id", "auth_token");
    try {
      Powerpack powerpack = Powerpack.getter("powerpack_uuid").get();
      PowerpackUpdateResponse response= powerpack.updater().name("your_powerpack_name").update();
      System.out.println(response);
    }
    catch (  PlivoRestException | PlivoValidationException | IOException e ) {
      e.printStackTrace();
    }
  }
}
